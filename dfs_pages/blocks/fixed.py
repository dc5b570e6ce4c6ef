"""Values inside a translatable block that are the same in every language."""

from wagtail import blocks

from dfs_workflow.fields import CodesFormField


class FixedTextBlock(blocks.CharBlock):
    """A code or number: never offered to translators."""

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value


class FixedLinesBlock(blocks.TextBlock):
    """Several lines that a machine reads."""

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value


class CodesBlock(blocks.FieldBlock):
    """A list of codes of the catalogue, such as "mno, dfs_provider"."""

    def __init__(self, required=False, help_text=None, **kwargs):
        self.field = CodesFormField(required=required, help_text=help_text)
        super().__init__(**kwargs)

    def get_default(self):
        return []

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value

    class Meta:
        default = []
        icon = "tag"
