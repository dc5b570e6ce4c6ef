"""A page type of an app that the reading app doesn't know has its plain forms too."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from dfs_mou.models import ClausePage, MouTemplatePage
from dfs_pages.models import HomePage
from dfs_workflow.gate import system_publication
from dfs_workflow.importers.tree import create_pages


@pytest.fixture
def clause(content: object) -> ClausePage:
    home = HomePage.objects.get(locale__language_code="en")
    template = MouTemplatePage(title="Model MOU", slug="model", template_key="model-x", version="1.0.0")
    sub_clause = {
        "type": "clause",
        "value": {"key": "a", "title": "When", "body": "<p>At once.</p>", "guidance": "", "clauses": []},
    }
    page = ClausePage(
        title="Alerts",
        slug="alerts",
        key="alerts",
        reference="MOU-X-01",
        body="<p>Each side tells the other of a <b>swap</b>.</p>",
        guidance="Say how fast.",
    )
    page.clauses = ClausePage.clauses.field.to_python([sub_clause])
    with system_publication(reason="Set up for a test"):
        create_pages(home, [(template, [(page, [])])])
    return page


def test_a_clause_and_its_template_have_a_twin_with_their_words(clause: ClausePage) -> None:
    twin = Client().get("/en/model/alerts.md")
    assert twin.status_code == 200
    assert Client().get("/en/model/alerts/", headers={"accept": "text/markdown"}).content == twin.content
    text = twin.content.decode()
    assert "# MOU-X-01 Alerts" in text
    words = ["Each side tells the other of a **swap**.", "**When**", "At once."]
    assert text.split("\n\n")[2:] == [*words, "**Guidance**", "* Say how fast.\n"]
    assert "/en/model/alerts/" in Client().get("/en/model.md").content.decode()


def test_a_whole_site_is_exported_with_its_clauses(clause: ClausePage, tmp_path: Path) -> None:
    call_command("export_gitbook", str(tmp_path / "out"), languages="en", stdout=StringIO())
    assert "Each side tells the other" in (tmp_path / "out/en/model/alerts.md").read_text()
