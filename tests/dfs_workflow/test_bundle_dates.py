"""What is in a bundle goes live at its one date as a whole, or not at all; it says why."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

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
    assert bundle.held_back == f"“{pages[-1]}” doesn't wait for its date any more."
    assert sorted(mail.to[0] for mail in mailoutbox) == [editor.email, reviewer.email]
    assert bundle.held_back in mailoutbox[0].body and "nothing of it did" in mailoutbox[0].body
    page = as_user(reviewer).get(review_url(bundle)).content.decode()
    assert "nothing of it is changed" in page and "wait for its date any more" in page
    assert not list(findings())


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
    assert (Bundle.objects.get().goes_live_at, Bundle.objects.get().held_back) == (None, "")
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
