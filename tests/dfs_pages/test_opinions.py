"""Readers say whether a page helped; nobody learns who they were."""

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from dfs_pages import actions
from dfs_pages.models import Opinion
from tests.dfs_workflow.conftest import person

pytestmark = pytest.mark.usefixtures("content")
ADDRESS = "/en/r/SIM-MNO-03/helpful/"


def test_a_page_asks_and_keeps_the_answer_without_a_name(client: Client) -> None:
    assert 'href="helpful/?answer=no"' in client.get("/en/r/SIM-MNO-03/").content.decode()
    form = client.get(ADDRESS, {"answer": "no"})
    assert form["Cache-Control"] == "no-store"
    assert 'value="no" id="id_answer_1" checked' in " ".join(form.content.decode().replace("required", "").split())
    sent = client.post(ADDRESS, {"answer": "no", "reason": "Too short"})
    assert "nothing about you was kept" in sent.content.decode()
    row = Opinion.objects.get()
    assert (row.path, row.language, row.is_helpful, row.reason) == ("r/SIM-MNO-03", "en", False, "Too short")
    assert {field.name for field in Opinion._meta.fields} == {"id", "path", "language", "is_helpful", "reason", "on"}


def test_what_could_name_somebody_is_refused_and_nothing_typed_is_lost(client: Client) -> None:
    answer = client.post(ADDRESS, {"answer": "yes", "reason": "Write to me@example.org"})
    assert answer.status_code == 422
    assert "Leave out addresses and telephone or account numbers." in answer.content.decode()
    assert "Write to me@example.org</textarea>" in answer.content.decode()
    assert not Opinion.objects.exists()


def test_only_public_pages_are_asked_about_and_not_too_often(client: Client, settings: object) -> None:
    assert client.get("/en/nothing/helpful/").status_code == 404
    page = Page.objects.get(slug="about", locale__language_code="en")
    assert client.get("/en/about/helpful/").status_code == 200
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=page, restriction_type="login")])
    assert client.get("/en/about/helpful/").status_code == 404
    settings.DFS_WORKFLOW_REQUESTS_PER_HOUR = 2  # type: ignore[attr-defined]
    answers = [client.post(ADDRESS, {"answer": "yes"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_editors_read_them_and_the_oldest_go(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        client.post(ADDRESS, {"answer": "no", "reason": f"Reason {number}"})
    superuser = person("root")
    superuser.is_superuser = True
    superuser.save()
    client.force_login(superuser)
    assert "Reason 2" in client.get("/admin/opinions/").content.decode()
    monkeypatch.setattr(actions, "MOST_OPINIONS", 3)
    client.logout()
    client.post(ADDRESS, {"answer": "yes"})
    assert Opinion.objects.count() <= 4
