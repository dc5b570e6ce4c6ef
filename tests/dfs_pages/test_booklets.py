"""What is in a booklet: all that is public of a chapter, catalogue, edition or the site, and nothing else."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader
from wagtail.models import Page, PageViewRestriction

from dfs_pages.exporters.booklets.booklet import Booklet
from dfs_pages.exporters.booklets.making import booklet_of, subject_of
from dfs_pages.models import ChapterPage, RecommendationPage

pytestmark = pytest.mark.usefixtures("content")
CHAPTER = "recommendations/sim-swap"


def booklet(path: str = CHAPTER, language: str = "en") -> Booklet:
    subject = subject_of(path, language)
    assert subject is not None
    return booklet_of(subject, language)


def restrict(page: Page) -> None:
    """Past the gate, which asks for a second person."""
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=page, restriction_type="login")])


def test_a_chapter_has_its_sections_statements_and_permanent_links_in_order() -> None:
    found = booklet()
    references = [part.reference for part in found.parts if part.reference]
    assert references == list(
        RecommendationPage.objects.filter(reference__startswith="SIM-", locale__language_code="en")
        .order_by("path").values_list("reference", flat=True)
    )  # fmt: skip
    statement = next(part for part in found.parts if part.reference == "SIM-MNO-03")
    assert statement.address == "http://testserver/en/r/SIM-MNO-03/"
    assert statement.statement.startswith("Carry out biometric verification")
    assert '<a href="http://testserver/en/r/SAF-053/">SAF-053</a>' in statement.html
    assert "SIM swap fraud" in statement.html
    assert [part.level for part in found.parts[:3]] == [1, 2, 3]
    assert ("IMSI", "International mobile subscriber identity") in [(a, b.capitalize()) for a, b in found.abbreviations]
    assert "This is not an official ITU text." in found.notices[0]


def test_the_same_content_has_the_same_hash_and_other_content_another() -> None:
    before = booklet().sha256
    assert booklet().sha256 == before
    Page.objects.filter(title="Verify biometrics before a swap").update(title="Verify faces")
    assert booklet().sha256 != before


def test_a_booklet_in_arabic_says_what_is_not_translated() -> None:
    found = booklet(language="ar")
    assert not any(part.language for part in found.parts)
    assert len(found.notices) == 2  # not official, and a draft
    whole = booklet("controls/assurance-framework", "ar")
    assert all(part.language == "en" for part in whole.parts)
    assert any(part.statement for part in whole.parts)


def test_the_whole_site_is_a_booklet_with_everything_once() -> None:
    found = booklet("")
    anchors = [part.anchor for part in found.parts]
    assert len(anchors) == len(set(anchors))
    references = {part.reference for part in found.parts}
    assert {"SIM-MNO-03", "SAF-001", "SAF-T01"} <= references
    assert booklet("recommendations").parts[1].level == 2


@pytest.mark.parametrize("hide", ["draft", "private", "private above"])
def test_what_is_not_public_is_in_no_booklet(hide: str) -> None:
    page = Page.objects.get(pk=RecommendationPage.objects.get(reference="SIM-MNO-03", locale__language_code="en").pk)
    above = page.get_parent()
    if hide == "draft":
        Page.objects.filter(pk=page.pk).update(live=False)
    else:
        restrict(page if hide == "private" else above)
    for path in (CHAPTER, "recommendations", ""):
        assert "SIM-MNO-03" not in {part.reference for part in booklet(path).parts}
        assert "Carry out biometric verification" not in str(booklet(path))


def test_there_is_no_booklet_of_what_is_not_public_or_too_small() -> None:
    assert subject_of("nothing", "en") is None
    assert subject_of("about", "en") is None
    assert subject_of("r/SIM-MNO-03", "en") is None
    assert subject_of("e/2026-9", "en") is None
    chapter = ChapterPage.objects.get(slug="sim-swap", locale__language_code="en")
    restrict(chapter)
    assert subject_of(CHAPTER, "en") is None


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        booklet()


def test_the_command_writes_a_file_and_refuses_in_one_sentence(tmp_path: Path) -> None:
    out = tmp_path / "sim.pdf"
    call_command("make_booklet", f"/{CHAPTER}/", str(out), language="fr", verbosity=0)
    assert len(PdfReader(out).pages) > 5
    with pytest.raises(CommandError, match="There is no public chapter"):
        call_command("make_booklet", "nothing", str(out))
    with pytest.raises(CommandError, match="can't be written"):
        call_command("make_booklet", CHAPTER, str(tmp_path))
