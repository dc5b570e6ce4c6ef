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
from dfs_workflow.models import Capability, Consultation, Decision, Proposal, ReaderComment
from dfs_workflow.models.gated import governed_types
from dfs_workflow.permissions import Standing
from dfs_workflow.proposals.visible import visible_proposals
from dfs_workflow.restrictions import hidden_from
from dfs_workflow.stewardship import holders

CHAPTER_PATHS = [depth * Page.steplen for depth in places.CHAPTER_DEPTHS]


def eyes(user: Any) -> Any:
    """All of an open account that decides which pages it may read."""
    return user.is_superuser, frozenset(group.pk for group in user.groups.all())


@dataclass(frozen=True)
class Keyed:
    """For `places_of`, which reads no more than this."""

    translation_key: UUID


@dataclass
class News:
    since: datetime
    until: datetime
    published: dict[UUID, list[str]]  # the languages
    withdrawn: dict[UUID, Page]
    comments: list[ReaderComment]
    consultations: list[Consultation]
    proposals: list[Proposal]
    moderators: set[int]
    chapters: dict[UUID, set[UUID]]
    _places: dict[str, dict[UUID, places.Place]] = field(default_factory=dict)
    _open: dict[Any, tuple[set[UUID], set[UUID]]] = field(default_factory=dict)
    _seen: dict[Any, list[Proposal]] = field(default_factory=dict)

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
        """Keys of pages that may be read, and of pages that are gone. People in the same groups share the answer."""
        key = eyes(user)
        if key not in self._open:
            self._open[key] = visible.open_keys(hidden_from(user), self.keys())
        return self._open[key]

    def proposals_for(self, user: Any, known: Standing) -> list[Proposal]:
        """Those of others: of their own everybody is told anyway. Shared as above, among those who see proposals."""
        if not self.proposals or not known.can(Capability.SEE_PROPOSALS):
            return []
        key = eyes(user)
        if key not in self._seen:
            seen = set(visible_proposals(user, known).values_list("pk", flat=True))
            own = {row.pk for row in self.proposals if row.proposed_by_id == user.pk}
            if own:  # not for the next one to share: whether they see these is another question
                return [row for row in self.proposals if row.pk in seen - own]
            self._seen[key] = [row for row in self.proposals if row.pk in seen]
        return [row for row in self._seen[key] if row.proposed_by_id != user.pk]


def collect(since: datetime, until: datetime) -> News:
    during = (since, until)
    published: dict[UUID, list[str]] = defaultdict(list)
    live = Page.objects.filter(live=True, content_type__in=governed_types(Page), depth__gte=places.CHAPTER_DEPTHS[0])
    pages = within(live, "last_published_at", *during).order_by("path")
    for key, code in pages.values_list("translation_key", "locale__language_code"):
        published[key].append(code)
    comments = within(ReaderComment.objects.filter(state=ReaderComment.State.SHOWN), "accepted_at", *during)
    news = News(
        *during,
        published=published,
        withdrawn=withdrawn(*during),
        comments=list(comments.select_related("organisation").order_by("submit_date", "pk")),
        consultations=list(within(Consultation.objects.all(), ("opened_at", "closed_at"), *during)),
        proposals=list(within(Proposal.objects.exclude(number=None), STEPS, *during).order_by("number")),
        moderators=set(holders("moderate_comments").values_list("pk", flat=True)),
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
