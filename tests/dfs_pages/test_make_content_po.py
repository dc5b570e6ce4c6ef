"""The PO files that translators start from ask for every text that a load looks up, and for no other."""

import shutil
from io import StringIO

import polib
import pytest
from django.core.management import CommandError, call_command

from dfs_pages.importers.content import FOLDER, LoadedObjects
from dfs_pages.importers.source import read_content
from dfs_pages.importers.translations import read_texts
from dfs_workflow.importers.report import Report
from dfs_workflow.importers.translated_texts import texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "content")


def run(folder, *arguments):
    out = StringIO()
    call_command("make_content_po", *arguments, folder=folder, stdout=out)
    return out.getvalue()


def test_a_complete_file_stays_as_it_is(folder):
    path = folder / "translations/fr/pages.po"
    before = path.read_bytes()
    assert run(folder, "fr", "--file", "pages") == "pages.po: nothing is missing.\n"
    assert path.read_bytes() == before


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_french_and_spanish_files_are_complete(folder, language):
    assert "added" not in run(folder, language)
    files = [polib.pofile(str(path)) for path in (folder / "translations" / language).glob("*.po")]
    assert [entry.msgid for po in files for entry in po if not entry.msgstr or entry.fuzzy] == []


def test_a_missing_text_is_added_in_its_place_and_every_entry_kept(folder):
    path = folder / "translations/fr/sim-swap.po"
    complete = polib.pofile(str(path))
    partial = polib.pofile(str(path))
    removed = partial.pop(7)
    partial.save()
    assert run(folder, "fr", "--file", "sim-swap") == "sim-swap.po: added 1.\n"
    found = polib.pofile(str(path))
    assert [entry.msgid for entry in found] == [entry.msgid for entry in complete]
    assert [entry.msgid for entry in found if not entry.msgstr] == [removed.msgid]
    assert found.header == complete.header
    assert found.metadata == complete.metadata


def test_the_files_of_a_new_language_name_every_text_of_what_is_loaded(content, folder):
    shutil.rmtree(folder / "translations/ru")
    run(folder, "ru")
    loaded = LoadedObjects(read_content(FOLDER))
    for path in (folder / "translations/ru").glob("*.po"):
        po = polib.pofile(str(path))
        assert po.metadata["X-Provenance"] == "draft"
        for entry in po:
            entry.msgstr = entry.msgid
        po.save()
        report = Report()
        known = {text for text, _same in read_texts(path, path.name, loaded.page_id, report)}
        wanted = set().union(*map(texts_of, loaded.of(path.stem)))
        assert wanted - known == set()
        assert len(po) <= len(wanted)
        assert report.notes == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["xx"], "not one of the languages"), (["fr", "--file", "nothing"], "There is no content file")],
)
def test_a_wrong_name_is_explained(folder, arguments, message):
    with pytest.raises(CommandError, match=message):
        run(folder, *arguments)
