"""The supplied model MOU in pages: loaded once, left alone where an editor was, and the same edition again."""

import json
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory, TestCase
from wagtail.models import Locale, Page, WorkflowPage
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from dfs_mou import actions
from dfs_mou.documents.answers import Answers
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.tree import build
from dfs_mou.exporters.edition_json import edition_json
from dfs_mou.importers.load_template import load
from dfs_mou.importers.template_files import introductions, read_template, template_files, translation_file
from dfs_mou.importers.template_pages import TemplatePages
from dfs_mou.importers.translated_pages import read_strings
from dfs_mou.importers.translation_po import po_of
from dfs_mou.models import ClausePage, ImmutableError, MouTemplatePage, QuestionGroupPage, TemplateEdition
from dfs_mou.rich_text import runs_of
from dfs_workflow.actions.decisions import publish_decided
from dfs_workflow.gate import system_publication
from dfs_workflow.middleware import ExplainRefusalMiddleware
from dfs_workflow.models import Decision, FourEyesTask, LegalSignOffTask
from dfs_workflow.models.digest import digest
from dfs_workflow.translation.actions import declare_meaning_unchanged
from dfs_workflow.translation.models import SourceChange
from tests.dfs_mou.site import make_homes

pytestmark = pytest.mark.slow


def load_quietly(**options):
    out = StringIO()
    call_command("load_mou_template", template=["mou-template"], stdout=out, **options)
    return out.getvalue()


def in_english(key):
    return ClausePage.objects.get(key=key, locale__language_code="en")


def in_french(key):
    return ClausePage.objects.get(key=key, locale__language_code="fr")


def change_as_editor(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    revision = page.save_revision()
    with system_publication(reason="reviewed in a test"):
        revision.publish()


class LoadedTemplateTests(TestCase):
    """Loaded once for all of these: it takes some seconds."""

    @classmethod
    def setUpTestData(cls):
        cls.home = make_homes()
        cls.said = load_quietly()

    def test_the_pages_compile_into_the_edition_of_the_files(self):
        assert "136 created, 0 changed, 0 unchanged, 0 left alone" in self.said
        wanted = read_template(template_files())
        template = MouTemplatePage.objects.get(locale__language_code="en")
        assert edition_json(template) == wanted
        edition = TemplateEdition.objects.get()
        assert edition.content == wanted
        assert edition.languages == ["en", "fr"]
        assert ClausePage.objects.filter(locale__language_code="en", live=True).count() == 61
        assert QuestionGroupPage.objects.filter(locale__language_code="fr", live=True).count() == 6
        assert Decision.objects.filter(kind=Decision.Kind.SYSTEM).count() == 136
        progress = [row.get_progress() for row in Translation.objects.all()]
        assert len(progress) == 68
        assert all(total == done for total, done in progress)

    def test_a_second_load_changes_nothing_and_a_dry_run_neither(self):
        before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id"))
        said = load_quietly()
        assert "0 created, 0 changed, 136 unchanged, 0 left alone" in said
        assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id")) == before
        assert TemplateEdition.objects.count() == 1
        change_as_editor(in_english("purpose"), title="Aims")
        said = load_quietly(dry_run=True)
        assert "Nothing was changed" in said
        assert TemplateEdition.objects.count() == 1

    def test_a_load_never_touches_what_an_editor_changed(self):
        change_as_editor(in_english("purpose"), title="Aims")
        draft = in_english("fraud")
        draft.title = "Fraud, drafted"
        draft.save_revision()
        said = load_quietly()
        assert "left alone: purpose (an editor changed it)" in said
        assert "left alone: fraud (an editor changed it)" in said
        assert in_english("purpose").title == "Aims"
        assert in_english("fraud").get_latest_revision_as_object().title == "Fraud, drafted"

    def test_a_load_brings_a_page_up_to_date_that_nobody_touched(self):
        data = read_template(template_files())
        data["clauses"][4]["title"]["en"] = "Purposes and objectives"
        pages = TemplatePages(data, "en", introductions(template_files())["en"])
        _template, report = load(home=self.home, pages=pages, translations={})
        assert report.changed == ["purpose"]
        assert in_english("purpose").title == "Purposes and objectives"

    def test_a_three_level_clause_goes_through_po_and_back(self):
        source = TranslationSource.objects.get_for_instance(in_english("regulator-roles"))
        translation = Translation.objects.get(source=source)
        file = translation.export_po()
        place = "clauses.9f18fb83-6489-5757-b804-55dafc9ba07b.clauses.2396eef0-3add-57fd-a5e7-767124ec70b1.body"
        deep = [entry for entry in file if entry.msgctxt == place]
        assert len(deep) == 1
        deep[0].msgstr = "au niveau technique, revu ;"
        assert not translation.import_po(file)
        assert "0 created, 1 changed, 135 unchanged" in load_quietly()
        blocks = {block.value["key"]: block for block in in_french("regulator-roles").clauses}
        parts = [item.value for block in blocks.values() for item in block.value["clauses"]]
        assert any(part["body"].source == "<p>au niveau technique, revu ;</p>" for part in parts)
        assert {part["key"] for part in parts} >= {"regulator-service-technical", "regulator-test-lte"}

    def test_chips_survive_the_translation_and_stand_where_the_language_wants_them(self):
        for key in ("sim-security", "parties", "cover"):
            english, french = in_english(key), in_french(key)
            pairs = [(english.body, french.body)]
            for one, other in zip(english.clauses, french.clauses, strict=True):
                pairs.append((one.value["body"].source, other.value["body"].source))
            for bodies in pairs:
                found = [sorted(run["var"] for row in runs_of(body) for run in row if "var" in run) for body in bodies]
                assert found[0] == found[1]

    def test_machine_values_are_never_sent_to_translators(self):
        texts = set(StringTranslation.objects.values_list("translation_of__data", flat=True))
        assert texts.isdisjoint({"multi_country", "regulator-spectrum", "binding", "country_name:locative", "MOU-010"})

    def test_a_change_compiles_a_new_edition_and_the_old_one_stays(self):
        with self.captureOnCommitCallbacks(execute=True):
            page = in_english("purpose")
            page.guidance = "Read this first."
            page.reason = "Two banks asked."
            change_as_editor(page)
        assert TemplateEdition.objects.count() == 2
        newest = TemplateEdition.objects.of("mou-dfs-security").first()
        clause = next(row for row in newest.content["clauses"] if row["key"] == "purpose")
        assert clause["guidance"]["en"] == "Read this first."
        assert clause["reason"] == {"en": "Two banks asked."}
        old = TemplateEdition.objects.order_by("pk").first()
        assert json.dumps(old.content).count("Read this first.") == 0

    def test_what_a_clause_says_of_its_change_is_what_readers_are_told(self):
        writer, reviewer = (get_user_model().objects.create_user(name) for name in ("writer", "reviewer"))
        for guidance, told in (("Read this first.", "Two banks asked."), ("Read it twice.", "")):
            page = in_english("purpose")
            page.guidance, page.reason = guidance, "Two banks asked."
            revision = page.save_revision(user=writer)
            publish_decided(revision=revision, sha256=digest(revision.content), by=reviewer, reason="Inside.")
            self.assertEqual(Decision.about_life_of(page).first().public_reason, told)

    def test_a_template_that_can_not_be_printed_compiles_no_edition(self):
        page = in_english("review")
        change_as_editor(page, body='<p>See <a linktype="mouref" id="nowhere">clause 99</a>.</p>')
        compiled = actions.compile_edition(template=MouTemplatePage.objects.get(locale__language_code="en"))
        assert "nowhere" in compiled.sentence() or "variables differ" in compiled.sentence()
        assert not compiled.is_new
        assert TemplateEdition.objects.count() == 1

    def test_an_english_clause_with_other_chips_is_not_printed_beside_the_old_french_text(self):
        page = ClausePage.objects.filter(locale__language_code="en").exclude(body="").first()
        text = str(page.body)
        for more, differs in (
            ('<a linktype="mouref" id="parties">clause 1</a>', "references to clauses differ"),
            ('<a linktype="mouvar" id="dispute_heads_days">30</a>', "variables differ"),
        ):
            change_as_editor(page, body=f"{text}<p>{more}</p>")
            compiled = actions.compile_edition(template=MouTemplatePage.objects.get(locale__language_code="en"))
            assert not compiled.is_new
            assert f"“{page.title}” ({page.key}): the {differs}" in compiled.sentence()

    def test_a_reworded_clause_says_in_french_that_its_translation_is_older(self):
        pages = ClausePage.objects.filter(locale__language_code="en", section="clause").exclude(body="")
        page = next(page for page in pages if "linktype" not in page.body and not page.clauses and ".</p>" in page.body)
        with self.captureOnCommitCallbacks(execute=True):
            change_as_editor(page, body=page.body.replace(".</p>", ", as agreed.</p>", 1))
        assert ", as agreed." in self.printed(page.key, "en")
        assert "[The source text" not in self.printed(page.key, "en")
        assert "[Le texte source de cet article a été modifié le " in self.printed(page.key, "fr")
        editor = get_user_model().objects.create_user("editor")
        with self.captureOnCommitCallbacks(execute=True):
            declare_meaning_unchanged(by=editor, changes=list(SourceChange.objects.all()))
        assert "[Le texte source" not in self.printed(page.key, "fr")

    def test_a_clause_with_a_new_slug_has_it_in_french_too(self):
        clause, before = in_english("regulator-roles"), in_french("regulator-roles")
        with self.captureOnCommitCallbacks(execute=True):
            change_as_editor(clause, slug="roles")
        after = in_french("regulator-roles")
        assert (after.slug, after.live_revision) == ("roles", before.live_revision)
        call_command("check_gate", stdout=StringIO())
        for language in ("fr", "es"):
            old = self.client.get(f"/{language}/mou/regulator-roles/", follow=True)
            assert (old.status_code, old.redirect_chain[0][1]) == (200, 301)

    def printed(self, key, language):
        """What a document made with the newest edition says in one clause."""
        edition = Edition.from_json(TemplateEdition.objects.of("mou-dfs-security").first().content)
        document = build(edition, Answers({}), language=language, date=date(2026, 11, 1), keep=[key])
        clause = next(clause for clause in document.clauses if clause.key == key)
        return "".join(span.text for block in clause.blocks for span in getattr(block, "spans", ()))

    def test_who_publishes_is_told_what_keeps_the_builder_from_using_it(self):
        request = RequestFactory().post("/")
        request._messages = CookieStorage(request)

        def publish(request):
            with self.captureOnCommitCallbacks(execute=True):
                body = '<p>See <a linktype="mouref" id="nowhere">clause 99</a>.</p>'
                change_as_editor(in_english("review"), body=body)
            return HttpResponse()

        with self.assertLogs("dfs_mou.receivers", "WARNING"):
            ExplainRefusalMiddleware(publish)(request)
        [told] = [str(message) for message in request._messages]
        assert told.startswith("The page is published, but the builder still uses the model MOU as it was: ")
        assert "“Review” (review)" in told

    def test_a_key_can_not_be_changed_or_used_twice(self):
        page = in_english("regulator-roles")
        page.key = "other"
        with pytest.raises(ValidationError, match="permanent"):
            page.clean()
        page = in_english("regulator-roles")
        page.clauses[0].value["key"] = "other"
        with pytest.raises(ValidationError, match="permanent"):
            page.clean()
        page = in_english("regulator-roles")
        page.clauses.append(("clause", {**page.clauses[0].value}))
        with pytest.raises(ValidationError, match="twice"):
            page.clean()


@pytest.mark.django_db
def test_without_a_french_home_the_load_says_what_is_left_out():
    Locale.objects.get_or_create(language_code="en")
    assert "No home page in “fr”: that translation was left out." in load_quietly()
    assert TemplateEdition.objects.get().languages == ["en"]


@pytest.mark.django_db
def test_a_text_without_translation_keeps_its_page_unpublished():
    home = make_homes()
    data = read_template(template_files())
    data["clauses"][4]["guidance"]["en"] = "Nobody has translated this."
    strings = read_strings("fr", translation_file("fr").read_text(encoding="utf-8"))
    pages = TemplatePages(data, "en", introductions(template_files())["en"])
    _template, report = load(home=home, pages=pages, translations={"fr": strings})
    assert report.untranslated == {("fr", "Purpose and objectives"): 1}
    assert not ClausePage.objects.filter(key="purpose", locale__language_code="fr", live=True).exists()


@pytest.mark.django_db
def test_the_shipped_po_file_is_that_of_the_template_file():
    paths = template_files()
    data, texts = read_template(paths), introductions(paths)
    made = po_of(TemplatePages(data, "en", texts["en"]), TemplatePages(data, "fr", texts["fr"]))
    shipped = translation_file("fr").read_text(encoding="utf-8")
    assert read_strings("made", str(made)) == read_strings("shipped", shipped)


def test_an_edition_is_never_changed_or_deleted(edition):
    for change in (
        edition.save,
        edition.delete,
        TemplateEdition.objects.all().delete,
        lambda: TemplateEdition.objects.update(version="9"),
        lambda: TemplateEdition.objects.bulk_update([edition], ["version"]),
    ):
        with pytest.raises(ImmutableError):
            change()


def test_a_loaded_template_asks_for_a_legal_sign_off_and_another_choice_of_its_operator_stays(db):
    make_homes()
    load_quietly()
    template = MouTemplatePage.objects.get(locale__language_code="en")
    clause = ClausePage.objects.child_of(template).first()
    workflow = clause.get_workflow()
    assert [type(task.specific) for task in workflow.tasks.order_by("workflow_tasks__sort_order")] == [
        FourEyesTask,
        LegalSignOffTask,
    ]
    assert all(task.specific.groups.exists() for task in workflow.tasks)
    WorkflowPage.objects.filter(page=template).delete()
    load_quietly()
    assert not WorkflowPage.objects.filter(page=template).exists()
