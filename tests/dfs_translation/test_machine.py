"""Machine drafts: only when set up, only of what is public, only where nobody has written."""

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageViewRestriction
from wagtail_localize.models import StringTranslation

from dfs_workflow.translation import actions, query
from tests.dfs_translation.conftest import translate
from tests.dfs_translation.machines import CALLS, SET_UP


@pytest.fixture
def screen(translation, root_user):
    client = Client()
    client.force_login(root_user)
    url = reverse("dfs_translation_side_by_side", args=[translation.pk])
    return lambda: client.post(url, {"machine": "yes"}, follow=True).content.decode()


def test_it_is_off_unless_set_up(screen):
    assert "No machine translation is set up." in screen()


@override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=SET_UP)
def test_it_drafts_what_nobody_has_written_and_says_so_until_approved(screen, translation, root_user):
    translate(translation, "title", "Journaux")
    assert "The machine drafts what has no translation yet" in screen()
    states = {segment.path: segment.state for segment in query.segments(translation)}
    assert states == {"title": "draft", "text": "machine", "slug": "machine"}
    assert StringTranslation.objects.get(context__path="text").tool_name == "Own machine"
    actions.approve_segments(by=root_user, translation=translation)
    assert {segment.state for segment in query.segments(translation)} == {"reviewed"}


@override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=SET_UP)
def test_what_is_not_public_is_never_sent(screen, page):
    CALLS.clear()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert "What is not public is never sent to a machine." in screen()
    assert CALLS == []


@override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR={"CLASS": "tests.dfs_translation.machines.Slow"})
def test_what_happens_while_it_is_at_work_counts(translation, monkeypatch):
    monkeypatch.setattr("dfs_workflow.translation.actions.machine.BATCH", 2)
    CALLS.clear()
    before = len(connection.savepoint_ids)
    with pytest.raises(actions.NotAllowed):
        actions.translate_by_machine(translation=translation)
    assert tuple(CALLS) == (before, 2)  # nobody waits for the database; the second batch is never sent
    assert {segment.path: segment.state for segment in query.segments(translation)} == {
        "title": "machine",
        "slug": "draft",
        "text": "untranslated",
    }


@override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR={"CLASS": "tests.dfs_translation.machines.Silent"})
def test_a_machine_that_does_not_answer_is_told_to_the_translator(screen, translation):
    assert "The machine gave no answer" in screen()
    assert not StringTranslation.objects.exists()


@override_settings(
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR=SET_UP, TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
)
def test_a_failure_in_the_background_is_told_when_the_translator_looks_again(translation, root_user):
    client = Client()
    client.force_login(root_user)
    url = reverse("dfs_translation_side_by_side", args=[translation.pk])
    later = client.post(url, {"machine": "yes"}).url
    assert "The machine gave no answer" not in client.get(later).content.decode()
    DBTaskResult.objects.get().set_failed(ConnectionError("refused"))
    assert "The machine gave no answer" in client.get(later).content.decode()
    assert client.get(f"{url}?machine=nothing").status_code == 200
