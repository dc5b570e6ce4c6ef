"""Applies finished translations through wagtail-localize's own sources and strings, so that editors can go on there.

An object is published in a language when every one of its texts has a translation; until then it is a draft. What an
editor changed, a text or the whole translated object, is left alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.segments.types import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.strings import StringValue

from dfs_workflow.importers.report import Report
from dfs_workflow.importers.snippets import create_snippets
from dfs_workflow.importers.stored import DELETED, EDITED, Stored, adopt, changes
from dfs_workflow.importers.tree import create_pages, update_page
from dfs_workflow.translation.models import SourceManifest

TOOL = "shipped draft"

# What wagtail-localize stores for a text and for its translation: HTML, with numbered placeholders for links.
Texts = Mapping[str, str]


@dataclass
class Work:
    """One object to translate, with what is known of its texts."""

    original: Any
    source: TranslationSource
    strings: dict[tuple[str, str], str] = field(default_factory=dict)  # (path, text) -> translation
    hashes: list[list[Any]] = field(default_factory=list)  # path, order and hash of each source text

    @property
    def missing(self) -> int:
        return len(self.hashes) - len(self.strings)


@transaction.atomic
def apply_translations(
    originals: Sequence[Any],
    locale: Locale,
    texts: Texts,
    report: Report,
    *,
    advance: Callable[[int], Any] = lambda steps: None,
    by: Any = None,
) -> None:
    """Inside `system_publication`. Objects of one file, parents before children; those without any text are skipped."""
    found = [(original, texts_of(original)) for original in originals]
    works = [Work(original, source_of(original)) for original, own in found if own & texts.keys()]
    for original, own in found:
        if own and not own & texts.keys():
            report.untranslated[locale.language_code, str(original)] = len(own)
    enable(works, locale)
    store_strings(works, locale, texts)
    publish(works, locale, report, by)
    advance(len(originals))


def texts_of(original: Any) -> set[str]:
    return {value.string.data for value in extract_segments(copy_of(original)) if isinstance(value, StringSegmentValue)}


def source_of(original: Any) -> TranslationSource:
    source, _changed = TranslationSource.update_or_create_from_instance(original)
    return source


def enable(works: Sequence[Work], locale: Locale) -> None:
    known = Translation.objects.filter(source__in=[work.source for work in works], target_locale=locale)
    done = set(known.values_list("source_id", flat=True))
    Translation.objects.bulk_create(
        Translation(source=work.source, target_locale=locale, destination_last_updated_at=timezone.now())
        for work in works
        if work.source.pk not in done
    )


def store_strings(works: Sequence[Work], locale: Locale, texts: Texts) -> None:
    """Adds what is new and replaces what an earlier load brought; a text that an editor wrote stays."""
    by_source = {work.source.pk: work for work in works}
    segments = (
        StringSegment.objects.filter(source_id__in=by_source).select_related("string", "context").order_by("order")
    )
    rows = StringTranslation.objects.filter(locale=locale, context__object_id__in=[w.source.object_id for w in works])
    known = {(row.context_id, row.translation_of_id): row for row in rows}
    new, changed = [], []
    for segment in segments.order_by("order"):
        row = known.get((segment.context_id, segment.string_id))
        wanted = texts.get(segment.string.data)
        if row is None and wanted is not None:
            row = new_translation(segment, locale, wanted)
            known[segment.context_id, segment.string_id] = row
            new.append(row)
        elif row is not None and wanted not in (None, row.data) and is_shipped(row):
            row.data = wanted
            changed.append(row)
        work = by_source[segment.source_id]
        work.hashes.append([segment.context.path, segment.order, str(segment.string.data_hash)])
        if row is not None and not row.has_error:
            work.strings[segment.context.path, segment.string.data] = row.data
    StringTranslation.objects.bulk_create(new, batch_size=500)
    StringTranslation.objects.bulk_update(changed, ["data"], batch_size=500)


def new_translation(segment: StringSegment, locale: Locale, text: str) -> StringTranslation:
    return StringTranslation(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale=locale,
        data=text,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        tool_name=TOOL,
    )


def is_shipped(row: StringTranslation) -> bool:
    return bool(row.tool_name == TOOL and row.last_translated_by_id is None)


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
    original, target = copy_of(work.original), copy_of(work.original)
    reset(target, locale)
    segments = []
    for value in extract_segments(original):
        if isinstance(value, StringSegmentValue) and (text := work.strings.get((value.path, value.string.data))):
            value = StringSegmentValue(value.path, StringValue(text), attrs=value.attrs, order=value.order)
        if not isinstance(value, OverridableSegmentValue):
            segments.append(value)
    ingest_segments(original, target, original.locale, locale, segments)
    target.live = not work.missing
    return target


def copy_of(instance: Any) -> Any:
    return type(instance).from_serializable_data(instance.serializable_data(), check_fks=False)


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
