"""Names and countries read right inside a sentence in Spanish."""

import re

import pytest

from dfs_mou.documents.answers import Answers
from dfs_mou.documents.country_forms import country_name
from dfs_mou.documents.directory import answers_from_directory
from dfs_mou.documents.name_forms import with_forms
from dfs_mou.documents.spanish_forms import (
    spanish_country_genitive,
    spanish_country_locative,
    spanish_definite,
    spanish_genitive,
)
from tests.dfs_mou.mou_content import directory, supplied

WRONG = re.compile(r"\bde (el|El) (?!Salvador)|\b(el|la|los|las) (el|la|los|las)\b|\bdel del\b|\b[Ee]n de\b")


@pytest.mark.parametrize(
    ("iso2", "locative", "genitive"),
    [
        ("PY", "en Paraguay", "de Paraguay"),
        ("SV", "en El Salvador", "de El Salvador"),
        ("DO", "en la República Dominicana", "de la República Dominicana"),
        ("GB", "en el Reino Unido", "del Reino Unido"),
        ("US", "en los Estados Unidos", "de los Estados Unidos"),
        ("NL", "en los Países Bajos", "de los Países Bajos"),
        ("MH", "en las Islas Marshall", "de las Islas Marshall"),
        ("IN", "en la India", "de la India"),
        ("CG", "en la República del Congo", "de la República del Congo"),
        ("HK", "en Hong Kong (China)", "de Hong Kong (China)"),
    ],
)
def test_a_country(iso2, locative, genitive):
    name = country_name(iso2, "es")
    assert (spanish_country_locative(name), spanish_country_genitive(name)) == (locative, genitive)


@pytest.mark.parametrize(
    ("name", "definite", "genitive"),
    [
        ("Banco Central del Paraguay", "el Banco Central del Paraguay", "del Banco Central del Paraguay"),
        ("Comisión Nacional de Telecomunicaciones", "la Comisión Nacional", "de la Comisión Nacional"),
        (
            "Bank of Ghana",
            "el banco central denominado «Bank of Ghana»",
            "del banco central denominado «Bank of Ghana»",
        ),
        ("Office of Communications", "la institución denominada «Office", "de la institución denominada «Office"),
    ],
)
def test_an_institution(name, definite, genitive):
    assert spanish_definite(name).startswith(definite)
    assert spanish_genitive(name).startswith(genitive)


def test_every_row_of_the_directory_gives_names_that_read_as_spanish():
    edition = supplied()
    for row in directory():
        given = answers_from_directory(row, ("es",)).values["es"]
        names = {
            spanish_definite(given[name]) + " " + spanish_genitive(given[name])
            for name in ("telecom_regulator_name", "central_bank_name")
            if given.get(name)
        }
        country = given["country_name"]
        names.add(f"{spanish_country_locative(country)} {spanish_country_genitive(country)}")
        assert [text for text in names if WRONG.search(text)] == []
    own = answers_from_directory(next(row for row in directory() if row["iso2"] == "PY"), ("es",))
    assert own.values["es"]["central_bank_name"] == "Banco Central del Paraguay"
    assert with_forms(edition, Answers({}, own.values)).values["es"]["country_locative"] == "en Paraguay"
