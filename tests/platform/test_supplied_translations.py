"""The translations that we supply pass the checks that we ask of others."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from wagtail_localize.models import Translation

from dfs_workflow.translation.query.checked import checked_segments
from tests.dfs_mou.site import make_homes

ROOT = Path(__file__).resolve().parents[2]


def test_no_supplied_translation_has_an_error(capsys):
    folders = [str(ROOT / app / "content" / "translations") for app in ("dfs_pages", "dfs_mou")]
    call_command("check_translations", "--errors", *folders)
    assert "\n0 errors" in f"\n{capsys.readouterr().out}"


@pytest.mark.slow
@pytest.mark.django_db
def test_examples_from_another_country_can_be_submitted_with_a_reason():
    make_homes()
    call_command("load_mou_template", template=["mou-template"], stdout=StringIO())
    rows = [row for translation in Translation.objects.all() for row in checked_segments(translation)]
    assert len(rows) > 500
    found = [(row.segment.path.split(".")[-1], finding) for row in rows for finding in row.findings]
    assert [(field, str(finding)) for field, finding in found if finding.severity == "error"] == []
    assert {field for field, finding in found if finding.code == "numbers"} <= {"example", "default_text", "help"}
    assert any(finding.code == "numbers" for _field, finding in found)
