"""What wagtail-localize keeps of the texts of many objects at once; one object after the other takes ten times as long.

`TranslationSource.update_or_create_from_instance` does the same for one; a test compares the rows.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments.types import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)

Content = tuple[Any, Sequence[Any]]  # an object of the source language, with the segments of its texts
A_BATCH = 500


def sources_of(contents: Sequence[Content]) -> dict[UUID, TranslationSource]:
    """By translation key. Sources that are there already are brought up to date one by one, and only if they differ."""
    known = known_sources([instance for instance, _segments in contents])
    for instance, _segments in contents:
        source = known.get(instance.translation_key)
        if source and json.loads(source.content_json) != json.loads(content_json(instance)):
            known[instance.translation_key], _created = TranslationSource.update_or_create_from_instance(instance)
    new = [content for content in contents if content[0].translation_key not in known]
    return known | (create_sources(new) if new else {})


def known_sources(instances: Sequence[Any]) -> dict[UUID, TranslationSource]:
    locales = {instance.locale_id for instance in instances}
    keys = [instance.translation_key for instance in instances]
    return {row.object_id: row for row in TranslationSource.objects.filter(object_id__in=keys, locale_id__in=locales)}


def content_json(instance: Any) -> str:
    if isinstance(instance, ClusterableModel):
        return str(instance.to_json())
    return json.dumps(get_serializable_data_for_fields(instance), cls=DjangoJSONEncoder)


def create_sources(contents: Sequence[Content]) -> dict[UUID, TranslationSource]:
    instances = [instance for instance, _segments in contents]
    related = [value for _instance, values in contents for value in values if is_related(value)]
    pairs = [(instance.translation_key, type_of(instance.get_translation_model())) for instance in instances]
    pairs += [(value.translation_key, value.content_type) for value in related]
    TranslatableObject.objects.bulk_create(
        [TranslatableObject(translation_key=key, content_type=kind) for key, kind in dict(pairs).items()],
        ignore_conflicts=True,
    )
    now = timezone.now()
    versions = {label: get_schema_version(label) for label in {instance._meta.app_label for instance in instances}}
    rows = TranslationSource.objects.bulk_create(
        TranslationSource(
            object_id=instance.translation_key,
            locale_id=instance.locale_id,
            specific_content_type=type_of(type(instance)),
            object_repr=str(instance)[:200],
            content_json=content_json(instance),
            schema_version=versions[instance._meta.app_label],
            last_updated_at=now,
        )
        for instance in instances
    )
    sources = {row.object_id: row for row in rows}
    create_segments(contents, sources)
    return sources


def type_of(model: type[Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)


def is_related(value: Any) -> bool:
    return isinstance(value, RelatedObjectSegmentValue)


def create_segments(contents: Sequence[Content], sources: dict[UUID, TranslationSource]) -> None:
    contexts = contexts_of(contents)
    found = [(sources[instance.translation_key], value) for instance, values in contents for value in values]
    strings = strings_of(
        [(source.locale_id, value) for source, value in found if isinstance(value, StringSegmentValue)]
    )
    templates = templates_of([value for _source, value in found if isinstance(value, TemplateSegmentValue)])

    def common(source: TranslationSource, value: Any) -> dict[str, Any]:
        return {"source": source, "context": contexts[source.object_id, value.path], "order": value.order}

    def own(source: TranslationSource, value: Any) -> Any:
        if isinstance(value, TemplateSegmentValue):
            return TemplateSegment(**common(source, value), template=templates[template_key(value)])
        if isinstance(value, RelatedObjectSegmentValue):
            return RelatedObjectSegment(**common(source, value), object_id=value.translation_key)
        if isinstance(value, OverridableSegmentValue):
            return OverridableSegment(**common(source, value), data_json=as_json(value.data))
        string = strings[source.locale_id, value.string.data]
        return StringSegment(**common(source, value), string=string, attrs=as_json(value.attrs))

    segments = [own(source, value) for source, value in found]
    for model in {type(segment) for segment in segments}:
        model.objects.bulk_create([row for row in segments if type(row) is model], batch_size=A_BATCH)


def as_json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)


def contexts_of(contents: Sequence[Content]) -> dict[tuple[UUID, str], TranslationContext]:
    """By object and path; the contexts of another language's source of the same object are used again."""
    keys = [instance.translation_key for instance, _segments in contents]
    found = {(row.object_id, row.path): row for row in TranslationContext.objects.filter(object_id__in=keys)}
    new = {}
    for instance, values in contents:
        for value in values:
            place = (instance.translation_key, value.path)
            if place not in found and place not in new:
                new[place] = new_context(instance, value.path)
    TranslationContext.objects.bulk_create(new.values(), batch_size=A_BATCH)
    return found | new


def new_context(instance: Any, path: str) -> TranslationContext:
    context = TranslationContext(
        object_id=instance.translation_key, path=path, path_id=TranslationContext._get_path_id(path)
    )
    context.save = lambda **kwargs: None  # type: ignore[method-assign]  # it is stored with all others
    context.get_field_path(instance)
    del context.save
    return context


def strings_of(values: Iterable[tuple[int, StringSegmentValue]]) -> dict[tuple[int, str], String]:
    wanted = {(locale, value.string.data): String._get_data_hash(value.string.data) for locale, value in values}

    def stored(hashes: Sequence[UUID]) -> Iterable[String]:
        return String.objects.filter(data_hash__in=hashes)

    def new(place: tuple[int, str]) -> String:
        return String(locale_id=place[0], data=place[1], data_hash=wanted[place])

    return complete(list(wanted), list(wanted.values()), stored, lambda row: (row.locale_id, row.data), new)


def template_key(value: TemplateSegmentValue) -> UUID:
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def templates_of(values: Iterable[TemplateSegmentValue]) -> dict[UUID, Template]:
    wanted = {template_key(value): value for value in values}

    def stored(keys: Sequence[UUID]) -> Iterable[Template]:
        return Template.objects.filter(uuid__in=keys)

    def new(key: UUID) -> Template:
        value = wanted[key]
        return Template(
            uuid=key, template=value.template, template_format=value.format, string_count=value.string_count
        )

    return complete(list(wanted), list(wanted), stored, lambda row: row.uuid, new)


def complete(
    wanted: Sequence[Any],
    hashes: Sequence[UUID],
    stored: Callable[[Sequence[UUID]], Iterable[Any]],
    key_of: Callable[[Any], Any],
    new: Callable[[Any], Any],
) -> dict[Any, Any]:
    """What is stored of the wanted rows, and the rest, which is stored now."""
    batches = [hashes[start : start + A_BATCH] for start in range(0, len(hashes), A_BATCH)]
    found = {key_of(row): row for batch in batches for row in stored(batch)}
    missing = {key: new(key) for key in wanted if key not in found}
    if missing:
        type(next(iter(missing.values())))._base_manager.bulk_create(missing.values(), batch_size=A_BATCH)
    return found | missing
