"""Sentences as they are handed to other tools, and taken back: of a page, a chapter or a whole language."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from dfs_workflow.translation.models import SegmentComment
from dfs_workflow.translation.query.states import State, with_segments

LARGEST = 100_000_000  # bytes of a file


@dataclass(frozen=True)
class Unit:
    """`key`: the object's translation key and the path of the text in it; empty where a tool lost it."""

    key: str
    source: str
    target: str = ""
    state: str = State.UNTRANSLATED
    title: str = ""
    note: str = ""


def scope(locale: Locale, *, path: str = "", translation: int | None = None) -> QuerySet[Translation]:
    """`path`: of a page in the tree, for it and all below it."""
    found: QuerySet[Translation] = Translation.objects.filter(target_locale=locale, enabled=True)
    if path:
        pages = Page.objects.filter(path__startswith=path)
        found = found.filter(source__object_id__in=pages.values("translation_key"))
    return found.filter(pk=translation) if translation else found


def units(translations: QuerySet[Translation]) -> Iterator[Unit]:
    """In the order of the sources, two queries for all."""
    segment = "source__stringsegment__"
    own = StringTranslation.objects.filter(
        translation_of_id=OuterRef(f"{segment}string_id"),
        context_id=OuterRef(f"{segment}context_id"),
        locale_id=OuterRef("target_locale_id"),
    )
    rows = with_segments(translations).annotate(text=Subquery(own.values("data")[:1]))
    place = (f"{segment}context_id", f"{segment}string_id", "target_locale_id")
    names = (f"{segment}context__path", f"{segment}string__data", "source__object_id", "source__object_repr")
    rows = rows.order_by("source_id", f"{segment}order").values_list(*names, "text", "state", *place)
    notes = notes_on(translations)
    for path, source, key, title, text, state, *at in rows.iterator(chunk_size=5000):
        yield Unit(unit_key(key, path), source, text or "", state, title, notes.get(tuple(at), ""))


def notes_on(translations: QuerySet[Translation]) -> dict[tuple[int, ...], str]:
    """What translators and reviewers said beside a sentence: by place, wording and language."""
    rows = SegmentComment.objects.filter(
        locale__in=translations.values("target_locale"), context__object_id__in=translations.values("source__object_id")
    )
    found: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for *at, name, text in rows.values_list("context_id", "string_id", "locale_id", "by_name", "text"):
        found[tuple(at)].append(f"{name}: {text}")
    return {at: "\n".join(said) for at, said in found.items()}


def unit_key(object_id: Any, path: str) -> str:
    return f"{object_id}:{path}"
