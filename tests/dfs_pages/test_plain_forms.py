"""Markdown twins, /llms.txt, feeds and the export as a GitBook folder: the same public words, and nothing else."""

import re
import xml.etree.ElementTree as ET
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction
from wagtail.rich_text import RichText

from dfs_pages.exporters.gitbook import Export, RelativeNames, copy_assets, lay_out
from dfs_pages.models import ChapterPage, ControlPage, LibraryEntryPage, RecommendationPage, ThreatPage
from dfs_workflow.gate import system_publication
from dfs_workflow.models import Decision, PermanentReference
from dfs_workflow.models.gated import governed_models
from dfs_workflow.query import public
from tests.dfs_pages.gitbook import png, run, write_book

pytestmark = pytest.mark.usefixtures("content")
ATOM = "{http://www.w3.org/2005/Atom}"


def get(path, **headers):
    return Client().get(path, headers=headers)


def test_every_kind_of_page_has_a_twin_with_its_words():
    for model in governed_models():
        page = (
            public(model.objects.all()).filter(locale__language_code="en").first() if issubclass(model, Page) else None
        )
        if page is None or model._meta.app_label != "dfs_pages":
            continue
        html = Client().get(page.get_url() or "/", follow=True)
        twin = re.search(r'<link rel="alternate" type="text/markdown" href="([^"]+)"', html.content.decode())[1]
        response = get(twin)
        assert (response.status_code, response["Content-Type"]) == (200, "text/markdown; charset=utf-8"), twin
        assert page.title.split("…")[0].strip()[:40] in response.content.decode().replace("\\", ""), twin


def test_the_header_asks_for_it_too_and_caches_keep_the_two_apart():
    address = "/en/recommendations/sim-swap/"
    html = get(address, accept="text/html,*/*;q=0.8")
    markdown = get(address, accept="text/markdown")
    assert html["Content-Type"].startswith("text/html") and markdown["Content-Type"].startswith("text/markdown")
    assert all("Accept" in re.split(r",\s*", response["Vary"]) for response in (html, markdown))
    assert (
        get(address, accept="text/markdown").content
        == markdown.content
        == get("/en/recommendations/sim-swap.md").content
    )
    assert get(address, accept="text/html, text/markdown;q=0.5")["Content-Type"].startswith("text/html")


def test_a_twin_has_every_statement_and_says_where_it_is_not_translated():
    twin = get("/en/recommendations/sim-swap.md").content.decode()
    for page in RecommendationPage.objects.filter(locale__language_code="en", reference__startswith="SIM-"):
        assert page.reference in twin
    reference = get("/en/r/SIM-MNO-03.md").content.decode()
    assert reference.startswith("# SIM-MNO-03 ") and "<http://testserver/en/r/SIM-MNO-03/>" in reference
    assert "not yet translated" not in reference
    assert get("/en/glossary.md").content.decode().startswith("# ")
    asked = Client().get("/en/glossary/", headers={"Accept": "text/markdown"})
    assert asked.content == get("/en/glossary.md").content and "Accept" in asked["Vary"]
    for path in ("/en/search.md", "/en/nothing.md", "/en/r/NO-SUCH-01.md"):
        assert get(path).status_code in (404, 410), path


def test_llms_txt_lists_twins_that_exist():
    text = get("/en/llms.txt").content.decode()
    twins = re.findall(r"\]\(http://testserver(/[^)]+\.md)\)", text)
    assert len(twins) > 20 and text.startswith("# ")
    assert all(get(twin).status_code == 200 for twin in twins[:: len(twins) // 8])
    french = get("/fr/llms.txt").content.decode()
    assert "/fr/recommendations/sim-swap.md" in french


def test_nothing_that_is_not_public_appears():
    chapter = ChapterPage.objects.get(slug="ss7", locale__language_code="en")
    with system_publication(reason="Test"):
        PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.LOGIN)
    draft = ChapterPage(title="Secret draft", slug="secret-draft")
    chapter.get_parent().add_child(instance=draft)
    assert get("/en/recommendations/ss7.md").status_code in (302, 403, 404)
    assert get("/en/recommendations/secret-draft.md").status_code == 404
    for path in ("/en/llms.txt", "/en/feed.atom", "/en/recommendations.md", "/en/recommendations/feed.atom"):
        text = get(path).content.decode()
        assert "ss7" not in text.lower() and "Secret draft" not in text, path
    assert get("/en/recommendations/ss7/feed.atom").status_code == 404


def test_the_feed_says_what_was_published_or_withdrawn_and_why():
    page = ControlPage.objects.get(reference="SAF-052", locale__language_code="en")
    with system_publication(reason="It was superseded by SAF-053"):
        page.unpublish()
    feed = ET.fromstring(get("/en/feed.atom").content)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    first = feed.find(f"{ATOM}entry")
    assert first.find(f"{ATOM}title").text.startswith("Withdrawn: SAF-052")
    assert first.find(f"{ATOM}summary").text == "It was superseded by SAF-053"
    assert len(feed.findall(f"{ATOM}entry")) == 50
    below = ET.fromstring(get("/en/recommendations/sim-swap/feed.atom").content)
    titles = [entry.find(f"{ATOM}title").text for entry in below.findall(f"{ATOM}entry")]
    assert titles and all("SAF-" not in title for title in titles)


def test_the_feed_tells_nothing_that_was_said_in_a_review(django_user_model):
    page = ControlPage.objects.get(reference="SAF-052", locale__language_code="en")
    with system_publication(reason="test"):
        page.unpublish()
    deciding = django_user_model.objects.create_user("deciding")
    Decision.about(page, kind=Decision.Kind.WITHDRAW, by=deciding, reason="Between us. Only for us").save()
    PermanentReference.objects.filter(pk="SAF-052").update(withdrawal_reason="It was merged.")
    feed = get("/en/feed.atom").content.decode()
    first = ET.fromstring(feed).find(f"{ATOM}entry")
    assert first.find(f"{ATOM}title").text.startswith("Withdrawn: SAF-052")
    assert first.find(f"{ATOM}summary").text == "It was merged."
    assert "for us" not in feed and "Between us" not in feed


def values(blocks):
    """Without identities, which come from where a page stands."""
    if isinstance(blocks, list):
        return [values(row) for row in blocks]
    if isinstance(blocks, dict):
        return {name: values(value) for name, value in blocks.items() if name != "id"}
    return re.sub(r' id="\d+"', "", blocks) if isinstance(blocks, str) else blocks


def tree_of(slug):
    top = ChapterPage.objects.get(slug=slug, locale__language_code="en")
    pages = ChapterPage.objects.descendant_of(top, inclusive=True).filter(live=True).order_by("path")
    return [
        (page.depth, page.title, page.menu_title, page.summary, values(page.body.get_prep_value())) for page in pages
    ]


def test_an_exported_book_reads_back_to_the_same(tmp_path):
    run(write_book(tmp_path / "book"))
    before = tree_of("book")
    call_command(
        "export_gitbook", str(tmp_path / "out"), page="recommendations/book", languages="en", stdout=StringIO()
    )
    run(tmp_path / "out/en", name="again")
    after = tree_of("again")
    assert [row[:4] for row in after] == [row[:4] for row in before]
    for mine, other in zip(before, after, strict=True):
        for one, two in zip(mine[4], other[4], strict=True):
            if one["type"] not in ("cards", "page_link"):
                assert two == one, mine[1]


def test_an_export_keeps_risks_and_what_the_library_says(tmp_path):
    call_command("export_gitbook", str(tmp_path / "out"), languages="en", stdout=StringIO())
    folder = tmp_path / "out/en"
    threat = next(page for page in ThreatPage.objects.filter(locale__language_code="en", live=True) if page.risks)
    text = next(folder.rglob(f"{threat.slug}/README.md")).read_text()
    assert threat.risks[0].value["vulnerabilities"][0]["text"][:30] in text
    assert "](http" in (folder / "controls/start-operators.md").read_text()
    entry = LibraryEntryPage.objects.filter(locale__language_code="en").first()
    assert entry.url in (folder / f"library/{entry.slug}.md").read_text()
    assert entry.url in Client().get(entry.get_url(), headers={"accept": "text/markdown"}).content.decode()


def test_an_export_parts_a_picture_and_a_file_of_one_name_and_names_what_is_gone(tmp_path):
    export = Export(tmp_path, "en")
    image = get_image_model().objects.create(title="x", file=ContentFile(png(), name="same.png"))
    file = get_document_model().objects.create(title="x", file=ContentFile(b"words", name="same.png"))
    page = ChapterPage.objects.filter(locale__language_code="en", live=True).first()
    export.files[page.pk] = "README.md"
    names = RelativeNames(export, page.pk)
    first, second = names.file_of("image", image.pk), names.file_of("document", file.pk)
    copy_assets(export)
    assert first != second and (tmp_path / second).read_bytes() == b"words"
    image.file.storage.delete(image.file.name)
    copy_assets(export)
    assert export.notes == [f"image {image.pk} is gone"]


def test_a_page_named_as_the_contents_does_not_take_their_place():
    export = Export(Path(), "en")
    lay_out(export, [(1, "0001", "home", 1), (2, "00010001", "Summary", 0), (3, "00010002", "readme", 0)])
    assert list(export.files.values()) == ["README.md", "Summary/README.md", "readme/README.md"]


def test_an_export_is_the_same_bytes_each_time_and_keeps_what_is_there(tmp_path):
    def export(name):
        call_command("export_gitbook", str(tmp_path / name), page="recommendations/sim-swap", stdout=StringIO())
        return {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}

    first = export("a")
    assert first == export("b")
    assert {path.parts[0] for path in first} >= {"en", "fr"}
    assert b"SIM-MNO-03" in b"".join(first.values())


BARE = "see https://www.itu.int/a, <b>https://www.itu.int/b</b> or <code>https://www.itu.int/c</code>"


def test_an_address_that_is_no_link_reads_back_as_words(tmp_path):
    run(write_book(tmp_path / "book"))
    page = ChapterPage.objects.get(slug="agents", locale__language_code="en")
    linked = f'{BARE} <a href="https://www.itu.int/d">https://www.itu.int/d</a>'
    table = {"caption": "C", "columns": ["A"], "rows": [{"cells": [f"<p>{linked}</p>"]}]}
    page.body = [
        ("paragraph", RichText(f"<p>{linked}</p>")),
        ("list", [RichText("<p>https://www.itu.int/e</p>"), RichText(f"<p>{linked}</p>")]),
        ("hint", {"kind": "note", "title": "", "text": RichText(f"<ul><li>{linked}</li></ul>")}),
        ("table", page.body.stream_block.child_blocks["table"].to_python(table)),
    ]
    with system_publication(reason="test"):
        page.save_revision().publish()
    before = tree_of("book")
    call_command(
        "export_gitbook", str(tmp_path / "out"), page="recommendations/book", languages="en", stdout=StringIO()
    )
    run(tmp_path / "out/en", name="again")
    found = [row for row in tree_of("again") if row[1] == page.title]
    assert found == [row for row in before if row[1] == page.title]
    assert "<!--" not in Client().get(page.get_url(), headers={"accept": "text/markdown"}).content.decode()
