"""Applies finished translations through wagtail-localize's own sources and strings, so that editors can go on there.

An object is published in a language when every one of its texts has a translation; until then it is a draft. What an
editor changed, a text or the whole translated object, is left alone.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import transaction
from modelcluster.models import get_all_child_relations
from wagtail.models import Locale, Page
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.segments.types import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.strings import StringValue

from dfs_workflow.importers.report import Report
from dfs_workflow.importers.snippets import create_snippets
from dfs_workflow.importers.sources import sources_of
from dfs_workflow.importers.stored import DELETED, EDITED, Stored, adopt, changes
from dfs_workflow.importers.translated_texts import (
    Lookup,
    Work,
    copy_of,
    enable,
    nothing,
    store_overrides,
    store_strings,
    work_on,
)
from dfs_workflow.importers.tree import create_pages, update_page
from dfs_workflow.translation.models import SourceManifest


@transaction.atomic
def apply_translations(
    originals: Sequence[Any],
    locale: Locale,
    lookup: Lookup,
    report: Report,
    *,
    overrides: Lookup = nothing,
    advance: Callable[[int], Any] = lambda steps: None,
    by: Any = None,
) -> None:
    """Inside `system_publication`. Objects of one file, parents before children; those without any text are skipped.

    `overrides` is asked for values that are the same in all languages unless a language has its own.
    """
    found = [work_on(original) for original in originals]
    works = [work for work in found if work.is_known_to(lookup)]
    for work in found:
        if work.texts and work not in works:
            report.untranslated[locale.language_code, str(work.original)] = len(work.wordings)
    sources = sources_of([(work.original, work.segments) for work in works])
    enable(sources.values(), locale)
    store_strings({sources[work.original.translation_key].pk: work for work in works}, locale, lookup)
    store_overrides(works, locale, overrides)
    publish(works, locale, report, by)
    advance(len(originals))


def publish(works: Sequence[Work], locale: Locale, report: Report, by: Any) -> None:
    wanted = {work.original.translation_key: translated(work, locale) for work in works}
    stored = Stored(wanted.values(), locale)
    new: list[tuple[Work, Any]] = []
    for work in works:
        target = wanted[work.original.translation_key]
        if work.missing:
            report.untranslated[locale.language_code, str(work.original)] = work.missing
        row = stored.get(target)
        if row is None and stored.was_deleted(target):
            report.left_alone.append((f"{target} ({locale.language_code})", DELETED))
        elif row is None:
            new.append((work, target))
        elif not row_differs(row, target):
            report.unchanged += 1
        elif stored.was_edited(row):
            report.left_alone.append((f"{row} ({locale.language_code})", EDITED))
        elif work.missing == 0:
            republish(row, target, work, by)
            report.changed.append(f"{row} ({locale.language_code})")
    create(new, locale, report, by)


def row_differs(row: Any, target: Any) -> bool:
    if isinstance(row, Page):
        target.slug = row.slug
    return bool(changes(row, target))


def republish(row: Any, target: Any, work: Work, by: Any) -> None:
    adopt(row, target)
    if isinstance(row, Page):
        update_page(row, by=by)
    else:
        row.save_revision(user=by, log_action=True).publish(user=by)
    row.refresh_from_db(fields=["live_revision"])
    SourceManifest.objects.create(revision_id=row.live_revision_id, source_hashes=work.hashes)


def create(new: Sequence[tuple[Work, Any]], locale: Locale, report: Report, by: Any) -> None:
    create_translated_pages([(w.original, t) for w, t in new if isinstance(t, Page)], locale, report, by)
    create_snippets([target for work, target in new if not isinstance(target, Page) and not work.missing], by=by)
    report.created += [f"{target} ({locale.language_code})" for _work, target in new if target.pk]
    SourceManifest.objects.bulk_create(
        SourceManifest(revision_id=target.latest_revision_id, source_hashes=work.hashes)
        for work, target in new
        if target.pk and target.latest_revision_id
    )


def create_translated_pages(new: Sequence[tuple[Any, Any]], locale: Locale, report: Report, by: Any) -> None:
    """Each below the translation of its parent, whole subtrees at once."""
    by_path = {original.path: target for original, target in new}
    children: dict[str, list[Any]] = {path: [] for path in by_path}
    tops = []
    for original, _target in new:
        parent_path = original.path[: -Page.steplen]
        children.get(parent_path, tops).append(original)

    def spec(original: Any) -> tuple[Page, list[Any]]:
        return by_path[original.path], [spec(child) for child in children[original.path]]

    for parent_path in dict.fromkeys(original.path[: -Page.steplen] for original in tops):
        below = [original for original in tops if original.path[: -Page.steplen] == parent_path]
        parent = translated_parent(parent_path, locale)
        if parent is None:
            report.notes += [f"not translated ({locale.language_code}): {o}, as its parent isn't" for o in below]
            continue
        if parent.is_root():
            for original in below:
                by_path[original.path].slug = f"{original.slug}-{locale.language_code}"
        create_pages(parent, [spec(original) for original in below], by=by)


def translated_parent(path: str, locale: Locale) -> Page | None:
    parent = Page.objects.get(path=path)
    if parent.is_root():
        return parent
    return Page.objects.filter(translation_key=parent.translation_key, locale=locale).first()


def translated(work: Work, locale: Locale) -> Any:
    """The object in the other language, not saved; a text without a translation stays as it is."""
    target = copy_of(work.original)
    reset(target, locale)
    segments = [value for segment in work.segments if (value := in_language(segment, work)) is not None]
    ingest_segments(work.copy, target, work.original.locale, locale, segments)
    target.live = not work.missing
    return target


def in_language(value: Any, work: Work) -> Any:
    """What stands in place of a segment of the source; None where the language has nothing of its own."""
    if isinstance(value, OverridableSegmentValue):
        own = work.overrides.get(value.path)
        return None if own is None else OverridableSegmentValue(value.path, own, order=value.order)
    if isinstance(value, StringSegmentValue) and (text := work.strings.get((value.path, value.string.data))):
        return StringSegmentValue(value.path, StringValue(text), attrs=value.attrs, order=value.order)
    return value


def reset(target: Any, locale: Locale) -> None:
    """A new row of its own, in the other language."""
    target.pk = None
    if isinstance(target, Page):
        target.id = target.page_ptr_id = None
    target.locale = locale
    target._state.adding = True
    target.live_revision = target.latest_revision = None
    target.first_published_at = target.last_published_at = None
    for relation in get_all_child_relations(type(target)):
        children: Iterable[Any] = getattr(target, relation.get_accessor_name()).all()
        for child in children:
            child.pk = None
            child.locale = locale
