"""What there is to freeze: every governed object that is public, in each language, where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.models import Locale, Page

from dfs_workflow.models.gated import governed_models, governed_types
from dfs_workflow.query import public


@dataclass(frozen=True)
class Place:
    """`path` is the address below the language, the same in all languages."""

    key: UUID
    language: str
    path: str
    pk: int
    model: type[Any]
    revision_id: int | None


def places(parts: Sequence[str] = ()) -> list[Place]:
    """In the order of readers: the tree of each language, then the terms; only below these paths, if there are any.

    Three queries, and one for each kind of snippet.
    """
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    models = {content_type.pk: content_type.model_class() for content_type in governed_types(Page)}
    rows = public(Page.objects.filter(content_type__in=models, depth__gt=1)).order_by("path")
    found = [
        Place(key, languages[locale], path.split("/", 2)[2], pk, models[kind], revision)
        for key, locale, path, pk, kind, revision in rows.values_list(
            "translation_key", "locale_id", "url_path", "pk", "content_type_id", "live_revision_id"
        )
    ]
    for model in governed_models():
        if not issubclass(model, Page):
            found += snippets(model, languages)
    return [place for place in found if place.path.startswith(tuple(parts))] if parts else found


def top_parts() -> list[str]:
    """What can be chosen: chapters, catalogues, other documents as a whole, and each kind of term."""
    paths = {place.path for place in places()}
    with_chapters = {path.split("/")[0] for path in paths if path.count("/") > 2}
    tops = {("/".join(path.split("/")[:2]) + "/", path.split("/")[0]) for path in paths if path.count("/") > 1}
    chapters = {path for path, first in tops if first in with_chapters}
    return sorted(
        chapters | {f"{path.split('/')[0]}/" for path in paths if path.split("/")[0] not in with_chapters} - {"/"}
    )


def snippets(model: Any, languages: dict[int, str]) -> Iterator[Place]:
    if not hasattr(model, "translation_key"):
        return
    for row in public(model._default_manager.all()).order_by("pk"):
        path = f"{model._meta.model_name}/{getattr(row, 'key', row.translation_key)}/"
        yield Place(row.translation_key, languages[row.locale_id], path, row.pk, model, row.live_revision_id)


def instances(wanted: list[Place]) -> Iterator[tuple[Place, Any]]:
    """By type, so that it costs one query for each type and hundred rows."""
    by_model: dict[type[Any], list[Place]] = {}
    for place in wanted:
        by_model.setdefault(place.model, []).append(place)
    for model, group in by_model.items():
        for start in range(0, len(group), 100):
            batch = group[start : start + 100]
            rows = model._default_manager.in_bulk([place.pk for place in batch])
            yield from ((place, rows[place.pk]) for place in batch if place.pk in rows)
