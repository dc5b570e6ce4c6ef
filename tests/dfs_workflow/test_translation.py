"""Translations under review: what readers see changes only by a second person's decision."""

from io import StringIO

import polib
import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation

from dfs_workflow.models import PublicationRefused
from dfs_workflow.translation.actions import give_reason
from dfs_workflow.translation.models import SourceManifest
from dfs_workflow.translation.query import segments
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.translating import french, publish_current, translate_string
from tests.testapp.models import GovernedPage


def test_a_translation_goes_live_by_a_second_person(translation, translator, reviewer):
    row = publish_current(translation)
    assert french(translation).text == "Ancien texte"
    translate_string(translation, "Nouveau texte", translator)
    client = as_user(translator)
    editor = client.get(f"/admin/pages/{row.pk}/edit/").content.decode()
    url = reverse("dfs_workflow_submit_translation", args=[translation.pk])
    assert f'href="{url}"' in editor
    assert "A second person reviews it" in client.get(url).content.decode()
    client.post(url)
    assert french(translation).text == "Ancien texte"
    state = french(translation).current_workflow_task_state
    with pytest.raises(PublicationRefused):
        state.task.specific.on_action(state, translator, "approve")
    state.task.specific.on_action(state, reviewer, "approve")
    assert french(translation).text == "Nouveau texte"
    assert french(translation).slug == "chapter"
    assert {segment.path: segment.state for segment in segments(translation)}["text"] == "reviewed"


def test_each_version_knows_which_source_it_was_made_from(translation):
    row = publish_current(translation)
    manifest = SourceManifest.objects.get(revision=row.live_revision)
    segment = StringSegment.objects.get(source=translation.source, context__path="text")
    entries = [entry[:3] for entry in manifest.source_hashes]
    assert ["text", segment.order, str(segment.string.data_hash)] in entries


def test_the_source_is_followed_when_it_goes_live(translation, chapter, editor, reviewer):
    publish_current(translation)
    page = GovernedPage.objects.get(pk=chapter.pk)
    page.text = "New intro"
    page.save_revision(user=editor)
    assert StringSegment.objects.get(source=translation.source, context__path="text").string.data == "Intro"
    page.get_workflow().start(page, editor)
    page.current_workflow_task.on_action(page.current_workflow_task_state, reviewer, "approve")
    assert StringSegment.objects.get(source=translation.source, context__path="text").string.data == "New intro"
    assert french(translation).text == "Ancien texte"


def test_its_text_fields_respect_locks(translation, translator):
    row = publish_current(translation)
    segment = StringSegment.objects.get(source=translation.source, context__path="text")
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    client = as_user(translator)
    body = {"data": "value=Libre", "content_type": "application/x-www-form-urlencoded"}
    assert client.put(url, **body).status_code == 200
    client.post(reverse("dfs_workflow_submit_translation", args=[translation.pk]))
    refused = client.put(url, **(body | {"data": "value=Pendant"}))
    assert refused.status_code == 403
    assert "under review" in refused.json()["detail"]
    assert StringTranslation.objects.get(context=segment.context, locale=row.locale).data == "Libre"


def test_its_publish_button_submits(translation, root_user):
    row = publish_current(translation)
    translate_string(translation, "Nouveau texte", root_user)
    response = as_user(root_user).post(f"/admin/pages/{row.pk}/edit/", {"action": "publish"}, follow=True)
    assert "was submitted for review" in response.content.decode()
    assert french(translation).text == "Ancien texte"
    again = as_user(root_user).post(f"/admin/pages/{row.pk}/edit/", {"action": "publish"}, follow=True)
    assert "under review" in again.content.decode()


def test_only_the_group_of_the_language_decides_once_it_has_members(translation, translator, reviewer, moderator):
    row = publish_current(translation)
    translate_string(translation, "Nouveau texte", translator)
    as_user(translator).post(reverse("dfs_workflow_submit_translation", args=[translation.pk]))
    Group.objects.create(name="Language fr").user_set.add(moderator)
    state = french(translation).current_workflow_task_state
    with pytest.raises(PublicationRefused, match="group of this language"):
        state.task.specific.on_action(state, reviewer, "approve")
    assert state.task.specific.get_actions(french(translation), reviewer) == []
    state.task.specific.on_action(state, moderator, "approve")
    assert french(translation).text == "Nouveau texte"
    assert row.pk == french(translation).pk


def test_errors_block_a_submission_and_warnings_want_a_reason(translation, translator):
    publish_current(translation)
    url = reverse("dfs_workflow_submit_translation", args=[translation.pk])
    translate_string(translation, "Texte 13", translator)
    assert "Number not in the source: 13" in as_user(translator).post(url, follow=True).content.decode()
    assert french(translation).current_workflow_state is None
    translate_string(translation, "Deux  espaces", translator)
    assert "needs a reason: Two spaces in a row." in as_user(translator).post(url, follow=True).content.decode()
    row = StringTranslation.objects.get(context__path="text", locale__language_code="fr", data="Deux  espaces")
    give_reason(by=translator, row=row, code="spaces", reason="As printed")
    assert "was submitted for review" in as_user(translator).post(url, follow=True).content.decode()


def test_a_file_changes_no_live_row_and_nothing_under_review(translation, translator, tmp_path):
    publish_current(translation)
    file = tmp_path / "fr.po"
    po = polib.POFile()
    po.append(polib.POEntry(msgid="Intro", msgstr="Par fichier"))
    po.save(str(file))
    call_command("import_translations", "fr", str(file), "--user", "translator", stdout=StringIO())
    assert french(translation).text == "Ancien texte"
    as_user(translator).post(reverse("dfs_workflow_submit_translation", args=[translation.pk]))
    po[0].msgstr = "Pendant"
    po.save(str(file))
    out = StringIO()
    call_command("import_translations", "fr", str(file), "--user", "translator", stdout=out)
    assert "locked or under review: Intro" in out.getvalue()
    assert StringTranslation.objects.get(context__path="text").data == "Par fichier"
    assert french(translation).text == "Ancien texte"
