"""How far the translations are: chapter by language, page by language, and what is to do next."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Value, When
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import StringTranslation, Translation

from dfs_workflow.translation.models import StaleField
from dfs_workflow.translation.query.reading import FieldState
from dfs_workflow.translation.query.states import TO_DO, State, figures, with_segments

CHAPTER_DEPTH = 4  # root, home, list, chapter


@dataclass
class Cell:
    """Of one row and one language."""

    segments: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    words: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    oldest: datetime | None = None  # since when a binding text has been outdated

    def add(self, state: str, segments: int, words: int) -> None:
        self.segments[state] += segments
        self.words[state] += words

    def note_outdated(self, at: datetime | None) -> None:
        self.oldest = min((each for each in (self.oldest, at) if each), default=None)

    @property
    def total(self) -> int:
        return sum(self.segments.values())

    @property
    def translated(self) -> int:
        return self.total - self.segments[State.UNTRANSLATED] - self.segments[State.OUTDATED]

    @property
    def reviewed(self) -> int:
        return self.segments[State.REVIEWED]

    @property
    def outdated(self) -> int:
        return self.segments[State.OUTDATED]

    @property
    def words_left(self) -> int:
        return sum(self.words[state] for state in TO_DO)

    @property
    def percent(self) -> int:
        """Rounded down, so that only what is complete says 100."""
        return self.translated * 100 // self.total if self.total else 0

    @property
    def percent_reviewed(self) -> int:
        return self.reviewed * 100 // self.total if self.total else 0


@dataclass
class Row:
    title: str
    path: str = ""  # of the page; empty for snippets
    source_id: int | None = None
    cells: dict[int, Cell] = field(default_factory=lambda: defaultdict(Cell))


@dataclass(frozen=True)
class Place:
    path: str
    depth: int
    title: str


def chapters() -> list[Row]:
    """A row for each chapter and each kind of snippet: three queries for the whole site."""
    places = places_of(Page.objects.all())
    titles = {place.path: place.title for place in places.values()}
    rows: dict[str, Row] = {}
    for entry in figures(Translation.objects.all()).values(
        "source__object_id", "source__specific_content_type_id", "target_locale_id", "state", "segments", "words"
    ):
        place = places.get(entry["source__object_id"])
        key, title, path = chapter_of(place, entry["source__specific_content_type_id"], titles)
        row = rows.setdefault(key, Row(title, path))
        row.cells[entry["target_locale_id"]].add(entry["state"], entry["segments"], entry["words"])
    for place, locale, at in outdated_binding(places):
        key = chapter_of(place, 0, titles)[0]
        if key in rows:
            rows[key].cells[locale].note_outdated(at)
    return sorted(rows.values(), key=lambda row: (row.path == "", row.path, row.title))


def pages_below(path: str) -> list[Row]:
    """A row for each page of a chapter: two queries."""
    pages = Page.objects.filter(path__startswith=path)
    places = places_of(pages)
    rows: dict[Any, Row] = {}
    translations = Translation.objects.filter(source__object_id__in=pages.values("translation_key"))
    for entry in figures(translations).values(
        "source_id", "source__object_id", "target_locale_id", "state", "segments", "words"
    ):
        place = places.get(entry["source__object_id"])
        if place:
            row = rows.setdefault(entry["source_id"], Row(place.title, place.path, entry["source_id"]))
            row.cells[entry["target_locale_id"]].add(entry["state"], entry["segments"], entry["words"])
    return sorted(rows.values(), key=lambda row: row.path)


def languages(locales: Collection[Locale], keys: QuerySet[Any] | None = None) -> list[tuple[Locale, Cell]]:
    """One total for each language, of all sources or of those named by their translation keys; one query."""
    cells = {locale.pk: Cell() for locale in locales}
    translations = Translation.objects.filter(target_locale_id__in=cells)
    if keys is not None:
        translations = translations.filter(source__object_id__in=keys)
    for entry in figures(translations):
        cells[entry["target_locale_id"]].add(entry["state"], entry["segments"], entry["words"])
    return [(locale, cells[locale.pk]) for locale in locales]


def pages_read(pages: QuerySet[Page]) -> tuple[int, dict[int, int]]:
    """How many of these pages there are, whatever their language, and how many in each; two queries."""
    pages = pages.filter(depth__gt=1).order_by()
    each = pages.values_list("locale_id").annotate(Count("translation_key", distinct=True))
    return pages.values("translation_key").distinct().count(), dict(each)


def places_of(pages: QuerySet[Page]) -> dict[Any, Place]:
    """The place of the source page, by translation key: the first in the tree, as languages are added after it."""
    found: dict[Any, Place] = {}
    for key, path, depth, title in pages.order_by("path").values_list("translation_key", "path", "depth", "title"):
        found.setdefault(key, Place(path, depth, title))
    return found


def chapter_of(place: Place | None, content_type: int, titles: Mapping[str, str]) -> tuple[str, str, str]:
    """Key, title and path of the row that an object is counted in."""
    if place is None:
        model = ContentType.objects.get_for_id(content_type).model_class() if content_type else None
        name = str(model._meta.verbose_name_plural) if model else ""
        return name, name.capitalize(), ""
    path = place.path[: Page.steplen * CHAPTER_DEPTH]
    return path, titles.get(path, place.title), path


def outdated_binding(places: Mapping[Any, Place]) -> Iterable[tuple[Place, int, datetime | None]]:
    """Binding texts that readers are shown in the source language, with the date of the change; one query."""
    names = {name for model in binding_models() for name in model.normative_fields}
    rows = StaleField.objects.filter(field__in=names, state=FieldState.OUTDATED)
    for key, locale, at in rows.values_list("translation_key", "locale_id", "source_changed_at"):
        if key in places:
            yield places[key], locale, at


def binding_models() -> list[Any]:
    return [
        m for m in apps.get_models() if issubclass(m, TranslatableMixin) and bool(getattr(m, "normative_fields", ()))
    ]


def next_segment(translations: QuerySet[Translation]) -> dict[str, Any] | None:
    """What a translator of these does first: binding texts before others, outdated before new."""
    segment = "source__stringsegment__"
    binding = Q(pk__in=[])
    for model in binding_models():
        for name in model.normative_fields:
            here = Q(**{f"{segment}context__path": name}) | Q(**{f"{segment}context__path__startswith": f"{name}."})
            binding |= here & Q(source__specific_content_type=ContentType.objects.get_for_model(model))
    outdated = Q(state=State.OUTDATED)
    rank = Case(
        When(outdated & binding, then=Value(0)),
        When(outdated, then=Value(1)),
        When(binding, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows = with_segments(translations).filter(state__in=TO_DO)
    rows = rows.annotate(rank=rank).order_by("rank", "source_id", f"{segment}order")
    found: dict[str, Any] | None = rows.values("pk", "rank", segment=F("source__stringsegment__pk")).first()
    return found


@dataclass(frozen=True)
class Worker:
    name: str
    locale_id: int
    chapter: str
    sentences: int
    last: datetime


def workers(since: datetime) -> list[Worker]:
    """Who translated how many sentences of which chapter into which language, the latest first; three queries."""
    rows = StringTranslation.objects.filter(updated_at__gte=since).exclude(last_translated_by=None)
    rows = rows.order_by().values_list(
        "last_translated_by_id", "locale_id", "context__object_id", "context__object__content_type_id"
    )
    places = places_of(Page.objects.all())
    titles = {place.path: place.title for place in places.values()}
    found: dict[tuple[int, int, str], tuple[int, datetime]] = {}
    for user, locale, key, kind, count, last in rows.annotate(sentences=Count("pk"), last=Max("updated_at")):
        chapter = chapter_of(places.get(key), kind, titles)[1]
        before = found.get((user, locale, chapter), (0, last))
        found[user, locale, chapter] = before[0] + count, max(before[1], last)
    people = get_user_model()._default_manager.in_bulk({user for user, _locale, _chapter in found})
    named = [
        Worker(name_of_person(people[user]), locale, chapter, sentences, last)
        for (user, locale, chapter), (sentences, last) in found.items()
    ]
    return sorted(named, key=lambda worker: worker.last, reverse=True)


def name_of_person(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())
