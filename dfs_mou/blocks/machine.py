"""Blocks whose values are for the machine: never sent to translators, never overwritten by them."""

from typing import Any

from wagtail import blocks


class Untranslated:
    """wagtail-localize asks a block for its segments; these have none, so a translation keeps the source's value."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        return []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        return value


class KeyBlock(Untranslated, blocks.CharBlock):
    pass


class UntranslatedStreamBlock(Untranslated, blocks.StreamBlock):
    pass
