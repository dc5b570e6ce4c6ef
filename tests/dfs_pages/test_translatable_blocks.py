"""No text of any StreamField may be left out of translation without anybody noticing."""

import uuid

import pytest
from django.apps import apps
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter
from wagtail_localize.strings import StringValue

from dfs_pages.blocks import CodesBlock, FixedTextBlock

APPS = ("dfs_pages", "dfs_workflow", "dfs_mou")
# What is the same in all languages by intention.
FIXED = (
    blocks.URLBlock,
    blocks.EmailBlock,
    blocks.ChoiceBlock,
    blocks.MultipleChoiceBlock,
    blocks.BooleanBlock,
    blocks.IntegerBlock,
    blocks.DateBlock,
    CodesBlock,
    FixedTextBlock,
)


def stream_fields():
    for model in apps.get_models():
        if model._meta.app_label in APPS:
            for field in model._meta.local_fields:
                if isinstance(field, StreamField):
                    yield model, field


def is_translated(model, field):
    found = next((f for f in get_translatable_fields(model) if f.field_name == field.name), None)
    assert found is not None, f"{model.__name__}.{field.name} is neither translated nor the same in all languages"
    return found.is_translated(None)


def stored(block):
    """A stored value with something in every place, and the number of texts that a translator must be offered."""
    if hasattr(block, "get_translatable_segments"):  # says itself that it is the same in all languages
        return sample(block), 0
    if isinstance(block, FIXED):
        return sample(block), 0
    if isinstance(block, blocks.BaseStructBlock):
        parts = {name: stored(child) for name, child in block.child_blocks.items()}
        return {name: value for name, (value, _count) in parts.items()}, sum(count for _value, count in parts.values())
    if isinstance(block, blocks.ListBlock):
        items = [stored(block.child_block) for _number in range(2)]
        return [{"type": "item", "value": v, "id": str(uuid.uuid4())} for v, _c in items], sum(c for _v, c in items)
    if isinstance(block, blocks.BaseStreamBlock):
        parts = [(name, *stored(child)) for name, child in block.child_blocks.items()]
        values = [{"type": name, "value": value, "id": str(uuid.uuid4())} for name, value, _count in parts]
        return values, sum(count for _name, _value, count in parts)
    if isinstance(block, blocks.RichTextBlock):
        return "<p>A text</p>", 1
    assert isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.BlockQuoteBlock), (
        f"{block!r}: say which it is"
    )
    return "A text", 1


def sample(block):
    if isinstance(block, CodesBlock):
        return ["mno"]
    if isinstance(block, blocks.ChoiceBlock):
        return next(value for value, _label in block.field.choices if value)
    if isinstance(block, blocks.ChooserBlock):
        return None
    if isinstance(block, blocks.URLBlock):
        return "https://www.itu.int/"
    return block.get_prep_value(block.get_default())


FIELDS = [pytest.param(m, f, id=f"{m.__name__}.{f.name}") for m, f in stream_fields() if is_translated(m, f)]


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_every_text_is_offered_to_translators_and_comes_back(model, field):
    raw, count = stored(field.stream_block)
    value = field.to_python(raw)
    segments = StreamFieldSegmentExtractor(field).handle_stream_block(value)
    texts = [segment for segment in segments if isinstance(segment, StringSegmentValue)]
    assert len(texts) == count > 0
    translated = [
        StringSegmentValue(s.path, StringValue(f"tr{i}"), attrs=s.attrs, order=s.order)
        if isinstance(s, StringSegmentValue)
        else s
        for i, s in enumerate(segments)
    ]
    result = StreamFieldSegmentsWriter(field, None, None).handle_stream_block(value, translated)
    assert str(field.get_prep_value(result)).count("tr") >= count
    assert "A text" not in str(field.get_prep_value(result))


def test_the_walk_meets_the_fields_of_all_pages():
    names = {f"{model.__name__}.{field.name}" for model, field in stream_fields()}
    assert {"ChapterPage.body", "RecommendationPage.detail", "ThreatPage.risks", "ControlPage.outcomes"} <= names


def test_a_nesting_that_wagtail_localize_would_skip_is_noticed():
    """Its own known gap: a struct directly in a struct above a list."""
    inner = blocks.StructBlock([("points", blocks.ListBlock(blocks.CharBlock()))])
    field = StreamField([("outer", blocks.StructBlock([("inner", inner)]))])
    raw, count = stored(field.stream_block)
    segments = StreamFieldSegmentExtractor(field).handle_stream_block(field.to_python(raw))
    assert len(segments) < count


def test_every_struct_that_readers_meet_has_a_template():
    """Without one it prints itself, with an address that differs on each request."""

    def walk(block):
        if isinstance(block, blocks.BaseStructBlock):
            assert block.meta.template, block
        for child in getattr(block, "child_blocks", {}).values():
            walk(child)
        if isinstance(block, blocks.ListBlock):
            walk(block.child_block)

    for model, field in stream_fields():
        if model._meta.app_label == "dfs_pages":
            walk(field.stream_block)


def test_every_slug_is_the_same_in_all_languages():
    for model in apps.get_models():
        if issubclass(model, Page) and model._meta.app_label in APPS:
            slug = next(field for field in get_translatable_fields(model) if field.field_name == "slug")
            assert not slug.is_translated(None) and not slug.overridable, model
