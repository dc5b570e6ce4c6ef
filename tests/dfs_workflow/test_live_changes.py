"""Withdrawing, moving, deleting and restricting what is live: one asks with a reason, another agrees."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from dfs_pages.models import GlossaryTerm
from dfs_workflow import actions
from dfs_workflow.gate import system_publication
from dfs_workflow.models import Bundle, ContentVersion, Decision, PermanentReference, PublicationRefused
from dfs_workflow.reports import findings
from tests.dfs_workflow.conftest import as_user, live_pages
from tests.dfs_workflow.test_bundle import review_url
from tests.dfs_workflow.translating import live_translation
from tests.dfs_workflow.world import make_term
from tests.testapp.models import GovernedPage, GovernedStatement, GovernedTerm


def ask(user, page, kind, **data):
    url = reverse("dfs_workflow_ask_change", args=[page.pk, kind])
    return as_user(user).post(url, {"reason": "It is out of date."} | data, follow=True)


def ask_about(user, term, kind):
    """From the button on the screen, in both places where it is offered."""
    label = term._meta
    url = f"/admin/dfs-workflow/ask/{label.app_label}/{label.model_name}/{term.pk}/{kind}/"
    client = as_user(user)
    viewset = term.snippet_viewset
    for name, args in (("list", []), ("edit", [term.pk])):
        assert url in client.get(reverse(viewset.get_url_name(name), args=args)).content.decode()
    assert "Reason" in client.get(url).content.decode()
    return client.post(url, {"reason": "It is out of date."}, follow=True)


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


def governed_term(english):
    return make_term(english)


def glossary_term(english):
    term = GlossaryTerm(key="test", term="Term", definition="Words", locale=english)
    term.save()
    with system_publication(reason="Set up for a test"):
        term.save_revision().publish()
    return GlossaryTerm.objects.get(pk=term.pk)


@pytest.mark.parametrize("make", [governed_term, glossary_term])
@pytest.mark.parametrize("kind", ["withdraw", "delete"])
def test_two_people_do_it_to_a_term_too(kind, make, english, moderator, second_moderator):
    term = make(english)
    before = ContentVersion.current()
    assert "was submitted for review" in ask_about(moderator, term, kind).content.decode()
    agree(moderator)
    assert type(term).objects.get(pk=term.pk).live
    with pytest.raises(PublicationRefused), transaction.atomic():
        term.delete()
    agree(second_moderator)
    assert not type(term).objects.filter(pk=term.pk, live=True).exists()
    assert type(term).objects.filter(pk=term.pk).exists() == (kind == "withdraw")
    assert (Decision.objects.get(kind=kind).by, Decision.objects.filter(kind=kind).count()) == (second_moderator, 1)
    assert ContentVersion.current() > before
    assert not list(findings())


def test_a_term_is_deleted_in_all_its_languages(english, moderator, second_moderator):
    term = make_term(english)
    translate_object(term, [Locale.objects.create(language_code="fr")], user=moderator)
    with system_publication(reason="Set up for a test"):
        actions.publish_translation(translation=Translation.objects.get())
    assert GovernedTerm.objects.filter(live=True).count() == 2
    ask_about(moderator, term, "delete")
    agree(second_moderator)
    assert not GovernedTerm.objects.exists()


@pytest.mark.parametrize("kind", ["move", "restrict", "burn"])
def test_a_term_has_no_place_and_no_readers_of_its_own(kind, english, moderator):
    term = make_term(english)
    url = f"/admin/dfs-workflow/ask/testapp/governedterm/{term.pk}/{kind}/"
    assert as_user(moderator).get(url).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.ask_change(kind=kind, instance=term, by=moderator, reason="Try")


def test_an_editor_is_not_offered_it(english, editor):
    term = make_term(english)
    url = f"/admin/dfs-workflow/ask/testapp/governedterm/{term.pk}/delete/"
    client = as_user(editor)
    assert url not in client.get(reverse(term.snippet_viewset.get_url_name("edit"), args=[term.pk])).content.decode()
    client.post(url, {"reason": "Mine"})
    assert not Bundle.objects.exists()
    for wrong in ("testapp/foreignterm", "testapp/governedpage", "nothing/atall"):
        assert as_user(editor).get(f"/admin/dfs-workflow/ask/{wrong}/{term.pk}/delete/").status_code == 404


def test_the_new_place_is_chosen_from_a_plain_list(statement, other, moderator):
    html = as_user(moderator).get(reverse("dfs_workflow_ask_change", args=[statement.pk, "move"])).content.decode()
    options = re.findall(r'<option value="(\d+)"', html)
    assert str(other.pk) in options
    assert not {str(statement.pk), str(statement.get_parent().pk)} & set(options)


def test_a_chapter_is_withdrawn_with_all_below_it_in_all_languages(chapter, statement, moderator, second_moderator):
    live_translation(chapter, moderator, "Texte")
    assert GovernedPage.objects.filter(live=True, title="Chapter").count() == 2
    ask(moderator, chapter, "withdraw")
    agree(second_moderator)
    assert not GovernedPage.objects.filter(live=True, title="Chapter").exists()
    assert not GovernedStatement.objects.filter(live=True).exists()


def test_a_restriction_is_lifted_by_two_people_too(chapter, moderator, second_moderator):
    ask(moderator, chapter, "restrict", restriction_type="groups", groups=[moderator.groups.get().pk])
    agree(second_moderator)
    assert not list(findings())
    ask(moderator, chapter, "restrict", restriction_type="login")
    agree(second_moderator)
    assert not list(findings())
    assert Decision.objects.filter(kind="restrict").count() == 2
    with pytest.raises(PublicationRefused), transaction.atomic():
        PageViewRestriction.objects.get().delete()
    ask(moderator, chapter, "restrict", restriction_type="none")
    agree(second_moderator)
    assert not PageViewRestriction.objects.exists()
    assert not list(findings())


def test_a_reason_and_the_right_are_needed(statement, moderator, editor):
    assert "This field is required" in ask(moderator, statement, "withdraw", reason="").content.decode()
    assert not Bundle.objects.exists()
    ask(editor, statement, "withdraw")
    assert not Bundle.objects.exists()
    assert as_user(moderator).get(reverse("dfs_workflow_ask_change", args=[statement.pk, "burn"])).status_code == 404


def test_a_move_under_something_unfit_is_refused_whole(statement, moderator, second_moderator):
    bundle = actions.ask_change(
        kind="move", instance=statement, by=moderator, reason="Try", details={"parent": statement.pk}
    )
    with pytest.raises(PublicationRefused, match="can't stand under"):
        actions.decide_bundle(bundle=bundle, by=second_moderator, approve=True)
    assert bundle.current_workflow_state.status == "in_progress"
