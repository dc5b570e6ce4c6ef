"""Bulk loading leaves the same rows as adding and publishing each page the usual way."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from dfs_workflow.gate import system_publication
from dfs_workflow.importers.tree import create_pages, update_page
from dfs_workflow.models import ContentVersion, Decision, PermanentReference, PublicationRefused
from tests.dfs_workflow.conftest import live_pages
from tests.testapp.models import Audience, GovernedPage, GovernedStatement, Note

VOLATILE = {
    "id",
    "page_ptr_id",
    "path",
    "slug",
    "url_path",
    "translation_key",
    "live_revision_id",
    "latest_revision_id",
}
DATES = {"first_published_at", "last_published_at", "latest_revision_created_at"}


def page_like(slug, audience):
    page = GovernedPage(title="Same", slug=slug, text="Words", audiences=[audience])
    page.body = [("text", "<p>Bulk</p>")]
    page.notes = [Note(text="one", sort_order=0), Note(text="two", sort_order=1)]
    return page


def columns(page):
    return {
        f.attname: getattr(page, f.attname) for f in page._meta.concrete_fields if f.attname not in VOLATILE | DATES
    }


def traces(page):
    """All that a page leaves elsewhere."""
    return {
        "notes": list(page.notes.values_list("text", "sort_order")),
        "audiences": list(page.audiences.values_list("name", flat=True)),
        "revisions": Revision.objects.for_instance(page).count(),
        "decisions": Decision.objects.filter(object_id=str(page.pk), kind="system").count(),
        "log": sorted(PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True)),
        "references": ReferenceIndex.get_references_for_object(page).count(),
        "found": GovernedPage.objects.filter(pk=page.pk).search("Same").count(),
    }


def test_a_bulk_page_equals_one_added_the_usual_way(home):
    audience = Audience.objects.create(name="mno")
    bulk = live_pages(home, (page_like("bulk", audience), []))[0]
    with system_publication(reason="Compare"):
        usual = home.add_child(instance=page_like("usual", audience))
        usual.save_revision().publish()
    bulk, usual = GovernedPage.objects.get(pk=bulk.pk), GovernedPage.objects.get(pk=usual.pk)
    bulk_columns, usual_columns = columns(bulk), columns(usual)
    assert str(bulk_columns.pop("body")) == str(usual_columns.pop("body"))
    assert bulk_columns == usual_columns
    assert all(getattr(bulk, name) and getattr(usual, name) for name in DATES)
    assert bulk.live_revision_id == bulk.latest_revision_id
    assert traces(bulk) == traces(usual)
    assert traces(bulk)["found"] == 1


def test_the_tree_is_sound_and_can_grow_afterwards(chapter):
    assert Page.find_problems() == ([], [], [], [], [])
    chapter.refresh_from_db()
    assert chapter.numchild == 3
    live_pages(chapter, (GovernedStatement(title="More", slug="more", reference="TST-9"), []))
    chapter.add_child(instance=GovernedPage(title="Usual", slug="usual"))
    assert Page.find_problems() == ([], [], [], [], [])
    assert [page.url_path for page in chapter.get_children()][-2:] == [
        "/governed/chapter/more/",
        "/governed/chapter/usual/",
    ]


def test_it_works_only_as_a_system_publication(home):
    with pytest.raises(PublicationRefused):
        create_pages(home, [(GovernedPage(title="X", slug="x"), [])])
    assert not Page.objects.filter(slug="x").exists()


def test_two_pages_with_one_slug_are_refused_and_nothing_is_left(home, chapter):
    before = Page.objects.count()
    with pytest.raises(ValidationError, match="slug “chapter”"):
        live_pages(home, (GovernedPage(title="Y", slug="y"), []), (GovernedPage(title="X", slug="chapter"), []))
    assert Page.objects.count() == before


def test_a_reference_is_given_once_and_for_ever(chapter):
    assert PermanentReference.objects.count() == 3
    with pytest.raises(PublicationRefused, match="TST-1"):
        live_pages(chapter, (GovernedStatement(title="Again", slug="again", reference="TST-1"), []))


def test_an_update_publishes_what_differs_and_spares_drafts(chapter, root_user):
    before = ContentVersion.current()
    with system_publication(reason="Load again"):
        assert not update_page(GovernedPage.objects.get(pk=chapter.pk))
        assert ContentVersion.current() == before
        changed = GovernedPage.objects.get(pk=chapter.pk)
        changed.text = "Better"
        assert update_page(changed)
    assert GovernedPage.objects.get(pk=chapter.pk).text == "Better"
    assert ContentVersion.current() > before
    draft = GovernedPage.objects.get(pk=chapter.pk)
    draft.save_revision(user=root_user)
    changed = GovernedPage.objects.get(pk=chapter.pk)
    changed.text = "Loaded"
    with system_publication(reason="Load again"), pytest.raises(PublicationRefused, match="draft"):
        update_page(changed)
