"""A large tree in two passes, so that its memory doesn't grow with its text: first all places, then the contents.

Between the two the id of every page is known, so that texts can name each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from dfs_workflow.importers.tree import (
    add_to_indexes,
    adopt_row,
    insert_contents,
    insert_places,
    last_step,
    record_versions,
    sibling_slugs,
)


@dataclass
class Place:
    """Where a page stands; its children may be placed before it has any content."""

    path: str
    depth: int
    url_path: str
    pk: int = 0


@dataclass
class StagedTree:
    """Inside `system_publication` and one transaction. Pages come in any number of batches, parents first."""

    locale_id: int
    by: Any = None
    source: str = ""
    now: Any = field(default_factory=timezone.now)
    steps: dict[str, int] = field(default_factory=dict)  # by path of the parent: the last step given
    slugs: dict[str, set[str]] = field(default_factory=dict)
    added: dict[str, int] = field(default_factory=dict)  # children added below what was there before

    def next_place(self, parent: Place, slug: str, *, is_new: bool) -> tuple[Place, str]:
        """For a parent that was there before, what stands below it already is asked for once."""
        if parent.path not in self.steps:
            before = Page(path=parent.path, depth=parent.depth)
            self.steps[parent.path] = 0 if is_new else last_step(before)
            self.slugs[parent.path] = set() if is_new else sibling_slugs(before)
        slug = free_slug(slug, self.slugs[parent.path])
        self.slugs[parent.path].add(slug)
        self.steps[parent.path] += 1
        if not is_new:
            self.added[parent.path] = self.added.get(parent.path, 0) + 1
        path = Page._get_path(parent.path, parent.depth + 1, self.steps[parent.path])
        return Place(path, parent.depth + 1, f"{parent.url_path}{slug}/"), slug

    def stand(self, page: Page, place: Place) -> Page:
        """Gives an unsaved page its place, as treebeard and `Page.save` would."""
        page.path, page.depth, page.url_path = place.path, place.depth, place.url_path
        page.locale_id, page.draft_title = self.locale_id, page.title
        page.has_unpublished_changes = not page.live
        return page

    def insert_places(self, pages: Sequence[Page]) -> None:
        insert_places(pages, self.now)

    def insert_contents(self, pages: Sequence[Any]) -> None:
        """Of pages whose places are there, with their ids; leaves versions, decisions, log and indexes."""
        for page in pages:
            page.latest_revision_created_at = self.now
            if page.live:
                page.first_published_at = page.last_published_at = self.now
            adopt_row(page, page.pk)
            page.clean_fields(exclude=["path", "depth", "numchild", "url_path", "content_type"])
        insert_contents(pages)
        record_versions(list(pages), self.by, self.source)
        add_to_indexes(list(pages))

    def finish(self) -> None:
        for path, number in self.added.items():
            Page.objects.filter(path=path).update(numchild=F("numchild") + number)


def free_slug(slug: str, taken: set[str]) -> str:
    if slug not in taken:
        return slug
    return next(name for number in count(2) if (name := f"{slug}-{number}") not in taken)
