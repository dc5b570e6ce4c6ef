"""Every address of wagtail-localize, used by one person: nothing that readers see changes, nothing under review moves.

A new release that brings an address more fails the first test: say in `ROUTES` how it would be misused.
"""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import override_settings
from django.urls import get_resolver, reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import Locale, PageViewRestriction
from wagtail_localize.models import OverridableSegment, StringSegment, StringTranslation, Translation

from dfs_workflow import actions, permissions
from dfs_workflow.gate import system_publication
from dfs_workflow.models import PublicationRefused
from dfs_workflow.reports import findings
from tests.dfs_translation.machines import CALLS, SET_UP
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.test_attacks import routes
from tests.dfs_workflow.translating import french, publish_current, translate_string
from tests.dfs_workflow.world import SECRET, make_term, public

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


def address(name, *args):
    return reverse(f"wagtail_localize:{name}", args=args)


def text_segment(translation):
    return StringSegment.objects.get(source=translation.source, context__path="text")


def put_string(client, translation, verb="PUT"):
    url = address("edit_string_translation", translation.pk, text_segment(translation).pk)
    return client.generic(verb, url, f"value={SECRET}", FORM)


def put_override(client, translation, verb="PUT"):
    segment = OverridableSegment.objects.filter(source=translation.source).first()
    return client.generic(verb, address("edit_override", translation.pk, segment.pk if segment else 1), "value=x", FORM)


def upload(client, translation):
    po = translation.export_po()
    for entry in po:
        entry.msgstr = SECRET
    file = BytesIO(str(po).encode())
    file.name = "fr.po"
    return client.post(address("upload_pofile", translation.pk), {"file": file})


def submit_page(client, translation):
    page = translation.source.get_source_instance()
    data = {"locales": [translation.target_locale_id], "include_subtree": "on"}
    return client.post(address("submit_page_translation", page.pk), data)


def submit_term(client, translation):
    term = make_term(translation.source.locale)
    data = {"locales": [translation.target_locale_id]}
    return client.post(address("submit_snippet_translation", "testapp", "governedterm", term.pk), data)


def sync(client, translation):
    data = {"publish_translations": "on", "use_machine_translation": "on"}
    return client.post(address("update_translations", translation.source_id), data)


def to_alias(client, translation):
    return client.post(address("convert_to_alias", french(translation).pk))


def read(name, *args):
    return lambda client, translation: client.post(address(name, *args))


ROUTES = {
    "edit_string_translation": [put_string, lambda client, row: put_string(client, row, "DELETE")],
    "edit_override": [put_override, lambda client, row: put_override(client, row, "DELETE")],
    "upload_pofile": [upload],
    "machine_translate": [lambda client, row: client.post(address("machine_translate", row.pk))],
    "stop_translation": [lambda client, row: client.post(address("stop_translation", row.pk))],
    "update_translations": [sync],
    "submit_page_translation": [submit_page],
    "submit_snippet_translation": [submit_term],
    "convert_to_alias": [to_alias],
    # These only show something.
    "preview_translation": [lambda client, row: client.post(address("preview_translation", row.pk))],
    "download_pofile": [lambda client, row: client.post(address("download_pofile", row.pk))],
    "translations_report": [read("translations_report")],
    "translations_report_results": [read("translations_report_results")],
    "javascript_catalog": [read("javascript_catalog")],
    "snippets_api_listing": [read("snippets_api_listing", "testapp", "governedterm")],
    "snippets_api_detail": [read("snippets_api_detail", "testapp", "governedterm", 1)],
}


def test_every_address_of_it_is_tried():
    assert {name for _path, space, name in routes(get_resolver()) if space == "wagtail_localize"} == set(ROUTES)


def words():
    return set(StringTranslation.objects.values_list("translation_of_id", "locale_id", "context_id", "data"))


def attempt(user, route, translation):
    """What it did is looked at and taken back; a refusal that reaches no screen is one too."""
    before, sentences, version = public(), words(), french(translation).latest_revision_id
    with transaction.atomic():
        try:
            with transaction.atomic():
                route(as_user(user), translation)
        except PublicationRefused:
            pass
        after = {key: value for key, value in public().items() if key in before}
        found = {
            "public": after != before or SECRET in str(public()),
            "words": not sentences <= words() or words() - sentences,
            "version": french(translation).latest_revision_id != version,
            "stopped": not Translation.objects.get(pk=translation.pk).enabled,
            "audit": list(findings()),
        }
        transaction.set_rollback(True)
    return {name for name, value in found.items() if value}


@pytest.mark.parametrize("role", ["translator", "editor", "root_user"])
@override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=SET_UP)
def test_one_person_changes_only_drafts(role, translation, translator, request):
    user = request.getfixturevalue(role)
    publish_current(translation)
    changed = {name: set().union(*(attempt(user, each, translation) for each in ROUTES[name])) for name in ROUTES}
    drafting = {"edit_string_translation", "upload_pofile", "machine_translate", "update_translations", "edit_override"}
    assert {name: what for name, what in changed.items() if what - {"words"}} == {}
    assert {name for name, what in changed.items() if what} <= drafting
    # And while it is under review not even those; its reviewers may, but what they decide about stays as it is.
    translate_string(translation, "Nouveau texte", translator)
    actions.save_translation_as_draft(translation=translation, by=translator)
    during = {name: set().union(*(attempt(user, each, translation) for each in ROUTES[name])) for name in ROUTES}
    allowed = {"words"} if permissions.can_decide(user, french(translation)) else set()
    assert {name: what for name, what in during.items() if what - allowed} == {}


@override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=SET_UP)
def test_no_way_leads_to_the_machine_for_what_is_not_public(translation, root_user):
    publish_current(translation)
    StringTranslation.objects.all().delete()
    with system_publication(reason="Set up for a test"):
        page = translation.source.get_source_instance()
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    CALLS.clear()
    client = as_user(root_user)
    client.post(address("machine_translate", translation.pk))
    client.post(address("update_translations", translation.source_id), {"use_machine_translation": "on"})
    client.post(reverse("dfs_translation_side_by_side", args=[translation.pk]), {"machine": "yes"})
    assert CALLS == []
    with system_publication(reason="Set up for a test"):
        PageViewRestriction.objects.all().delete()
    client.post(address("update_translations", translation.source_id), {"use_machine_translation": "on"})
    assert CALLS


@override_settings(
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR=SET_UP, TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
)
def test_the_machine_is_asked_in_the_background_whatever_button_is_pressed(translation, translator, root_user):
    CALLS.clear()
    url = reverse("dfs_translation_side_by_side", args=[translation.pk])
    assert as_user(translator).post(address("machine_translate", translation.pk)).url.startswith(f"{url}?machine=")
    as_user(root_user).post(address("update_translations", translation.source_id), {"use_machine_translation": "on"})
    assert CALLS == []
    assert [row.args_kwargs["args"] for row in DBTaskResult.objects.all()] == [[translation.pk], [translation.pk]]


def test_a_language_that_is_only_offered_has_nothing_to_show(translation, translator):
    spanish = Locale.objects.get_or_create(language_code="es")[0]
    offered = Translation.objects.create(source=translation.source, target_locale=spanish)
    client = as_user(translator)
    for name in ("preview_translation", "download_pofile"):
        assert client.get(address(name, offered.pk)).status_code == 404
        assert client.get(address(name, translation.pk)).status_code == 200
    answer = client.get(address("update_translations", translation.source_id), follow=True)
    assert "Translations follow their source by themselves" in answer.content.decode()


def test_the_report_of_translations_has_an_order(translation, root_user, recwarn):
    for name in ("translations_report", "translations_report_results"):
        assert as_user(root_user).get(address(name)).status_code == 200
    assert not [found for found in recwarn if "unordered" in str(found.message)]


HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (None, "Choose a file."),
        (b"", "was not made here"),
        (b"\xff\xfe", "not a PO file in UTF-8"),
        (b"/etc/passwd", "not a PO file in UTF-8"),
        (HEAD.encode(), "was not made here"),
    ],
)
def test_a_file_made_by_hand_is_answered_with_a_sentence(translation, translator, upload, says):
    edit = reverse("wagtailadmin_pages:edit", args=[french(translation).pk])
    data = {} if upload is None else {"file": SimpleUploadedFile("fr.po", upload)}
    url = address("upload_pofile", translation.pk)
    response = as_user(translator).post(url, data, headers={"Referer": f"http://testserver{edit}"}, follow=True)
    assert response.redirect_chain[0][0].endswith(edit)
    assert says in response.content.decode()


def test_words_of_a_machine_stay_its_words_until_somebody_changes_them(translation, translator):
    url = address("edit_string_translation", translation.pk, text_segment(translation).pk)
    StringTranslation.objects.update(data="Mots", translation_type="machine", tool_name="Own", last_translated_by=None)
    kept = []
    for words in ("Mots", "Mots !"):
        assert as_user(translator).generic("PUT", url, f"value={words}", FORM).status_code == 200
        row = StringTranslation.objects.get(context=text_segment(translation).context)
        kept.append((row.translation_type, row.tool_name, row.last_translated_by))
    assert kept == [("machine", "Own", None), ("manual", "", translator)]


def test_the_address_of_a_sentence_answers_in_json_whatever_is_sent(translation, translator):
    client, url = as_user(translator), address("edit_string_translation", translation.pk, text_segment(translation).pk)
    asked_as_page = {"Accept": "text/html"}
    assert client.generic("PUT", url, "value=Mots", FORM, headers=asked_as_page).json()["data"] == "Mots"
    answer = client.generic("PUT", url, "", FORM, headers=asked_as_page)
    assert (answer.status_code, answer.json()["detail"]) == (400, "“value” is missing.")
