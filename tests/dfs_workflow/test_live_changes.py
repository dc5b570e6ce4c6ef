"""Withdrawing, moving, deleting and restricting what is live: one asks with a reason, another agrees."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from dfs_workflow import actions
from dfs_workflow.models import Bundle, Decision, PermanentReference, PublicationRefused
from dfs_workflow.reports import findings
from tests.dfs_workflow.conftest import as_user, live_pages
from tests.dfs_workflow.test_bundle import review_url
from tests.dfs_workflow.test_translation import live_translation
from tests.testapp.models import GovernedPage, GovernedStatement


def ask(user, page, kind, **data):
    url = reverse("dfs_workflow_ask_change", args=[page.pk, kind])
    return as_user(user).post(url, {"reason": "It is out of date."} | data, follow=True)


def agree(user):
    return as_user(user).post(review_url(Bundle.objects.latest("pk")), {"decision": "approve"}, follow=True)


@pytest.fixture
def other(home):
    return live_pages(home, (GovernedPage(title="Other", slug="other"), []))[0]


@pytest.mark.parametrize("kind", ["withdraw", "delete", "move", "restrict"])
def test_two_people_do_it_and_one_does_not(kind, chapter, statement, other, moderator, second_moderator):
    assert (
        "was submitted for review"
        in ask(moderator, statement, kind, parent=other.pk, restriction_type="login").content.decode()
    )
    agree(moderator)
    unchanged = GovernedStatement.objects.get(pk=statement.pk)
    assert (unchanged.live, unchanged.url_path) == (True, statement.url_path)
    assert not PageViewRestriction.objects.exists()
    agree(second_moderator)
    after = GovernedStatement.objects.filter(pk=statement.pk).first()
    assert {
        "withdraw": lambda: not after.live,
        "delete": lambda: after is None,
        "move": lambda: after.url_path == "/governed/other/s1/",
        "restrict": lambda: after.view_restrictions.get().restriction_type == "login",
    }[kind]()
    decision = Decision.objects.get(kind=kind)
    assert (decision.by, decision.reason.startswith("It is out of date.")) == (second_moderator, True)
    assert PermanentReference.objects.filter(reference=statement.reference).exists()
    assert not list(findings())
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_chapter_is_withdrawn_with_all_below_it_in_all_languages(chapter, statement, moderator, second_moderator):
    live_translation(chapter, moderator, "Texte")
    assert GovernedPage.objects.filter(live=True, title="Chapter").count() == 2
    ask(moderator, chapter, "withdraw")
    agree(second_moderator)
    assert not GovernedPage.objects.filter(live=True, title="Chapter").exists()
    assert not GovernedStatement.objects.filter(live=True).exists()


def test_a_restriction_is_lifted_by_two_people_too(chapter, moderator, second_moderator):
    ask(moderator, chapter, "restrict", restriction_type="login")
    agree(second_moderator)
    with pytest.raises(PublicationRefused):
        PageViewRestriction.objects.get().delete()


def test_a_reason_and_the_right_are_needed(statement, moderator, editor):
    assert "This field is required" in ask(moderator, statement, "withdraw", reason="").content.decode()
    assert not Bundle.objects.exists()
    ask(editor, statement, "withdraw")
    assert not Bundle.objects.exists()
    assert as_user(moderator).get(reverse("dfs_workflow_ask_change", args=[statement.pk, "burn"])).status_code == 404


def test_a_move_under_something_unfit_is_refused_whole(statement, moderator, second_moderator):
    bundle = actions.ask_change(
        kind="move", page=statement, by=moderator, reason="Try", details={"parent": statement.pk}
    )
    with pytest.raises(PublicationRefused, match="can't stand under"):
        actions.decide_bundle(bundle=bundle, by=second_moderator, approve=True)
    assert bundle.current_workflow_state.status == "in_progress"
