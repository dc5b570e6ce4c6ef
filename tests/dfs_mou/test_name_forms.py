"""Names and countries read right inside a sentence, in English and French."""

import pytest

from dfs_mou.documents.answers import Answers
from dfs_mou.documents.country_forms import (
    country_name,
    english_genitive,
    english_locative,
    french_genitive,
    french_locative,
)
from dfs_mou.documents.directory import answers_from_directory
from dfs_mou.documents.name_forms import english_definite, french_definite, with_forms
from dfs_mou.documents.name_forms import french_genitive as french_name_genitive
from tests.dfs_mou.mou_content import directory, example_pairs, supplied

FORMS = [
    f"{base}_{form}"
    for base, forms in (
        ("country", ("locative", "genitive")),
        ("telecom_regulator_name", ("definite", "genitive")),
        ("central_bank_name", ("definite", "genitive")),
    )
    for form in forms
]


@pytest.mark.parametrize(
    ("iso2", "locative", "genitive"),
    [
        ("SN", "au Sénégal", "du Sénégal"),
        ("CI", "en Côte d’Ivoire", "de la Côte d’Ivoire"),
        ("DZ", "en Algérie", "de l’Algérie"),
        ("AO", "en Angola", "de l’Angola"),
        ("IR", "en Iran", "de l’Iran"),
        ("MX", "au Mexique", "du Mexique"),
        ("KH", "au Cambodge", "du Cambodge"),
        ("GW", "en Guinée-Bissau", "de la Guinée-Bissau"),
        ("CD", "en République démocratique du Congo", "de la République démocratique du Congo"),
        ("US", "aux États-Unis", "des États-Unis"),
        ("NL", "aux Pays-Bas", "des Pays-Bas"),
        ("KM", "aux Comores", "des Comores"),
        ("CU", "à Cuba", "de Cuba"),
        ("OM", "à Oman", "d’Oman"),
        ("HT", "en Haïti", "d’Haïti"),
        ("HN", "au Honduras", "du Honduras"),
        ("HU", "en Hongrie", "de la Hongrie"),
        ("BB", "à la Barbade", "de la Barbade"),
        ("HK", "à Hong Kong (Chine)", "de Hong Kong (Chine)"),
        ("VA", "dans l’État de la Cité du Vatican", "de l’État de la Cité du Vatican"),
    ],
)
def test_a_country_in_french(iso2, locative, genitive):
    name = country_name(iso2, "fr")
    assert (french_locative(name), french_genitive(name)) == (locative, genitive)


@pytest.mark.parametrize(
    ("name", "locative", "genitive"),
    [
        ("Nigeria", "in Nigeria", "of Nigeria"),
        ("Philippines", "in the Philippines", "of the Philippines"),
        ("Gambia", "in the Gambia", "of the Gambia"),
        ("The Gambia", "in the Gambia", "of the Gambia"),
        ("Republic of Kenya", "in the Republic of Kenya", "of the Republic of Kenya"),
    ],
)
def test_a_country_in_english(name, locative, genitive):
    assert (english_locative(name), english_genitive(name)) == (locative, genitive)


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("République du Sénégal", "de la République du Sénégal"),
        ("Royaume du Maroc", "du Royaume du Maroc"),
        ("Union des Comores", "de l’Union des Comores"),
        ("Atlantide", "du pays dénommé Atlantide"),
    ],
)
def test_a_country_typed_by_hand_in_french(name, genitive):
    assert french_genitive(name) == genitive


@pytest.mark.parametrize(
    ("name", "definite", "genitive"),
    [
        ("Autorité de Régulation", "l’Autorité de Régulation", "de l’Autorité de Régulation"),
        ("Banque Centrale du Congo", "la Banque Centrale du Congo", "de la Banque Centrale du Congo"),
        ("Conseil National", "le Conseil National", "du Conseil National"),
        ("Haute Autorité", "la Haute Autorité", "de la Haute Autorité"),
        ("Bank Al-Maghrib", "Bank Al-Maghrib", "de Bank Al-Maghrib"),
        (
            "Central Bank of Kenya",
            "la banque centrale dénommée «\u00a0Central Bank of Kenya\u00a0»",
            "de la banque centrale dénommée «\u00a0Central Bank of Kenya\u00a0»",
        ),
        (
            "Office of Communications",
            "l’institution dénommée «\u00a0Office of Communications\u00a0»",
            "de l’institution dénommée «\u00a0Office of Communications\u00a0»",
        ),
    ],
)
def test_an_institution_in_french(name, definite, genitive):
    assert (french_definite(name), french_name_genitive(name)) == (definite, genitive)


@pytest.mark.parametrize(
    ("name", "definite"),
    [
        ("Central Bank of Nigeria", "the Central Bank of Nigeria"),
        ("The Reserve Bank", "the Reserve Bank"),
        ("Bank Negara Malaysia", "Bank Negara Malaysia"),
        ("Bank of Uganda", "the Bank of Uganda"),
    ],
)
def test_an_institution_in_english(name, definite):
    assert english_definite(name) == definite


def test_the_proposals_are_the_forms_that_people_wrote_in_the_example_pairs():
    for pair in example_pairs().values():
        for language in ("en", "fr"):
            written = pair["values"].get(language)
            if written:
                bare = {name: value for name, value in written.items() if name not in FORMS}
                proposed = with_forms(supplied(), Answers({}, {language: bare})).values[language]
                assert {n: proposed[n] for n in FORMS} == {n: written[n] for n in FORMS}, pair["id"]


def test_what_was_typed_is_not_replaced_and_what_is_not_there_is_not_invented():
    typed = {"country_name": "Kenya", "country_locative": "in the whole of Kenya", "central_bank_name": "[Name]"}
    values = with_forms(supplied(), Answers({}, {"en": typed})).values["en"]
    assert values["country_locative"] == "in the whole of Kenya"
    assert values["country_genitive"] == "of Kenya"
    assert "central_bank_name_definite" not in values
    assert "telecom_regulator_name_definite" not in values


def test_every_row_of_the_directory_gives_a_country_with_its_forms():
    assert len(directory()) == 211
    for row in directory():
        values = with_forms(supplied(), answers_from_directory(row, ("en", "fr"))).values
        for language in ("en", "fr"):
            assert values[language]["country_locative"], row["iso2"]
            assert "dénommé" not in values[language]["country_genitive"], row["iso2"]
            assert ("central_bank_name" in values[language]) is bool(row["central_bank"])
            assert ("central_bank_name_definite" in values[language]) is bool(row["central_bank"])


def test_a_central_bank_of_several_states_is_known_by_its_acronym():
    row = next(row for row in directory() if row["iso2"] == "SN")
    answers = answers_from_directory(row, ("en", "fr"))
    assert answers.common == {"central_bank_scope": "multi_country"}
    assert answers.values["fr"]["central_bank_name"] == "Banque Centrale des États de l’Afrique de l’Ouest"
    assert answers.values["fr"]["central_bank_union_name"] == "l’Union Monétaire Ouest Africaine"
