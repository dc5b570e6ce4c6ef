"""What happened in a stretch of time, read once for all who hear of it; who hears of what is asked for each person."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from dfs_workflow.comments import places, visible
from dfs_workflow.models import Consultation, Decision, Proposal, ReaderComment
from dfs_workflow.models.gated import governed_types

CHAPTER_PATHS = [depth * Page.steplen for depth in places.CHAPTER_DEPTHS]


@dataclass(frozen=True)
class Keyed:
    """For `places_of`, which reads no more than this."""

    translation_key: UUID


@dataclass
class News:
    since: datetime
    until: datetime
    published: dict[UUID, list[Page]]
    withdrawn: dict[UUID, Page]
    comments: list[ReaderComment]
    consultations: list[Consultation]
    proposals: list[Proposal]
    chapters: dict[UUID, set[UUID]]
    _places: dict[str, dict[UUID, places.Place]] = field(default_factory=dict)
    _open: dict[Q, tuple[set[UUID], set[UUID]]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.published or self.withdrawn or self.comments or self.consultations or self.proposals)

    def keys(self) -> set[UUID]:
        rows = [*self.comments, *self.consultations]
        return {*self.published, *self.withdrawn, *(row.translation_key for row in rows)}

    def places(self, language: str) -> dict[UUID, places.Place]:
        if language not in self._places:
            self._places[language] = places.places_of(map(Keyed, self.keys()), language)
        return self._places[language]

    def open_to(self, user: Any) -> tuple[set[UUID], set[UUID]]:
        """Keys of pages that may be read, and of pages that are gone. People with the same rights share the answer."""
        hidden = visible.hidden_from(user)
        if hidden not in self._open:
            self._open[hidden] = visible.open_keys(hidden, self.keys())
        return self._open[hidden]


def collect(since: datetime, until: datetime) -> News:
    during = (since, until)
    published: dict[UUID, list[Page]] = defaultdict(list)
    live = Page.objects.filter(live=True, content_type__in=governed_types(Page), depth__gte=places.CHAPTER_DEPTHS[0])
    for page in within(live, "last_published_at", *during).select_related("locale").order_by("path"):
        published[page.translation_key].append(page)
    comments = within(ReaderComment.objects.filter(state=ReaderComment.State.SHOWN), "accepted_at", *during)
    news = News(
        *during,
        published=published,
        withdrawn=withdrawn(*during),
        comments=list(comments.select_related("organisation").order_by("submit_date", "pk")),
        consultations=list(within(Consultation.objects.all(), ("opened_at", "closed_at"), *during)),
        proposals=list(within(Proposal.objects.exclude(number=None), STEPS, *during).order_by("number")),
        chapters=defaultdict(set),
    )
    chapters_of(news)
    return news


STEPS = ("submitted_at", "decided_at", "applied_at")


def within(rows: Any, names: str | tuple[str, ...], since: datetime, until: datetime) -> Any:
    found = Q(pk__in=[])
    for name in [names] if isinstance(names, str) else names:
        found |= Q(**{f"{name}__gte": since, f"{name}__lt": until})
    return rows.filter(found)


def withdrawn(since: datetime, until: datetime) -> dict[UUID, Page]:
    """Still gone; what came back since is news of its own."""
    kind = ContentType.objects.get_for_model(Page)
    decisions = Decision.objects.filter(kind=Decision.Kind.WITHDRAW, content_type=kind)
    keys = within(decisions, "at", since, until).values_list("object_id", flat=True)
    rows = Page.objects.filter(pk__in=list(keys), live=False).select_related("locale")
    return {page.translation_key: page for page in rows}


def chapters_of(news: News) -> None:
    """Under which pages of the first levels each of them stands, in any language."""
    rows = list(Page.objects.filter(translation_key__in=news.keys()).values_list("translation_key", "path"))
    tops = {path[:length] for _key, path in rows for length in CHAPTER_PATHS}
    known = dict(Page.objects.filter(path__in=tops).values_list("path", "translation_key"))
    for key, path in rows:
        news.chapters[key].update(known[path[:length]] for length in CHAPTER_PATHS if path[:length] in known)
