"""What is in a bundle goes live at its one date as a whole, or not at all; it says why."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision
from wagtail.users.models import UserProfile

from dfs_workflow import actions
from dfs_workflow.models import Bundle, Decision
from dfs_workflow.reports import findings
from tests.dfs_workflow.conftest import as_user, live_pages
from tests.dfs_workflow.test_bundle import dated, draft, review_url, text_of
from tests.dfs_workflow.test_taking_back import address
from tests.dfs_workflow.translating import french, translate_string
from tests.testapp.models import GovernedPage, GovernedStatement


@pytest.fixture
def pages(chapter, editor, reviewer):
    """Approved, and waiting for one date."""
    at = timezone.now() + timedelta(days=2)
    found = [chapter, *GovernedStatement.objects.child_of(chapter)]
    found = [dated(draft(page, editor), at, editor) for page in found]
    bundle = actions.submit_bundle(title="Chapter", objects=found, by=editor)
    actions.decide_bundle(bundle=bundle, by=reviewer, approve=True)
    return [type(page).objects.get(pk=page.pk) for page in found]


def publish_scheduled(days=0):
    later = timezone.now() + timedelta(days=days)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: later)
        call_command("publish_scheduled")


def texts(pages):
    return {text_of(page) for page in pages}


def test_one_that_can_not_go_live_keeps_all_the_others_back(
    pages, editor, reviewer, mailoutbox, django_capture_on_commit_callbacks
):
    Revision.objects.filter(pk=pages[-1].scheduled_revision.pk).update(approved_go_live_at=None)
    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            publish_scheduled(days=9)
    assert texts(pages) == {"Intro", "Old words"}
    bundle = Bundle.objects.get()
    assert bundle.why_held_back() == f"“{pages[-1]}” doesn't wait for its date any more."
    assert sorted(mail.to[0] for mail in mailoutbox) == [editor.email, reviewer.email]
    assert bundle.why_held_back() in mailoutbox[0].body and "nothing of it did" in mailoutbox[0].body
    page = as_user(reviewer).get(review_url(bundle)).content.decode()
    assert "nothing of it is changed" in page and "wait for its date any more" in page
    assert not list(findings())


def test_why_it_did_not_go_live_is_told_to_each_in_their_language(
    pages, editor, reviewer, mailoutbox, django_capture_on_commit_callbacks
):
    profile = UserProfile.get_for_user(reviewer)
    profile.preferred_language = "fr"
    profile.save()
    Revision.objects.filter(pk=pages[-1].scheduled_revision.pk).update(approved_go_live_at=None)
    with django_capture_on_commit_callbacks(execute=True):
        publish_scheduled(days=9)
    said = {mail.to[0]: mail.body for mail in mailoutbox}
    french = f"« {pages[-1]} » n’attend plus sa date."
    assert french in said[reviewer.email] and "any more" not in said[reviewer.email]
    assert "wait for its date any more" in said[editor.email]
    bundle = Bundle.objects.get()
    assert french in as_user(reviewer).get(review_url(bundle)).content.decode()
    assert set(bundle.held_back) == {"en", "fr", "es", "ar", "ru", "zh-hans"} and all(bundle.held_back.values())
    assert texts(pages) == {"Intro", "Old words"} and not list(findings())


def moved_to(page, slug, editor):
    """A draft that is to go live there in two days; nothing has that slug yet."""
    row = draft(page, editor).get_latest_revision_as_object()
    row.slug, row.go_live_at = slug, timezone.now() + timedelta(days=2)
    row.save_revision(user=editor)
    return type(page).objects.get(pk=page.pk)


def test_a_slug_that_was_taken_meanwhile_keeps_back_what_needs_it_and_nothing_else(chapter, editor, reviewer):
    first, second, third = GovernedStatement.objects.child_of(chapter)
    first, second = moved_to(first, "taken-1", editor), moved_to(second, "taken-2", editor)
    third = dated(draft(third, editor), timezone.now() + timedelta(days=2), editor)
    for page in (first, third):
        page.get_workflow().start(page, editor)
        state = type(page).objects.get(pk=page.pk).current_workflow_task_state
        state.task.specific.on_action(state, reviewer, "approve")
    bundle = actions.submit_bundle(title="Chapter", objects=[second], by=editor)
    actions.decide_bundle(bundle=bundle, by=reviewer, approve=True)
    for number in (1, 2):
        new = GovernedStatement(title="New", slug=f"taken-{number}", reference=f"TST-8{number}", text="x")
        chapter.add_child(instance=new)
    publish_scheduled(days=9)
    assert [text_of(page) for page in (first, second, third)] == ["Old words", "Old words", "New words"]
    assert "taken-2" in Bundle.objects.get().why_held_back()


def test_taking_back_one_date_takes_back_all(pages, editor, reviewer, mailoutbox, django_capture_on_commit_callbacks):
    client = as_user(editor)
    with django_capture_on_commit_callbacks(execute=True):
        html = client.post(address(pages[1]), follow=True).content.decode()
    assert "All of “Chapter” has lost its date with it" in html
    publish_scheduled(days=9)
    assert texts(pages) == {"Intro", "Old words"}
    assert Decision.objects.filter(kind="unschedule", by=editor).count() == len(pages)
    (mail,) = mailoutbox
    assert mail.to == [reviewer.email] and "all of it has lost its date" in mail.body
    assert (Bundle.objects.get().goes_live_at, Bundle.objects.get().held_back) == (None, {})
    again = actions.submit_bundle(title="Again", objects=[type(p).objects.get(pk=p.pk) for p in pages], by=editor)
    actions.decide_bundle(bundle=again, by=reviewer, approve=True)
    assert "goes live on" in client.get(review_url(again)).content.decode()
    publish_scheduled(days=9)
    assert texts(pages) == {"New words"} and Bundle.objects.get(title="Again").goes_live_at is None
    assert not list(findings())


def test_a_new_page_goes_live_before_what_is_below_it_and_a_source_before_its_translation(
    translation, chapter, home, editor, reviewer, translator
):
    at = timezone.now() + timedelta(days=2)
    (top,) = live_pages(home, (GovernedPage(title="New", slug="new", live=False), []))
    below = top.add_child(instance=GovernedPage(title="Below", slug="below", text="x"))
    translate_string(translation, "Nouveau texte", translator)
    actions.save_translation_as_draft(translation=translation, by=translator, submit=False, go_live_at=at)
    rows = [dated(draft(row, editor), at, editor) for row in (below, top)]
    bundle = actions.submit_bundle(title="All", objects=[french(translation), *rows], by=editor)
    actions.decide_bundle(bundle=bundle, by=reviewer, approve=True)
    publish_scheduled()
    assert not GovernedPage.objects.get(pk=below.pk).live and french(translation).text == "Intro"
    publish_scheduled(days=9)
    assert GovernedPage.objects.get(pk=below.pk).live and french(translation).text == "Nouveau texte"
    assert not list(findings())


def test_a_translation_that_can_not_go_live_keeps_its_source_back_until_it_can(
    translation, chapter, editor, reviewer, translator
):
    at = timezone.now() + timedelta(days=2)
    source = dated(draft(chapter, editor), at, editor)
    translate_string(translation, "Nouveau texte", translator)
    actions.save_translation_as_draft(translation=translation, by=translator, submit=False, go_live_at=at)
    bundle = actions.submit_bundle(title="Both", objects=[source, french(translation)], by=editor)
    actions.decide_bundle(bundle=bundle, by=reviewer, approve=True)
    waiting = Revision.objects.filter(pk=french(translation).scheduled_revision.pk)
    waiting.update(approved_go_live_at=None)
    publish_scheduled(days=9)
    before = (text_of(source), french(translation).text)
    assert "Nouveau texte" not in before and text_of(source) == "Intro"
    bundle.refresh_from_db()
    assert str(french(translation)) in bundle.why_held_back() and bundle.goes_live_at is not None
    waiting.update(approved_go_live_at=at)
    publish_scheduled(days=9)
    assert (text_of(source), french(translation).text) == ("New words", "Nouveau texte")
    assert Bundle.objects.get().goes_live_at is None and not list(findings())
