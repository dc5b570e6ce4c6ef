"""Proposals in the admin: from the form of a page, and the list of those who decide."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from dfs_workflow.merging import changes_between
from dfs_workflow.models import (
    Proposal,
)
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.proposing import proposed, publish, sides
from tests.dfs_workflow.test_live_changes import glossary_term
from tests.testapp.models import GovernedPage, GovernedStatement

pytestmark = pytest.mark.django_db
EDITED = [("text", "b1", "Other."), ("text", "b2", "Logs are kept."), ("word", "b3", "Last")]


def saved_as_proposal(client, page, **changes):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = client.get(url).content.decode()
    assert 'name="action-propose"' in html
    return client.post(url, {**editor_fields(html), **changes, "action-propose": ""})


def editor_fields(html):
    """What the form of the editor holds before its scripts have run; streams are sent as they are stored."""
    form = BeautifulSoup(html, "html.parser").find("form", id="w-editor-form") or BeautifulSoup(html, "html.parser")
    data = {row["name"]: row.get("value", "") for row in form.find_all("input") if row.get("name")}
    data |= {row["name"]: row.get_text().removeprefix("\n") for row in form.find_all("textarea") if row.get("name")}
    data = {name: value for name, value in data.items() if not name.startswith("action-")}
    return {**data, "body-count": "0"} if "body-count" not in data else data


def test_the_editor_saves_several_pages_as_one_proposal(editor, moderator, rules, chapter):
    client = as_user(editor)
    statement = GovernedStatement.objects.child_of(chapter).first()
    rules = publish(rules, "b2", '<p data-block-key="k1">Logs are kept.</p>')
    stream = {"body-count": 3} | {
        f"body-{n}-{name}": value
        for n, (kind, key, text) in enumerate(EDITED)
        for name, value in {
            "deleted": "", "order": n, "type": kind, "id": key,
            "value": rich_text(f"<p>{text}</p>") if kind == "text" else text,
        }.items()
    }  # fmt: skip
    for each, changes in ((rules, stream), (statement, {"text": "Better"})):
        response = saved_as_proposal(client, each, **changes)
        assert response.status_code == 302, response.content.decode()[:2000]
    assert not type(rules).objects.get(pk=rules.pk).has_unpublished_changes
    html = client.get(response["Location"]).content.decode()
    assert "Better" in html and html.count('aria-labelledby="part-') == 2
    done = client.post(response["Location"], {"title": "Both", "reason": "They belong together.", "source": ""})
    assert done.status_code == 302
    proposal = Proposal.objects.get()
    assert [list(item.proposed) for item in proposal.items.all()] == [["body"], ["text"]]
    assert [change.path for change in changes_between(*sides(proposal.items.first()))] == [("body", "b1", "value")]
    listed = as_user(moderator).get(reverse("dfs_workflow_proposals")).content.decode()
    assert proposal.number in listed


def test_what_others_saved_since_the_form_was_opened_is_no_part_of_the_proposal(editor, moderator, chapter):
    statement = GovernedStatement.objects.child_of(chapter).first()
    client = as_user(editor)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[statement.pk])).content.decode()
    statement.text = "Saved meanwhile"
    statement.save_revision(user=moderator)
    data = {**editor_fields(html), "title": "Another title", "action-propose": ""}
    assert client.post(reverse("wagtailadmin_pages:edit", args=[statement.pk]), data).status_code == 302
    assert list(Proposal.objects.get().items.get().proposed) == ["title"]


def test_nobody_else_sees_or_sends_what_is_still_being_collected(editor, moderator, chapter):
    statement = GovernedStatement.objects.child_of(chapter).first()
    url = saved_as_proposal(as_user(editor), statement, text="Better")["Location"]
    other = as_user(moderator)
    assert other.get(url).status_code == other.post(url, {"title": "x", "reason": "y"}).status_code == 404
    assert "not submitted" not in other.get(reverse("dfs_workflow:proposals")).content.decode()
    assert as_user(editor).post(url, {"discard": "yes"}).status_code == 302
    assert not Proposal.objects.exists()


def test_the_list_of_those_who_decide_is_filtered_and_is_a_file_too(awa_client, rules, chapter, moderator):
    title = "=cmd()"
    proposal = proposed(awa_client, rules, "title", title)
    Proposal.objects.update(title=title)
    decider, url = as_user(moderator), reverse("dfs_workflow_proposals")

    def has(**chosen):
        return proposal.number in decider.get(url, chosen).content.decode()

    assert has() and has(state="submitted") and not has(state="declined")
    assert has(state="", chapter=proposal.items.get().chapter_id) and not has(state="", assignee=moderator.pk)
    assert has(state="", assignee="nobody") and not has(state="", age=7)
    rows = decider.get(url, {"format": "csv"}).content.decode().splitlines()
    assert rows[0].startswith("number,title") and "'=cmd()" in rows[1]


def test_what_is_typed_is_saved_by_itself_only_where_nobody_reads_it_yet(home, statement, english, editor):
    draft = home.add_child(instance=GovernedPage(title="New", slug="new"))
    client, rows = as_user(editor), (draft, statement)
    pages = [client.get(reverse("wagtailadmin_pages:edit", args=[row.pk])).context for row in rows]
    term = glossary_term(english)
    pages.append(client.get(reverse(term.snippet_viewset.get_url_name("edit"), args=[term.pk])).context)
    assert [page["autosave_enabled"] for page in pages] == [True, False, False]
