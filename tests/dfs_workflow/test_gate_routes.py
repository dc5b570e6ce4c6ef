"""Nobody publishes, withdraws, moves, deletes or hides alone, whichever way they try."""

import re

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from wagtail.models import Page, PageViewRestriction

from dfs_workflow.gate import NOTHING_LIVE, system_publication
from dfs_workflow.models import Decision, PublicationRefused
from dfs_workflow.reports import findings
from tests.dfs_workflow import routes_api, routes_code, routes_http
from tests.dfs_workflow.conftest import live_pages
from tests.dfs_workflow.world import SECRET, World, draft_of, make_term, public
from tests.testapp.models import GovernedPage, GovernedStatement, GovernedTerm

pytestmark = pytest.mark.urls("tests.dfs_workflow.urls")

# These change nothing that is live: they leave a draft behind, and say nothing about a refusal.
SILENT = {
    *("add_child_born_live", "create_term_live", "create_alias", "copy_keeping_live", "admin_copy_published"),
    *("internal_api_copy", "v3_copy", "scheduler_with_an_undecided_version"),
    *("convert_a_draft_alias", "sync_locale_trees", "admin_sync_a_language", "v3_create_alias", "purge_revisions"),
    "localize_publish",  # submits for review instead
}


HTTP = routes_http.ROUTES | routes_api.ROUTES
OUR_SENTENCES = "second person|alias of another|its own saved versions|save a draft and have it approved"


@pytest.fixture
def world(home, chapter, foreign, root_user, english, client, capsys):
    other, draft = live_pages(
        home,
        (GovernedPage(title="Other", slug="other"), []),
        (GovernedPage(title="Draft", slug="draft", live=False), []),
    )
    live_pages(foreign, (GovernedPage(title="Below", slug="below"), []))
    (hidden,) = live_pages(home, (GovernedPage(title="For some", slug="for-some"), []))
    with system_publication(reason="Set up for a test"):
        restriction = PageViewRestriction.objects.create(page=hidden, restriction_type="groups")
        restriction.groups.add(Group.objects.create(name="Readers"))
    term = draft_of(make_term(english), root_user)
    draft_term = GovernedTerm.objects.create(name="Draft term", locale=english)
    client.force_login(root_user)
    call_command("api_tokens", "create", user=root_user.username, name="test")
    token = next(line for line in capsys.readouterr().out.split() if line.startswith("wagtail_"))
    statement = draft_of(GovernedStatement.objects.child_of(chapter).first(), root_user)
    return World(
        author=root_user,
        client=client,
        token=token,
        home=home,
        chapter=GovernedPage.objects.get(pk=chapter.pk),
        other=other,
        statement=statement,
        draft=draft_of(draft, root_user),
        term=term,
        draft_term=draft_term,
        foreign=foreign,
        restriction=restriction,
    )


def words_of(response):
    """What the person is told, on the page or by the API."""
    if response.get("Content-Type", "").startswith("application/"):
        return response.content.decode()
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.mark.parametrize("name", routes_code.ROUTES)
def test_code_does_not_pass(world, name):
    before, decided = public(), Decision.objects.exclude(reason=NOTHING_LIVE).count()
    if name in SILENT:
        routes_code.ROUTES[name](world)
    else:
        with pytest.raises((PublicationRefused, ProtectedError)), transaction.atomic():
            routes_code.ROUTES[name](world)
    assert public() == before
    assert not list(findings())
    assert Decision.objects.exclude(reason=NOTHING_LIVE).count() == decided


@pytest.mark.parametrize("name", HTTP)
def test_a_superuser_at_the_screen_does_not_pass(world, name):
    seen = {}

    def attempt():
        seen["response"] = HTTP[name](world)

    before = public()
    try:
        with transaction.atomic():
            attempt()
    except PublicationRefused:
        seen["response"] = None
    after = {key: value for key, value in public().items() if key in before}
    assert after == before
    assert SECRET not in str(public())
    assert not list(findings())
    response = seen["response"]
    if response is not None and name not in SILENT:
        assert response.status_code in {200, 302, 403}
        assert re.search(OUR_SENTENCES, words_of(response)), words_of(response)


def test_what_was_typed_is_not_lost(world):
    response = routes_http.admin_edit_and_publish(world)
    assert response["Location"] == f"/admin/pages/{world.statement.pk}/edit/"
    statement = GovernedStatement.objects.get(pk=world.statement.pk)
    assert statement.get_latest_revision_as_object().text == SECRET
    created = routes_http.admin_create_and_publish(world)
    page = GovernedPage.objects.get(slug="new")
    assert created["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert (page.live, page.get_latest_revision_as_object().text) == (False, SECRET)


@pytest.mark.parametrize("name", ["add_child_born_live", "copy_keeping_live", "create_alias"])
def test_what_is_new_is_born_as_a_draft(world, name):
    known = set(Page.objects.values_list("pk", flat=True))
    routes_code.ROUTES[name](world)
    born = Page.objects.exclude(pk__in=known)
    assert born.exists()
    assert not born.filter(live=True).exists()
    assert not born.filter(alias_of__isnull=False).exists()


def test_order_among_siblings_is_free(world):
    last = GovernedStatement.objects.child_of(world.chapter).last()
    last.move(world.chapter, pos="first-child", user=world.author)
    assert GovernedStatement.objects.child_of(world.chapter).order_by("path").first().pk == last.pk


def test_the_publish_button_is_not_offered(world):
    page = world.client.get(f"/admin/pages/{world.statement.pk}/edit/").content.decode()
    assert 'name="action-publish"' not in page
    foreign = world.client.get(f"/admin/pages/{world.foreign.pk}/edit/").content.decode()
    assert 'name="action-publish"' in foreign
    term = world.client.get(routes_http.snippet(world, "edit", world.term.pk)).content.decode()
    assert 'name="action-publish"' not in term
