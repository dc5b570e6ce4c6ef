"""Every row of the shipped directory makes a document in both languages."""

import datetime
import re
from io import StringIO

import pytest
from django.core.management import call_command

from dfs_mou import query
from dfs_mou.documents.answers import clean
from dfs_mou.documents.html import fragment
from dfs_mou.documents.tree import build
from dfs_mou.exporters.directory_answers import directory_answers, directory_row
from dfs_mou.exporters.editions import current_edition

pytestmark = pytest.mark.slow

WRONG = re.compile(r"\{\{|\[\[|TBD|\bthe the\b|\bde le\b|\bde les\b|\bà le\b|\bde l’l’|None\b")


@pytest.mark.django_db
def test_every_country_of_the_directory_makes_a_document_in_english_and_french(edition):
    call_command("load_organisations", stdout=StringIO())
    _row, compiled = current_edition()
    countries = query.countries()
    assert len(countries) > 190
    for code, name in countries:
        regulators, banks = query.authorities(code)
        row = directory_row(code, name, next(iter(regulators), None), next(iter(banks), None))
        cleaned = clean(compiled, directory_answers(row, ("en", "fr")))
        assert cleaned.is_valid, (code, cleaned.errors)
        for language in ("en", "fr"):
            document = build(compiled, cleaned.answers, language=language, date=datetime.date(2026, 9, 1))
            html = fragment(document)
            assert not WRONG.search(html), (code, language, WRONG.search(html))
            assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r'id="([^"]+)"', html)), (code, language)
