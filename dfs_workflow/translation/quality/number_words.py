"""Small numbers, months and decades as words."""


def table(*forms: str) -> dict[str, str]:
    """From one on; several words for a number are separated by a stroke."""
    return {word: str(number) for number, words in enumerate(forms, 1) for word in words.split("|") if word}


WORDS = {
    "en": table(
        *(
            "one|first|once|single|a|an",
            "two|second|twice|both|pair|double",
            "three|third",
            "four|fourth",
            "five|fifth",
        ),
        *("six|sixth", "seven|seventh", "eight|eighth", "nine|ninth", "ten|tenth", "eleven", "twelve"),
    ),
    "fr": table(
        *("un|une|premier|première|premiers|premières", "deux|deuxième|second|seconde|double", "trois|troisième"),
        *("quatre|quatrième", "cinq|cinquième", "six|sixième", "sept", "huit", "neuf", "dix", "onze", "douze"),
    )
    | {"astreinte": "24"},  # on call at any hour
    "es": table(
        *("un|una|uno|primer|primera|primero", "dos|segundo|segunda|ambos|ambas|doble", "tres|tercer|tercera|tercero"),
        *("cuatro|cuarto|cuarta", "cinco|quinto|quinta", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"),
    ),
    "ru": table(
        *(
            "один|одна|одно|одного|одной|одном|первый|первая|первое|первого|первой",
            "два|две|двух|двум|двумя|второй|второго",
        ),
        *("три|трех|трёх|трем|тремя|третий|третья", "четыре|четырех|четырёх", "пять|пяти", "шесть|шести", "семь|семи"),
        *("восемь|восьми", "девять|девяти", "десять|десяти", "одиннадцать", "двенадцать|двенадцати"),
    ),
    "ar": table(
        *("واحد|واحدة|الأول|الأولى|أول|أولى", "اثنان|اثنين|اثنتان|اثنتين|الثاني|الثانية|ثان|ثانية|كلا|كلتا"),
        *("ثلاث|ثلاثة|الثالث|الثالثة", "أربع|أربعة|الرابع|الرابعة", "خمس|خمسة|الخامس", "ست|ستة", "سبع|سبعة"),
        *("ثمان|ثماني|ثمانية", "تسع|تسعة", "عشر|عشرة", "", ""),
    )
    | {"ثمانينات": "1980", "الثمانينات": "1980", "تسعينات": "1990", "التسعينات": "1990"},
    "zh-hans": table(
        *("一|单", "二|两|双", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"),
    ),
}
MONTHS = {
    "en": table(
        *(
            "january|jan",
            "february|feb",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september|sept",
            "october",
        ),
        *("november|nov", "december|dec"),
    ),
    "fr": table(
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre"),
        "décembre",
    ),
    "es": table(
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre"),
        *("noviembre", "diciembre"),
    ),
    "ru": table(
        *("января|январь", "февраля|февраль", "марта|март", "апреля|апрель", "мая|май", "июня|июнь", "июля|июль"),
        *("августа|август", "сентября|сентябрь", "октября|октябрь", "ноября|ноябрь", "декабря|декабрь"),
    ),
    "ar": table(
        *(
            "يناير",
            "فبراير",
            "مارس",
            "أبريل",
            "مايو",
            "يونيو",
            "يوليو",
            "أغسطس",
            "سبتمبر",
            "أكتوبر",
            "نوفمبر",
            "ديسمبر",
        ),
    ),
}
