"""Draft translations, applied through wagtail-localize's own strings."""

import shutil

import polib
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from dfs_pages.importers.content import FOLDER, load_content
from dfs_pages.models import ChapterPage, GlossaryTerm, HomePage, PlainPage, RecommendationPage
from dfs_pages.query import Reader, is_draft_translation
from dfs_workflow.models import Decision
from dfs_workflow.translation.models import SourceManifest

pytestmark = pytest.mark.slow  # each loads the content again

ENGLISH = {"locale__language_code": "en"}
FRENCH = {"locale__language_code": "fr"}
ARABIC = {"locale__language_code": "ar"}
SOURCE = "Carry out biometric verification before any SIM swap or SIM replacement."


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "content")


def edit_po(path, msgid, msgstr):
    po = polib.pofile(str(path))
    po.find(msgid).msgstr = msgstr
    po.save()


def shipped(code, name, msgid):
    return polib.pofile(str(FOLDER / "translations" / code / f"{name}.po")).find(msgid).msgstr


def recommendation(**where):
    return RecommendationPage.objects.get(reference="SIM-MNO-03", **where)


@pytest.mark.parametrize(("code", "where"), [("fr", FRENCH), ("ar", ARABIC)])
def test_a_chapter_and_the_plain_pages_are_live_in_the_language_and_complete(content, code, where):
    chapter = ChapterPage.objects.get(slug="sim-swap", **where)
    assert RecommendationPage.objects.descendant_of(chapter).filter(live=True).count() == 25
    assert HomePage.objects.get(**where).live
    assert PlainPage.objects.filter(live=True, **where).count() == PlainPage.objects.filter(**ENGLISH).count()
    page = recommendation(**where)
    assert page.statement == shipped(code, "sim-swap", SOURCE)
    assert (page.slug, page.related, page.audiences) == ("sim-mno-03", ["SAF-052", "SAF-053"], ["mno"])
    assert page.get_parent().specific.reference_prefix == "SIM-MNO"
    assert content.untranslated == {}


def test_a_page_is_marked_until_a_second_person_has_reviewed_it(content, admin_user):
    page = recommendation(**FRENCH)
    assert is_draft_translation(page, Reader("fr"))
    assert not is_draft_translation(recommendation(**ENGLISH), Reader("fr"))
    Decision.about(page, kind="review", by=admin_user, reason="", revision=page.live_revision).save()
    assert not is_draft_translation(page, Reader("fr"))


def test_links_of_a_paragraph_lead_where_those_of_the_source_lead(content):
    contribute = PlainPage.objects.get(slug="contribute", **ENGLISH)
    source = str(HomePage.objects.get(**ENGLISH).body.get_prep_value())
    for where in (FRENCH, ARABIC):
        body = str(HomePage.objects.get(**where).body.get_prep_value())
        assert body.count("linktype") == source.count("linktype") > 0
        assert f'id="{contribute.pk}"' in body


def test_editors_go_on_in_the_translation_editor(admin_client, content):
    page = recommendation(**FRENCH)
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)
    total, done = translation.get_progress()
    assert total == done > 2
    strings = StringTranslation.objects.filter(context__object_id=page.translation_key, locale=page.locale)
    assert set(strings.values_list("tool_name", flat=True)) == {"shipped draft"}
    response = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "wagtail_localize/js" in response.content.decode()
    assert SourceManifest.objects.get(revision=page.live_revision).source_hashes


def test_po_goes_out_and_comes_back_without_a_warning(content):
    page = recommendation(**ARABIC)
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)
    assert list(translation.import_po(translation.export_po())) == []


def test_a_better_draft_is_published_again_and_only_there(content, folder):
    edit_po(folder / "translations/fr/sim-swap.po", SOURCE, "Des mots meilleurs.")
    report = load_content(folder=folder, languages=["fr"])
    assert report.changed == [f"{recommendation(**FRENCH).title} (fr)"]
    assert recommendation(**FRENCH).statement == "Des mots meilleurs."
    assert recommendation(**ARABIC).statement == shipped("ar", "sim-swap", SOURCE)


def test_a_text_that_a_translator_changed_stays(content, folder, admin_user):
    row = StringTranslation.objects.get(translation_of__data=SOURCE, locale__language_code="fr")
    row.data, row.last_translated_by, row.tool_name = "Les mots du traducteur.", admin_user, ""
    row.save()
    edit_po(folder / "translations/fr/sim-swap.po", SOURCE, "Des mots meilleurs.")
    load_content(folder=folder, languages=["fr"])
    row.refresh_from_db()
    assert row.data == "Les mots du traducteur."


def test_a_translation_with_a_draft_of_an_editor_is_left_alone_and_named(content, folder, admin_user):
    page = recommendation(**FRENCH)
    page.statement = "Brouillon"
    page.save_revision(user=admin_user)
    edit_po(folder / "translations/fr/sim-swap.po", SOURCE, "Des mots meilleurs.")
    report = load_content(folder=folder, languages=["fr"])
    assert report.left_alone == [(f"{page.title} (fr)", "an editor changed it")]
    assert recommendation(**FRENCH).statement == shipped("fr", "sim-swap", SOURCE)


def test_what_lacks_a_text_is_a_draft_and_is_reported(db, folder):
    for other in ("pages", "glossary"):
        assert (folder / f"translations/fr/{other}.po").exists()
    edit_po(folder / "translations/fr/sim-swap.po", SOURCE, "")
    edit_po(folder / "translations/fr/glossary.po", "Mobile money", "")
    report = load_content(folder=folder, languages=["fr"])
    assert report.untranslated == {("fr", "Verify biometrics before a swap"): 1, ("fr", "Mobile money"): 1}
    page = recommendation(**FRENCH)
    assert (page.live, page.statement) == (False, SOURCE)
    assert not GlossaryTerm.objects.filter(key="mobile-money", **FRENCH).exists()
    assert GlossaryTerm.objects.filter(live=True, **FRENCH).count() > 70


def test_a_translation_that_loses_a_link_is_not_used_and_said(content, folder):
    path = folder / "translations/fr/pages.po"
    entry = next(entry for entry in polib.pofile(str(path)) if "(page:contribute)" in entry.msgid)
    edit_po(path, entry.msgid, entry.msgstr.replace("(page:contribute)", "(https://elsewhere.example/)"))
    report = load_content(folder=folder, languages=["fr"])
    assert any(note.startswith("not used, its links differ") for note in report.notes)
    assert "elsewhere" not in str(HomePage.objects.get(**FRENCH).body.get_prep_value())


def test_markup_in_a_translation_stays_text(content, folder):
    edit_po(folder / "translations/fr/sim-swap.po", SOURCE, "<script>alert(1)</script>")
    load_content(folder=folder, languages=["fr"])
    assert recommendation(**FRENCH).statement == "<script>alert(1)</script>"
    row = StringTranslation.objects.get(translation_of__data=SOURCE, locale__language_code="fr")
    assert row.data == "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.mark.parametrize("text", ["nonsense", "\x00\x01", 'msgid "a"\nmsgid "b"'])
def test_a_broken_po_file_is_one_clear_sentence(content, folder, text):
    (folder / "translations/fr/sim-swap.po").write_text(text)
    with pytest.raises(CommandError) as error:
        call_command("load_content", folder=folder, languages="fr")
    assert "fr/sim-swap.po" in str(error.value)
    assert "\n" not in str(error.value)
