"""Files for translators' tools: our own go out and come back whole, those of other tools go in."""

from io import StringIO
from pathlib import Path

import polib
import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from lxml import etree
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringSegment, StringTranslation

from dfs_workflow.translation import actions, query
from dfs_workflow.translation.exporters import FORMATS
from dfs_workflow.translation.importers import run_import
from dfs_workflow.translation.models import FileImport, SegmentComment
from tests.dfs_translation.conftest import make_page, publish, translate, translation_of

FOREIGN = Path(__file__).parent / "foreign"


def export(tmp_path, name, *options):
    file = tmp_path / f"fr.{FORMATS[name][0]}"
    call_command("export_translations", "fr", str(file), "--format", name, *options, stdout=StringIO())
    return file


def take_in(file, *options):
    out = StringIO()
    call_command("import_translations", "fr", str(file), "--user", "translator", *options, stdout=out)
    return out.getvalue()


def texts():
    return dict(StringTranslation.objects.values_list("context__path", "data"))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_file_goes_out_and_comes_back_whole(tmp_path, translation, translator, name):
    translate(translation, "title", "Journaux & <b>traces</b>")
    translate(translation, "text", "Première ligne.\nDeuxième « ligne ».", kind="machine")
    before = texts()
    states = {segment.path: segment.state for segment in query.segments(translation)}
    file = export(tmp_path, name)
    assert "2 unchanged" in take_in(file)
    StringTranslation.objects.all().delete()
    assert "2 new" in take_in(file)
    assert texts() == before
    assert {segment.path: segment.state for segment in query.segments(translation)} == states


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_file_of_an_older_source_keeps_what_fits_and_lists_the_rest(tmp_path, page, translation, translator, name):
    translate(translation, "title", "Journaux")
    translate(translation, "text", "Ancien texte")
    file = export(tmp_path, name)
    StringTranslation.objects.all().delete()
    publish(page, text="Quite another text.")
    out = take_in(file)
    assert "1 new" in out
    assert "the source has changed since the file was made: The operator shall keep logs." in out
    assert texts() == {"title": "Journaux"}


def test_a_file_holds_one_chapter_or_one_page(tmp_path, page, translation, french):
    other = translation_of(make_page("Other"), french)
    file = export(tmp_path, "po", "--page", str(page.pk))
    assert {entry.msgctxt.split(":")[0] for entry in polib.pofile(str(file))} == {str(page.translation_key)}
    assert str(other.source.object_id) in export(tmp_path, "po").read_text()


def test_another_tools_work_is_a_draft_with_its_errors_named(tmp_path, translation, translator):
    file = tmp_path / "fr.po"
    po = polib.POFile()
    po.append(polib.POEntry(msgid="Logs", msgstr="13 journaux"))
    po.append(polib.POEntry(msgid="Nothing of ours", msgstr="Rien"))
    po.save(str(file))
    assert "1 new" in take_in(file, "--dry-run")
    assert texts() == {}
    out = take_in(file)
    assert "no such text in the source: Nothing of ours" in out
    assert "Number not in the source: 13" in out
    assert texts() == {"title": "13 journaux"}


@pytest.mark.parametrize("name", sorted(path.name for path in FOREIGN.glob("*.*")))
def test_files_made_by_translate_toolkit_go_in(translation, translator, name):
    assert "2 new" in take_in(FOREIGN / name)
    assert texts() == {
        "title": "Journaux",
        "text": "L’opérateur doit conserver les journaux.<br/>La banque peut demander.",
    }


def test_what_can_not_be_read_says_so_and_changes_nothing(tmp_path, translation, translator):
    for content in (b"<html/>", b"<xliff", b"\xff\xfe", b'<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;'):
        file = tmp_path / "broken"
        file.write_bytes(content)
        with pytest.raises(CommandError, match="Nothing was imported"):
            take_in(file)


@pytest.mark.parametrize("name", ["xliff12", "xliff21"])
def test_xliff_in_utf_16_goes_in(tmp_path, translation, translator, name):
    translate(translation, "title", "Journaux")
    file = export(tmp_path, name)
    StringTranslation.objects.all().delete()
    file.write_bytes(file.read_text().replace("UTF-8", "UTF-16").encode("utf-16"))
    assert "1 new" in take_in(file)
    assert texts() == {"title": "Journaux"}


@pytest.mark.parametrize("name", ["xliff12", "xliff21"])
def test_a_source_that_a_tool_put_where_its_translation_is_to_come_is_none(tmp_path, translation, translator, name):
    file = export(tmp_path, name)
    root = etree.fromstring(file.read_bytes())
    for source in root.iter("{*}source"):
        target = source.getnext()
        if target is None:
            target = etree.SubElement(source.getparent(), source.tag.replace("source", "target"))
        target.text = source.text
    file.write_bytes(etree.tostring(root))
    assert "0 new" in take_in(file)
    file.write_bytes(
        file.read_bytes().replace(b'"needs-translation"', b'"translated"').replace(b'"initial"', b'"final"')
    )
    assert "3 new" in take_in(file)


def test_what_a_person_doubts_is_not_a_machines(tmp_path, translation, translator):
    translate(translation, "title", "Journaux")
    translate(translation, "text", "Brouillon", kind="machine")
    file = export(tmp_path, "po")
    po = polib.pofile(str(file))
    for entry in po:
        entry.flags = ["fuzzy"] if entry.msgstr else []
        entry.msgstr = entry.msgstr and f"{entry.msgstr} ?"
    po.save()
    take_in(file)
    assert {segment.path: segment.state for segment in query.segments(translation) if segment.text} == {
        "title": "draft",
        "text": "machine",
    }


def test_the_same_by_the_admin(translation, root_user):
    client = Client()
    client.force_login(root_user)
    translate(translation, "title", "Journaux")
    url = reverse("dfs_translation_files", args=["fr"])
    out = client.get(url, {"format": "xliff21", "translation": translation.pk})
    assert b"Journaux" in out.content
    StringTranslation.objects.all().delete()
    upload = SimpleUploadedFile("fr.xlf", out.content)
    assert "1 new" in client.post(url, {"file": upload}, follow=True).content.decode()
    assert texts() == {"title": "Journaux"}
    refused = client.post(url, {"file": SimpleUploadedFile("fr.po", b"\xff")}, follow=True).content.decode()
    assert "Nothing was imported." in refused
    assert "not a PO file in UTF-8" in refused
    assert "Choose a file" in client.post(url, {}, follow=True).content.decode()


@pytest.fixture
def queue(monkeypatch, settings):
    """The worker has the file, however small it is."""
    monkeypatch.setattr("dfs_workflow.translation.views.files.AT_ONCE", 0)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_a_large_file_is_stored_by_the_worker_and_only_its_owner_sees_the_report(
    queue, translation, root_user, django_capture_on_commit_callbacks
):
    client = Client()
    client.force_login(root_user)
    UserProfile.objects.update_or_create(user=root_user, defaults={"preferred_language": "fr"})
    upload = SimpleUploadedFile("fr.po", b'msgid "Logs"\nmsgstr "13 journaux"\n')
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(reverse("dfs_translation_files", args=["fr"]), {"file": upload}).url
    assert "<progress" in client.get(page).content.decode()
    assert texts() == {}
    for _time in range(2):  # a task that is run again finds it done
        run_import(FileImport.objects.get().pk)
    assert texts() == {"title": "13 journaux"}
    report = client.get(page).content.decode()
    assert "1 nouveau" in report
    assert "13 journaux" in report
    assert bytes(FileImport.objects.get().file) == b""
    assert DBTaskResult.objects.filter(task_path__endswith=".import_file").count() == 1
    other = Client()
    other.force_login(get_user_model().objects.create_superuser("other", "other@example.org", "only-for-tests-1"))
    assert other.get(page).status_code == 404


def test_a_file_whose_owner_is_gone_changes_nothing(queue, translation, root_user):
    client = Client()
    client.force_login(root_user)
    upload = SimpleUploadedFile("fr.po", b'msgid "Logs"\nmsgstr "Journaux"\n')
    client.post(reverse("dfs_translation_files", args=["fr"]), {"file": upload})
    FileImport.objects.update(by=None)
    run_import(FileImport.objects.get().pk)
    assert texts() == {}


XLIFF_SPLIT = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="fr">
<file id="f"><unit id="u"><segment><source>The operator shall keep logs.</source>
<target>L’opérateur doit conserver les journaux.</target></segment>
<ignorable><source xml:space="preserve">&lt;br/&gt;</source></ignorable>
<segment><source>The bank may ask.</source>{}</segment></unit></file></xliff>"""


def test_a_text_that_a_tool_split_is_one_again_or_waits_for_its_other_half(tmp_path, translation, translator):
    file = tmp_path / "split.xlf"
    file.write_text(XLIFF_SPLIT.format(""))
    assert "0 new" in take_in(file)
    file.write_text(XLIFF_SPLIT.format("<target>La banque peut demander.</target>"))
    assert "1 new" in take_in(file)
    assert texts() == {"text": "L’opérateur doit conserver les journaux.<br/>La banque peut demander."}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_sign_that_no_xml_can_hold_spoils_no_file(tmp_path, translation, translator, name):
    translate(translation, "title", "Journaux\x0b et \x1btraces\ufffe")
    assert "Journaux" in export(tmp_path, name).read_text()


def test_a_file_that_names_one_of_the_server_opens_none(tmp_path, translation, translator):
    secret = tmp_path / "secret.po"
    secret.write_text('msgid "Only on the server"\nmsgstr "x"\n')
    file = tmp_path / "fr.po"
    file.write_text(str(secret))
    with pytest.raises(CommandError, match="not a PO file"):
        take_in(file)


@pytest.mark.parametrize(
    ("name", "here", "there"),
    [
        ("po", '"Language: fr', '"Language: ar'),
        ("xliff12", 'target-language="fr"', 'target-language="ar"'),
        ("xliff21", 'trgLang="fr"', 'trgLang="ar-EG"'),
    ],
)
def test_a_file_in_another_language_is_refused(tmp_path, translation, translator, name, here, there):
    translate(translation, "title", "Journaux")
    file = export(tmp_path, name)
    StringTranslation.objects.all().delete()
    whole = file.read_text()
    assert here in whole
    file.write_text(whole.replace(here, there))
    with pytest.raises(CommandError, match="in another language: it says ar"):
        take_in(file)
    file.write_text(whole.replace(here, here.replace("fr", "fr_FR" if name == "po" else "fr-FR")))
    assert "1 new" in take_in(file)


def test_a_text_that_stands_twice_is_taken_once_and_the_other_is_listed(tmp_path, translation, translator):
    file = tmp_path / "fr.po"
    entry = 'msgid "Logs"\nmsgstr "{}"\n\n'
    file.write_text(entry.format("Journaux") + entry.format("Traces") + entry.format("Journaux"))
    for counted in ("1 new", "1 unchanged"):
        out = take_in(file)
        assert counted in out
        assert "differently before: Traces" in out
        assert texts() == {"title": "Journaux"}


NOTED = {
    "po": ("#. Logs", "# Which logs?\n#. Logs"),
    "xliff12": ("</target>", '</target><note from="translator">Which logs?</note>'),
    "xliff21": ("</notes>", '<note category="translator">Which logs?</note></notes>'),
}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_notes_go_out_and_a_translators_own_come_in_once(tmp_path, translation, translator, name):
    translate(translation, "title", "Journaux")
    actions.comment(by=translator, translation=translation, segment=segment_of("title"), text="Of the operator only?")
    file = export(tmp_path, name)
    assert "Of the operator only?" in file.read_text()
    file.write_text(file.read_text().replace(*NOTED[name], 1))
    for _time in range(2):
        take_in(file)
        assert set(SegmentComment.objects.values_list("context__path", "text")) == {
            ("title", "Of the operator only?"),
            ("title", "Which logs?"),
        }
        assert SegmentComment.objects.count() == 2


def segment_of(path):
    return StringSegment.objects.get(context__path=path)
