"""The shipped content, loaded by the command."""

import shutil
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision, Site

from dfs_pages.importers.content import FOLDER, load_content
from dfs_pages.models import (
    CataloguePage,
    ChapterPage,
    ControlPage,
    GlossaryTerm,
    HomePage,
    PlainPage,
    RecommendationPage,
    ThreatPage,
)
from dfs_workflow.models import Decision, PermanentReference
from dfs_workflow.models.digest import digest

ENGLISH = {"locale__language_code": "en"}


def run(*arguments, **options):
    out = StringIO()
    call_command("load_content", *arguments, stdout=out, **options)
    return out.getvalue()


def state():
    """Rows of every table, and the hash of all that is live."""
    counts = {model._meta.label: model._base_manager.count() for model in apps.get_models()}
    live = Page.objects.filter(live=True).order_by("pk").values_list("live_revision", flat=True)
    return counts, digest([Revision.objects.get(pk=pk).content for pk in live if pk])


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "content")


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_everything_that_was_supplied_is_there(content):
    controls = ControlPage.objects.filter(**ENGLISH)
    framework = controls.filter(reference__startswith="SAF-")
    threats = ThreatPage.objects.filter(**ENGLISH, reference__startswith="SAF-T")
    risks = [block for threat in threats for block in threat.risks]
    assert framework.filter(reserved=False).count() == 118
    assert list(framework.filter(reserved=True).values_list("itu_number", "statement")) == [("C105", "")]
    assert threats.count() == 17
    assert len(risks) == 50
    assert sum(len(risk.value["vulnerabilities"]) for risk in risks) == 75
    assert RecommendationPage.objects.filter(**ENGLISH).count() == 91
    assert ChapterPage.objects.filter(**ENGLISH, depth=4).count() == 3
    competences = controls.filter(reference__startswith="CCF-")
    assert competences.count() == 15
    assert sum(len(competence.outcomes) for competence in competences) == 111
    assert CataloguePage.objects.get(**ENGLISH, slug="consumer-competence").official_outcomes == 223
    assert CataloguePage.objects.get(**ENGLISH, slug="assurance-framework").terms.filter(kind="dimension").count() == 8
    assert GlossaryTerm.objects.filter(**ENGLISH, live=True).count() >= 80


def test_every_statement_links_its_source_and_has_a_permanent_reference(content):
    for model in (RecommendationPage, ControlPage, ThreatPage):
        for page in model.objects.filter(live=True):
            assert page.source_url.startswith(("https://", "http://handle.itu.int/")), page
            assert PermanentReference.objects.get(reference=page.reference).translation_key == page.translation_key


def test_a_control_belongs_to_a_risk_of_its_threat(content):
    for control in ControlPage.objects.filter(**ENGLISH, reference__startswith="SAF-"):
        risks = {block.id for block in control.get_parent().specific.risks}
        assert control.risk in risks


def test_cited_controls_become_links_between_statements(content):
    assert RecommendationPage.objects.get(**ENGLISH, reference="SIM-MNO-03").related == ["SAF-052", "SAF-053"]
    known = set(ControlPage.objects.values_list("reference", flat=True))
    assert all(set(page.related) <= known for page in RecommendationPage.objects.all())


def test_links_between_plain_pages_lead_to_pages(content):
    for page in PlainPage.objects.filter(**ENGLISH):
        assert "page:" not in page.body.stream_block.get_prep_value(page.body).__repr__()
    contribute = PlainPage.objects.get(**ENGLISH, slug="contribute")
    home = HomePage.objects.get(**ENGLISH)
    assert f'<a id="{contribute.pk}" linktype="page">' in str(home.body.get_prep_value())


def test_the_load_is_recorded_as_published_by_the_system(content):
    page = RecommendationPage.objects.get(**ENGLISH, reference="SS7-REG-01")
    decision = Decision.objects.get(revision=page.live_revision)
    assert (decision.kind, decision.reason) == ("system", "Load of the shipped content")
    assert decision.sha256 == digest(page.live_revision.content)


def test_the_home_page_takes_the_place_of_wagtails_welcome(content):
    home = HomePage.objects.get(**ENGLISH)
    assert Site.objects.get().root_page_id == home.pk
    assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail").exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_second_run_changes_nothing(content, content_folder):
    before = state()
    assert run(folder=content_folder, languages="fr,ar").startswith("0 created, 0 changed")
    assert state() == before


@pytest.mark.slow
def test_a_dry_run_reports_and_changes_nothing(db):
    before = state()
    out = run("--dry-run", "--languages", "fr")
    assert "Dry run" in out
    assert int(out.split("\n")[1].split()[0]) > 400
    assert state() == before


def test_only_what_differs_is_changed(content, folder):
    replace(folder / "ss7.yaml", "Put an inter-regulator MOU on SS7 in place", "Put an MOU on SS7 in place")
    report = load_content(folder=folder)
    assert report.changed == ["Put an MOU on SS7 in place"]
    page = RecommendationPage.objects.get(**ENGLISH, reference="SS7-REG-01")
    assert (page.title, page.live) == ("Put an MOU on SS7 in place", True)


def test_what_an_editor_changed_is_left_alone_and_named(content, folder, admin_user):
    page = RecommendationPage.objects.get(**ENGLISH, reference="SS7-REG-01")
    page.title = "The words of an editor"
    page.save_revision(user=admin_user)
    replace(folder / "ss7.yaml", "Put an inter-regulator MOU on SS7 in place", "Put an MOU on SS7 in place")
    report = load_content(folder=folder)
    page.refresh_from_db()
    assert report.left_alone == [("Put an inter-regulator MOU on SS7 in place", "an editor changed it")]
    assert page.get_latest_revision_as_object().title == "The words of an editor"
    assert page.title == "Put an inter-regulator MOU on SS7 in place"


def test_a_changed_glossary_term_is_published_again(content, folder):
    replace(folder / "glossary.yaml", "term: Mobile money\n", "term: Mobile wallet money\n")
    assert load_content(folder=folder).changed == ["Mobile wallet money"]
    term = GlossaryTerm.objects.get(**ENGLISH, key="mobile-money")
    assert (term.term, term.live, term.has_unpublished_changes) == ("Mobile wallet money", True, False)


BROKEN = [
    ("ss7.yaml", "slug: ss7", "slug: [ss7", "ss7.yaml: line"),
    ("ss7.yaml", "reference: SS7-REG-02", "reference: SS7-REG-01", "the reference “SS7-REG-01” is there twice"),
    ("ss7.yaml", "reference: SS7-REG-02", "reference: SIM-REG-01", "the reference “SIM-REG-01” is used in two files"),
    ("ss7.yaml", "slug: ss7", "slug: ss7\nsecret: yes", "ss7.yaml: secret: extra inputs are not permitted"),
    ("ss7.yaml", "slug: ss7", "slug: '../../etc'", "ss7.yaml: slug: string should match pattern"),
    ("ss7.yaml", "slug: ss7", "slug: !!python/object/apply:os.system [id]", "ss7.yaml: line"),
    ("ss7.yaml", "slug: ss7", 'slug: ss7\ntitle: "a\\0b"', "a text holds a character that no text has"),
    ("ss7.yaml", "slug: ss7", 'slug: ss7\n"ti\\x07tle": a', "a text holds a character that no text has"),
    ("glossary.yaml", "key: mobile-money", "key: e-money", "the key “e-money” is there twice"),
    ("pages.yaml", "- heading: Read and cite", "- heading: Read and cite\n      list: [x]", "pages.yaml: home.body[1]"),
    ("sim-swap.yaml", "url: https://itu.gitbook.io", "url: javascript:alert(1)//", "sim-swap.yaml: sources[1].url"),
]


@pytest.mark.parametrize(("name", "old", "new", "sentence"), BROKEN)
def test_a_broken_file_is_one_clear_sentence_and_nothing_is_loaded(db, folder, name, old, new, sentence):
    replace(folder / name, old, new)
    before = state()
    with pytest.raises(CommandError) as error:
        run(folder=folder)
    assert str(error.value).startswith("Nothing was loaded. ")
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)
    assert state() == before


def test_a_missing_and_an_oversized_file_are_said(db, folder):
    (folder / "ss7.yaml").write_text("x: " + "y" * 2_100_000)
    with pytest.raises(CommandError, match="ss7.yaml: the file is larger than 2 MB"):
        run(folder=folder)
    (folder / "ss7.yaml").unlink()
    with pytest.raises(CommandError, match="ss7.yaml: the file is missing"):
        run(folder=folder)


def test_markup_in_a_content_file_stays_text(content, folder):
    replace(folder / "pages.yaml", "Each [recommendation]", "<script>alert(1)</script> {{7*7}} [recommendation]")
    load_content(folder=folder)
    body = str(HomePage.objects.get(**ENGLISH).body.get_prep_value())
    assert "<script>" not in body
    assert "&lt;script&gt;" in body


@pytest.mark.parametrize("language", ["de", "pt", "../fr"])
def test_a_language_without_translations_is_said(db, language):
    before = state()
    with pytest.raises(CommandError, match="Nothing was loaded"):
        run(languages=language)
    assert state() == before


@pytest.mark.slow
def test_a_foreign_root_page_is_kept(db):
    welcome = Page.objects.get(depth=2)
    welcome.title = "A ministry"
    welcome.save()
    out = run("--languages", "fr")
    assert Site.objects.get().root_page_id == welcome.pk
    assert HomePage.objects.get(**ENGLISH).slug == "dfs-security"
    assert "no site shows" in out


def test_every_control_of_the_framework_has_a_title_of_its_own(content):
    controls = ControlPage.objects.filter(reference__startswith="SAF-", reserved=False)
    assert not [row for row in controls if row.title.endswith("…") or len(row.title) > 90]
    languages = controls.filter(locale__language_code="fr").values_list("title", flat=True)
    assert len(set(languages)) == 118
