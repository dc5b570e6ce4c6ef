"""What a row of the directory of organisations answers by itself, in each language of a template."""

from __future__ import annotations

from collections.abc import Mapping

from dfs_mou.documents.answers import Answers
from dfs_mou.documents.country_forms import country_name

FIELDS = {
    "telecom_regulator": "telecom_regulator_name",
    "telecom_regulator_acronym": "telecom_regulator_acronym",
    "central_bank": "central_bank_name",
    "central_bank_acronym": "central_bank_acronym",
}

# Central banks of several States, by the acronym in the directory: the name of the union, per language.
UNIONS: dict[str, dict[str, str]] = {
    "BCEAO": {
        "en": "the West African Monetary Union",
        "fr": "l’Union Monétaire Ouest Africaine",
        "es": "la Unión Monetaria del África Occidental",
        "ru": "Западноафриканский валютный союз",
        "ar": "الاتحاد النقدي لغرب أفريقيا",
        "zh-hans": "西非货币联盟",
    },
    "BEAC": {
        "en": "the Economic and Monetary Community of Central Africa",
        "fr": "la Communauté Économique et Monétaire de l’Afrique Centrale",
        "es": "la Comunidad Económica y Monetaria del África Central",
        "ru": "Экономическое и валютное сообщество Центральной Африки",
        "ar": "الجماعة الاقتصادية والنقدية لوسط أفريقيا",
        "zh-hans": "中非经济货币共同体",
    },
    "ECCB": {
        "en": "the Eastern Caribbean Currency Union",
        "fr": "l’Union monétaire des Caraïbes orientales",
        "es": "la Unión Monetaria del Caribe Oriental",
        "ru": "Восточно-Карибский валютный союз",
        "ar": "الاتحاد النقدي لشرق الكاريبي",
        "zh-hans": "东加勒比货币联盟",
    },
    "CBCS": {},
}

# The names that central banks give themselves in a language, by acronym or else by country.
FRENCH_NAMES = {
    "BCEAO": "Banque Centrale des États de l’Afrique de l’Ouest",
    "BEAC": "Banque des États de l’Afrique Centrale",
    "BE": "Banque nationale de Belgique",
    "BI": "Banque de la République du Burundi",
    "CA": "Banque du Canada",
    "CD": "Banque Centrale du Congo",
    "CH": "Banque nationale suisse",
    "DJ": "Banque Centrale de Djibouti",
    "DZ": "Banque d’Algérie",
    "FR": "Banque de France",
    "GN": "Banque Centrale de la République de Guinée",
    "HT": "Banque de la République d’Haïti",
    "KM": "Banque Centrale des Comores",
    "LB": "Banque du Liban",
    "LU": "Banque centrale du Luxembourg",
    "MG": "Banque Centrale de Madagascar",
    "MR": "Banque Centrale de Mauritanie",
    "RW": "Banque Nationale du Rwanda",
    "TN": "Banque Centrale de Tunisie",
}
SPANISH_NAMES = {
    "BEAC": "Banco de los Estados de África Central",
    "AR": "Banco Central de la República Argentina",
    "BO": "Banco Central de Bolivia",
    "CL": "Banco Central de Chile",
    "CO": "Banco de la República",
    "CR": "Banco Central de Costa Rica",
    "CU": "Banco Central de Cuba",
    "DO": "Banco Central de la República Dominicana",
    "EC": "Banco Central del Ecuador",
    "ES": "Banco de España",
    "GT": "Banco de Guatemala",
    "HN": "Banco Central de Honduras",
    "MX": "Banco de México",
    "NI": "Banco Central de Nicaragua",
    "PE": "Banco Central de Reserva del Perú",
    "PY": "Banco Central del Paraguay",
    "SV": "Banco Central de Reserva de El Salvador",
    "UY": "Banco Central del Uruguay",
    "VE": "Banco Central de Venezuela",
}
CHINESE_NAMES = {
    "BCEAO": "西非国家中央银行",
    "BEAC": "中非国家银行",
    "ECCB": "东加勒比中央银行",
    "CN": "中国人民银行",
    "HK": "香港金融管理局",
    "MO": "澳门金融管理局",
    "SG": "新加坡金融管理局",
}
RUSSIAN_NAMES = {
    "AM": "Центральный банк Республики Армения",
    "AZ": "Центральный банк Азербайджанской Республики",
    "BY": "Национальный банк Республики Беларусь",
    "KG": "Национальный банк Кыргызской Республики",
    "KZ": "Национальный Банк Республики Казахстан",
    "MD": "Национальный банк Молдовы",
    "RU": "Центральный банк Российской Федерации (Банк России)",
    "TJ": "Национальный банк Таджикистана",
    "TM": "Центральный банк Туркменистана",
    "UZ": "Центральный банк Республики Узбекистан",
}
ARABIC_NAMES = {
    "BCEAO": "البنك المركزي لدول غرب أفريقيا",
    "BEAC": "بنك دول وسط أفريقيا",
    "AE": "مصرف الإمارات العربية المتحدة المركزي",
    "BH": "مصرف البحرين المركزي",
    "DJ": "البنك المركزي الجيبوتي",
    "DZ": "بنك الجزائر",
    "EG": "البنك المركزي المصري",
    "IQ": "البنك المركزي العراقي",
    "JO": "البنك المركزي الأردني",
    "KM": "البنك المركزي لجزر القمر",
    "KW": "بنك الكويت المركزي",
    "LB": "مصرف لبنان",
    "LY": "مصرف ليبيا المركزي",
    "MA": "بنك المغرب",
    "MR": "البنك المركزي الموريتاني",
    "OM": "البنك المركزي العماني",
    "PS": "سلطة النقد الفلسطينية",
    "QA": "مصرف قطر المركزي",
    "SA": "البنك المركزي السعودي",
    "SD": "بنك السودان المركزي",
    "SO": "البنك المركزي الصومالي",
    "SY": "مصرف سورية المركزي",
    "TN": "البنك المركزي التونسي",
    "YE": "البنك المركزي اليمني",
}
OWN_NAMES = {
    "fr": FRENCH_NAMES,
    "es": SPANISH_NAMES,
    "ar": ARABIC_NAMES,
    "ru": RUSSIAN_NAMES,
    "zh-hans": CHINESE_NAMES,
}


def answers_from_directory(row: Mapping[str, str], languages: tuple[str, ...]) -> Answers:
    """A blank of the row stays unasked."""
    union = UNIONS.get(row.get("central_bank_acronym", ""))
    values: dict[str, dict[str, str]] = {}
    for language in languages:
        found = {target: row[source].strip() for source, target in FIELDS.items() if row.get(source)}
        country = country_name(row["iso2"], language) or row.get("country_en", "")
        if country:
            found["country_name"] = country
        if language in OWN_NAMES and "central_bank_name" in found:
            names = OWN_NAMES[language]
            own = names.get(row.get("central_bank_acronym", "")) or names.get(row["iso2"])
            found["central_bank_name"] = own or found["central_bank_name"]
        if union and language in union:
            found["central_bank_union_name"] = union[language]
        values[language] = found
    return Answers({} if union is None else {"central_bank_scope": "multi_country"}, values)
