"""Translations that go live at a date, and several that go live at one moment."""

from datetime import timedelta
from io import StringIO

import polib
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Revision
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from dfs_workflow import actions
from dfs_workflow.models import Bundle, PublicationRefused
from dfs_workflow.translation.actions import save_text
from dfs_workflow.translation.query import segments
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.translating import french, live_translation, publish_current, translate_string
from tests.testapp.models import GovernedPage, GovernedStatement


def approve(row, user):
    row.current_workflow_task.on_action(row.current_workflow_task_state, user, "approve")


def submit(translation, user, at=None):
    url = reverse("dfs_workflow_submit_translation", args=[translation.pk])
    data = {"go_live_at": at.strftime("%Y-%m-%dT%H:%M")} if at else {}
    return as_user(user).post(url, data, follow=True).content.decode()


def run_scheduler(days=0):
    """So many days from now: as if the server had been down until well after the date."""
    later = timezone.now() + timedelta(days=days)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: later)
        call_command("scheduler", "--once", stdout=StringIO(), stderr=StringIO())


@pytest.fixture
def scheduled(translation, translator, reviewer):
    publish_current(translation)
    translate_string(translation, "Nouveau texte", translator)
    submit(translation, translator, timezone.now() + timedelta(days=3))
    approve(french(translation), reviewer)
    return translation


def test_a_translation_goes_live_at_its_date_and_not_before(scheduled):
    assert french(scheduled).text == "Ancien texte"
    run_scheduler()
    assert french(scheduled).text == "Ancien texte"
    run_scheduler(days=9)
    assert french(scheduled).text == "Nouveau texte"
    assert french(scheduled).approved_schedule is False
    run_scheduler(days=9)
    assert french(scheduled).text == "Nouveau texte"


def test_a_date_needs_the_second_person_who_is_told_of_it(translation, translator, reviewer):
    publish_current(translation)
    translate_string(translation, "Nouveau texte", translator)
    submit(translation, translator, timezone.now() + timedelta(days=3))
    row = french(translation)
    assert "It is to go live at" in as_user(reviewer).get(f"/admin/pages/{row.pk}/edit/").content.decode()
    with pytest.raises(PublicationRefused):
        row.latest_revision.publish()
    assert not row.approved_schedule
    Revision.objects.filter(pk=row.latest_revision_id).update(approved_go_live_at=timezone.now())
    run_scheduler(days=9)
    assert french(translation).text == "Ancien texte"


def test_a_date_that_has_passed_is_not_taken(translation, translator):
    publish_current(translation)
    assert "still to come" in submit(translation, translator, timezone.now() - timedelta(days=1))
    assert french(translation).current_workflow_state is None


def test_what_is_scheduled_stands_still(scheduled, translator, tmp_path):
    assert "locked or under review" in submit(scheduled, translator)
    segment = next(each for each in segments(scheduled) if each.path == "text")
    url = reverse("wagtail_localize:edit_string_translation", args=[scheduled.pk, segment.pk])
    body = {"data": "value=Autre", "content_type": "application/x-www-form-urlencoded"}
    assert as_user(translator).put(url, **body).status_code == 403
    beside = reverse("dfs_translation_side_by_side", args=[scheduled.pk])
    as_user(translator).post(beside, {f"text-{segment.pk}": "Autre"})
    po = polib.POFile()
    po.append(polib.POEntry(msgid=segment.source, msgstr="Autre"))
    po.save(str(tmp_path / "fr.po"))
    call_command("import_translations", "fr", str(tmp_path / "fr.po"), "--user", "translator", stdout=StringIO())
    assert not StringTranslation.objects.filter(data="Autre").exists()


def test_a_translation_waits_for_the_date_of_its_source(chapter, roles, root_user, translator, reviewer, editor):
    page = chapter.get_parent().add_child(instance=GovernedPage(title="New", slug="new", text="New intro"))
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    approve(page, reviewer)
    assert GovernedPage.objects.get(pk=page.pk).approved_schedule
    live_translation(chapter, root_user, "Texte")
    translation = draft_translation(page, root_user, translator)
    submit(translation, translator)
    approve(french(translation), reviewer)
    assert not french(translation).live
    run_scheduler(days=9)
    assert GovernedPage.objects.get(pk=page.pk).live
    assert french(translation).live


def draft_translation(page, user, translator):
    locale = Locale.objects.get(language_code="fr")
    translate_object(page, [locale], user=user)
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)
    for segment in segments(translation):
        row = translation.source.stringsegment_set.get(pk=segment.pk)
        save_text(by=translator, translation=translation, segment=row, text=f"Texte de {segment.source}")
    return translation


@pytest.fixture
def finished(translation, chapter, root_user, translator):
    """A chapter and two statements, all translated, none of them submitted."""
    publish_current(translation)
    translate_string(translation, "Nouveau texte", translator)
    statements = list(GovernedStatement.objects.child_of(chapter))[:2]
    return [translation, *(draft_translation(page, root_user, translator) for page in statements)]


def test_finished_translations_go_live_at_one_moment(finished, moderator, reviewer):
    row = french(finished[0])
    url = reverse("dfs_workflow_submit_bundle", args=[row.pk])
    client = as_user(moderator)
    assert "Statement" in client.get(url).content.decode()
    answer = client.post(url, {"title": "French chapter"}, follow=True).content.decode()
    assert "was submitted for review" in answer
    rows = GovernedStatement.objects.filter(locale__language_code="fr")
    assert french(finished[0]).text == "Ancien texte"
    assert not rows.filter(live=True).exists()
    bundle = Bundle.objects.get()
    assert bundle.items.count() == 3
    actions.decide_bundle(bundle=bundle, by=reviewer, approve=True)
    assert french(finished[0]).text == "Nouveau texte"
    assert {each.text for each in rows.filter(live=True)} == {"Texte de Old words"}
    assert {each.state for each in segments(finished[1])} == {"reviewed"}


def test_a_bundle_checks_the_translations_in_it(finished, moderator, translator):
    segment = finished[1].source.stringsegment_set.get(context__path="text")
    save_text(by=translator, translation=finished[1], segment=segment, text="Texte 13")
    url = reverse("dfs_workflow_submit_bundle", args=[french(finished[0]).pk])
    answer = as_user(moderator).post(url, {"title": "French chapter"}, follow=True).content.decode()
    assert "Number not in the source: 13" in answer
    assert not Bundle.objects.exists()


def test_no_review_begins_on_words_that_are_not_its_sentences(translation, translator):
    """A draft written past the translation editor, by an API for example."""
    row = publish_current(translation)
    row.refresh_from_db()
    row.text = "Texte 13"
    row.save_revision(user=translator)
    with pytest.raises(PublicationRefused, match="translation editor"):
        row.get_workflow().start(row, translator)
    assert french(translation).current_workflow_state is None


def test_the_checks_can_not_be_stopped(translation, translator, root_user):
    row = publish_current(translation)
    stop = reverse("wagtail_localize:stop_translation", args=[translation.pk])
    client = as_user(root_user)
    answer = client.post(stop, {"next": "/admin/"}, follow=True, headers={"referer": "http://testserver/admin/"})
    assert "stays connected with its source" in answer.content.decode()
    assert Translation.objects.get(pk=translation.pk).enabled
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    row.text = "Texte 13"
    row.save_revision(user=translator)
    with pytest.raises(PublicationRefused, match="translation editor"):
        row.get_workflow().start(row, translator)
