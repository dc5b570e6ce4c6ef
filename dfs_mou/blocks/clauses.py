"""Sub-clauses: blocks with a key of their own that comments, conditions and redlines can name."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from dfs_mou.blocks.conditions import ConditionRowsBlock
from dfs_mou.blocks.machine import KeyBlock

CLAUSE_TEXT_FEATURES = ["bold", "mou-var", "mou-ref"]
KINDS = [
    ("mandatory", _("Mandatory")),
    ("optional", _("Optional")),
    ("alternative", _("Alternative")),
]
READ = ("title", "body", "guidance", "clauses")
NUMBERINGS = [
    ("decimal", _("1.1, 1.2")),
    ("lower_alpha", _("(a), (b)")),
    ("upper_alpha", _("(A), (B)")),
    ("parenthesised_decimal", _("(1), (2)")),
    ("none", _("without numbers")),
]


class ItemBlock(blocks.StructBlock):
    key = KeyBlock(
        max_length=64,
        label=_("Key"),
        help_text=_("Small letters, digits and hyphens. Permanent: it can't be changed later."),
    )
    title = blocks.CharBlock(required=False, max_length=255, label=_("Title"))
    body = blocks.RichTextBlock(required=False, features=CLAUSE_TEXT_FEATURES, label=_("Text"))
    kind = blocks.ChoiceBlock(choices=KINDS, default="mandatory", label=_("Kind"))
    alternatives_group = KeyBlock(
        required=False,
        max_length=64,
        label=_("Group of alternatives"),
        help_text=_("Exactly one clause of a group is printed."),
    )
    condition = ConditionRowsBlock()
    default_included = blocks.BooleanBlock(required=False, default=True, label=_("Kept unless somebody leaves it out"))
    requires = KeyBlock(
        required=False, max_length=500, label=_("Requires"), help_text=_("Optional clauses that are printed with it.")
    )
    guidance = blocks.TextBlock(required=False, label=_("Guidance"), help_text=_("For drafters; never printed."))
    itu_reference = KeyBlock(required=False, max_length=500, label=_("ITU source"))

    def get_searchable_content(self, value: Any) -> list[Any]:
        """What readers read; keys, kinds and numberings would stand in the excerpts of a search."""
        blocks_read = [(name, self.child_blocks[name]) for name in READ if name in self.child_blocks]
        return [words for name, block in blocks_read for words in block.get_searchable_content(value.get(name))]

    class Meta:
        icon = "list-ol"
        label = _("Item")
        label_format = "{key}"
        template = "dfs_mou/blocks/clause_part.html"


class ItemsBlock(blocks.StreamBlock):
    item = ItemBlock()

    class Meta:
        required = False
        label = _("Items")


class SubClauseBlock(ItemBlock):
    numbering = blocks.ChoiceBlock(choices=NUMBERINGS, default="lower_alpha", label=_("Numbers of its items"))
    clauses = ItemsBlock()

    class Meta:
        label = _("Sub-clause")
