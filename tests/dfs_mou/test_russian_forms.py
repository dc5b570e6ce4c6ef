"""Countries read right inside a Russian sentence, and words agree with the number before them."""

import re

import pytest

from dfs_mou.documents.answers import Answers
from dfs_mou.documents.country_forms import country_name
from dfs_mou.documents.directory import answers_from_directory
from dfs_mou.documents.document import Span
from dfs_mou.documents.name_forms import with_forms
from dfs_mou.documents.russian_forms import agreeing, russian_country_genitive, russian_country_locative
from tests.dfs_mou.mou_content import directory
from tests.dfs_mou.translated_edition import edition_in

CYRILLIC = re.compile(r"(?:в|во|на) [А-ЯЁа-яё][А-ЯЁа-яё ’()—-]+")


@pytest.mark.parametrize(
    ("iso2", "locative", "genitive"),
    [
        ("NG", "в Нигерии", "Нигерии"),
        ("KZ", "в Казахстане", "Казахстана"),
        ("BY", "в Беларуси", "Беларуси"),
        ("FR", "во Франции", "Франции"),
        ("VN", "во Вьетнаме", "Вьетнама"),
        ("CU", "на Кубе", "Кубы"),
        ("PH", "на Филиппинах", "Филиппин"),
        ("NL", "в Нидерландах", "Нидерландов"),
        ("CI", "в Кот-д’Ивуаре", "Кот-д’Ивуара"),
        ("BA", "в Боснии и Герцеговине", "Боснии и Герцеговины"),
        ("PG", "в Папуа — Новой Гвинее", "Папуа — Новой Гвинеи"),
        ("KR", "в Республике Корея", "Республики Корея"),
        ("US", "в Соединённых Штатах Америки", "Соединённых Штатов Америки"),
        ("SB", "на Соломоновых Островах", "Соломоновых Островов"),
        ("KP", "в Корейской Народно-Демократической Республике", "Корейской Народно-Демократической Республики"),
        ("HK", "в Гонконге (Китай)", "Гонконга (Китай)"),
        ("EG", "в Египте", "Египта"),
        ("PE", "в Перу", "Перу"),
    ],
)
def test_a_country(iso2, locative, genitive):
    name = country_name(iso2, "ru")
    assert (russian_country_locative(name), russian_country_genitive(name)) == (locative, genitive)


@pytest.mark.parametrize(
    ("name", "locative", "genitive"),
    [
        ("Российская Федерация", "в Российской Федерации", "Российской Федерации"),
        ("Исламская Республика Иран", "в Исламской Республике Иран", "Исламской Республики Иран"),
        ("Ghana", "в стране «Ghana»", "страны «Ghana»"),
    ],
)
def test_a_name_that_somebody_typed(name, locative, genitive):
    assert (russian_country_locative(name), russian_country_genitive(name)) == (locative, genitive)


def test_every_row_of_the_directory_gives_a_country_that_reads_as_russian():
    for row in directory():
        name = answers_from_directory(row, ("ru",)).values["ru"]["country_name"]
        locative = russian_country_locative(name)
        assert CYRILLIC.fullmatch(locative), locative
        assert "стран" not in locative + russian_country_genitive(name)


def test_the_names_of_authorities_stay_as_they_are_and_a_bank_has_its_russian_name():
    row = next(row for row in directory() if row["iso2"] == "KZ")
    values = with_forms(edition_in("ru"), answers_from_directory(row, ("ru",))).values["ru"]
    assert values["central_bank_name_genitive"] == "Национальный Банк Республики Казахстан"
    assert values["country_genitive"] == "Казахстана"
    assert with_forms(edition_in("ru"), Answers({}, {"ru": {"country_name": "Чад"}})).values["ru"] == {
        "country_name": "Чад",
        "country_locative": "в Чаде",
        "country_genitive": "Чада",
    }


@pytest.mark.parametrize(
    ("number", "after", "said"),
    [
        ("24", " часов, если", " часов, если"),
        ("21", " часов, если", " часа, если"),
        ("1", " дней.", " дня."),
        ("11", " дней.", " дней."),
        ("111", " дней.", " дней."),
        ("101", " Рабочих дней", " Рабочего дня"),
        ("31", "\u00a0месяцев", "\u00a0месяца"),
        ("21", " членов", " члена"),
        ("21", " дневной", " дневной"),
        ("____", " часов", " часов"),
    ],
)
def test_a_word_agrees_with_the_number_before_it(number, after, said):
    *_rest, last = agreeing((Span("value", number), Span("text", after)))
    assert last.text == said
