"""What a load stores in bulk of the texts of an object is what wagtail-localize itself stores of it."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)

OWN = {
    StringSegment: ("string__data", "string__data_hash", "string__locale", "attrs"),
    TemplateSegment: ("template__uuid", "template__template", "template__template_format", "template__string_count"),
    RelatedObjectSegment: ("object", "object__content_type"),
    OverridableSegment: ("data_json",),
}


def stored(source):
    fields = ("object", "object__content_type", "locale", "specific_content_type", "object_repr", "schema_version")
    found = {"source": TranslationSource.objects.filter(pk=source.pk).values_list(*fields, "content_json").get()}
    for model, own in OWN.items():
        rows = model.objects.filter(source=source)
        found[model] = sorted(
            map(str, rows.values_list("context__path", "context__field_path", "context__path_id", "order", *own))
        )
    return found


def test_a_source_of_each_type_is_stored_as_the_library_stores_it(content):
    kinds = ContentType.objects.filter(pk__in=TranslationSource.objects.values("specific_content_type"))
    assert len(kinds) >= 8
    seen = set()
    for kind in kinds:
        sources = TranslationSource.objects.filter(specific_content_type=kind)
        source = sources.annotate(size=Count("stringsegment")).order_by("-size").first()
        in_bulk = stored(source)
        seen |= {model for model in OWN if in_bulk[model]}
        for model in OWN:
            model.objects.filter(source=source).delete()
        TranslationContext.objects.filter(object=source.object_id).update(field_path="")
        TranslationSource.objects.filter(pk=source.pk).update(content_json="{}")
        again, _created = TranslationSource.update_or_create_from_instance(source.get_source_instance())
        assert again.pk == source.pk
        assert stored(source) == in_bulk
    assert seen >= {StringSegment, TemplateSegment}
