"""A date of publication is taken back by one person; what took a source from its readers takes its translations."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from dfs_pages.models import GlossaryTerm
from dfs_workflow import actions
from dfs_workflow.gate import system_publication
from dfs_workflow.models import Bundle, Decision, PublicationRefused
from dfs_workflow.reports import findings
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.test_live_changes import glossary_term
from tests.dfs_workflow.translating import french, live_translation, publish_current, translate_string
from tests.testapp.models import GovernedStatement

SOON = timedelta(days=3)


def approve(row, user):
    row.current_workflow_task.on_action(row.current_workflow_task_state, user, "approve")


def review(row, editor, reviewer, **values):
    """Changed, submitted and approved; scheduled, where a date is among the changes."""
    row = type(row).objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.save_revision(user=editor)
    row.get_workflow().start(row, editor)
    approve(row, reviewer)
    return type(row).objects.get(pk=row.pk)


def run_scheduler(days):
    later = timezone.now() + timedelta(days=days)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: later)
        call_command("scheduler", "--once", stdout=StringIO(), stderr=StringIO())


def address(page):
    return reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, page.scheduled_revision.pk])


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_who_may_change_a_page_takes_back_its_date(role, statement, editor, reviewer, request):
    page = review(statement, editor, reviewer, text="New words", go_live_at=timezone.now() + SOON)
    user, url, decided = request.getfixturevalue(role), address(page), page.scheduled_revision
    client = as_user(user)
    assert url in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "unscheduled" in client.post(url, follow=True).content.decode()
    run_scheduler(days=9)
    assert GovernedStatement.objects.get(pk=page.pk).text == "Old words"
    decision = Decision.objects.filter(kind="unschedule").get()
    assert (decision.by, decision.object_id) == (user, str(page.pk))
    assert PageLogEntry.objects.get(action="wagtail.schedule.cancel").user == user
    # Its approval ended with it, also for somebody who may publish anything.
    with pytest.raises(PublicationRefused, match="something else was decided"), transaction.atomic():
        decided.publish()
    page.refresh_from_db()
    page.get_workflow().start(page, editor)
    approve(page, reviewer)
    assert GovernedStatement.objects.get(pk=page.pk).approved_schedule
    assert not list(findings())


def test_nobody_else_does(statement, editor, reviewer, awa_client):
    page = review(statement, editor, reviewer, go_live_at=timezone.now() + SOON)
    for client in (awa_client, Client()):
        client.post(address(page))
    assert GovernedStatement.objects.get(pk=page.pk).approved_schedule
    assert not Decision.objects.filter(kind="unschedule").exists()


def test_a_translator_takes_back_the_date_of_a_translation(translation, translator, reviewer):
    publish_current(translation)
    translate_string(translation, "Nouveau texte", translator)
    actions.save_translation_as_draft(translation=translation, by=translator, go_live_at=timezone.now() + SOON)
    approve(french(translation), reviewer)
    url = address(french(translation))
    client = as_user(translator)
    assert f'href="{url}"' in client.get(f"/admin/pages/{french(translation).pk}/edit/").content.decode()
    client.post(url)
    assert french(translation).get_lock() is None
    run_scheduler(days=9)
    assert french(translation).text == "Ancien texte"
    assert Decision.objects.get(kind="unschedule").by == translator


def test_the_date_of_a_term_too(english, roles, editor, reviewer):
    term = review(glossary_term(english), editor, reviewer, definition="New", go_live_at=timezone.now() + SOON)
    url_name, args = term.snippet_viewset.get_url_name, [term.pk, term.scheduled_revision.pk]
    url = reverse(url_name("revisions_unschedule"), args=args)
    client = as_user(editor)
    assert f'href="{url}"' in client.get(reverse(url_name("edit"), args=[term.pk])).content.decode()
    client.post(url)
    assert not GlossaryTerm.objects.get(pk=term.pk).approved_schedule
    assert Decision.objects.get(kind="unschedule").by == editor


def test_a_source_that_expires_takes_its_translations(statement, translator, root_user, editor, reviewer):
    live_translation(statement, root_user, "Texte")
    review(statement, editor, reviewer, expire_at=timezone.now() + SOON)
    in_french = Client().get(f"/fr/r/{statement.reference}/")
    assert in_french.status_code == 200
    run_scheduler(days=9)
    rows = GovernedStatement.objects.filter(translation_key=statement.translation_key)
    assert [row.live for row in rows] == [False, False]
    assert "énoncé retiré" in Client().get(f"/fr/r/{statement.reference}/").content.decode()
    decision = Decision.objects.get(kind="withdraw")
    assert (decision.object_id, decision.by) == (str(rows.get(locale__language_code="fr").pk), None)
    assert "is not live any more" in decision.reason
    assert not list(findings())


def test_a_translation_that_waits_for_its_date_waits_in_vain(translation, chapter, translator, editor, reviewer):
    """Neither its date nor an approval brings it out once its source is gone."""
    actions.save_translation_as_draft(translation=translation, by=translator, go_live_at=timezone.now() + SOON)
    approve(french(translation), reviewer)
    review(chapter, editor, reviewer, expire_at=timezone.now() + timedelta(days=1))
    run_scheduler(days=2)
    assert not french(translation).approved_schedule
    run_scheduler(days=9)
    assert not french(translation).live
    actions.save_translation_as_draft(translation=translation, by=translator)
    with pytest.raises(PublicationRefused, match="is not live"), transaction.atomic():
        approve(french(translation), reviewer)
    assert not french(translation).live


def test_what_was_translated_meanwhile_goes_too(translation, chapter, moderator, second_moderator):
    """The translation was still a draft when the withdrawal was asked for."""
    with system_publication(reason="Set up for a test"):
        french(translation).unpublish()
    actions.ask_change(kind="withdraw", instance=chapter, by=moderator, reason="It is out of date.")
    publish_current(translation)
    assert french(translation).live
    actions.decide_bundle(bundle=Bundle.objects.get(), by=second_moderator, approve=True)
    assert not french(translation).live
    decision = Decision.objects.filter(kind="withdraw", object_id=str(french(translation).pk)).latest("pk")
    assert (decision.by, decision.reason.startswith("It is out of date.")) == (second_moderator, True)


def test_the_way_to_stop_translating_is_not_offered(translation, root_user):
    row = publish_current(translation)
    page = as_user(root_user).get(f"/admin/pages/{row.pk}/edit/").content.decode()
    stop = reverse("wagtail_localize:stop_translation", args=[translation.pk])
    assert "stopTranslationUrl" in page and stop not in page
