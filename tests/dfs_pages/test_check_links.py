from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dfs_pages.models import ControlPage, PlainPage
from dfs_workflow.gate import system_publication

pytestmark = pytest.mark.usefixtures("content")


def check() -> str:
    out = StringIO()
    try:
        call_command("check_links", stdout=out)
    except CommandError as error:
        return out.getvalue() + str(error)
    return out.getvalue()


def test_the_shipped_content_has_no_dead_link():
    assert check() == "Every link between pages leads somewhere.\n"


def test_a_link_to_what_was_withdrawn_is_named():
    with system_publication(reason="test"):
        PlainPage.objects.get(slug="contribute", locale__language_code="en").unpublish()
        ControlPage.objects.get(reference="SAF-052", locale__language_code="en").unpublish()
        for translation in ControlPage.objects.filter(reference="SAF-052", live=True):
            translation.unpublish()
    found = check()
    assert "leads to How to contribute" in found or "leads to Contribut" in found
    assert "leads to SAF-052, which isn't public" in found
    assert found.endswith("links lead nowhere.")
