"""What has to be reviewed soon, and who looks after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dfs_pages import conf
from dfs_pages.models import CataloguePage, ChapterPage, ControlPage, RecommendationPage, ThreatPage
from dfs_workflow.query import source_language

KINDS: Sequence[type[Any]] = (ChapterPage, RecommendationPage, CataloguePage, ThreatPage, ControlPage)
NAMES = ("title", "path", "looked_after_by", "review_by", "last_published_at")


@dataclass(frozen=True)
class Due:
    page: Any
    owner: str
    on: date
    is_overdue: bool


def due_reviews(today: date) -> list[Due]:
    """What is live in the source language and due within a month, the oldest first; one query for each kind."""
    language = source_language()
    pages = [
        page for kind in KINDS for page in kind.objects.filter(live=True, locale__language_code=language).only(*NAMES)
    ]
    owners = {page.path: page.looked_after_by for page in pages if page.looked_after_by}
    limit = today + timedelta(days=conf.REVIEW_ANNOUNCED)
    found = [
        Due(page, owner_of(page.path, owners), page.review_due, page.review_due < today)
        for page in pages
        if page.review_due and page.review_due <= limit
    ]
    return sorted(found, key=lambda due: (due.on, due.page.path))


def owner_of(path: str, owners: dict[str, str]) -> str:
    """Its own, or that of the nearest page above it."""
    places = (path[:end] for end in range(len(path), 0, -4))
    return next((owners[place] for place in places if place in owners), "")
