"""A condition as an editor builds it: rows that must all hold, each one test or several of which one suffices."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.compare import BlockComparison, diff_text

from dfs_mou.blocks.machine import KeyBlock, UntranslatedStreamBlock

OPERATORS = [
    ("eq", _("is")),
    ("ne", _("is not")),
    ("in", _("is one of")),
    ("not_in", _("is none of")),
    ("set", _("is ticked or filled")),
    ("unset", _("is not ticked or filled")),
]


class TestComparison(BlockComparison):  # type: ignore[misc]
    """Two versions of a test beside each other, in one line of words; Wagtail compares keys, field by field."""

    def htmlvalue(self, val: Mapping[str, Any]) -> Any:
        return escape(in_words(val))

    def htmldiff(self) -> Any:
        return diff_text(in_words(self.val_a), in_words(self.val_b)).to_html()


def in_words(test: Mapping[str, Any]) -> str:
    operator = str(dict(OPERATORS).get(test["operator"], test["operator"]))
    return " ".join(filter(None, [test["variable"], operator, test["value"]]))


class TestBlock(blocks.StructBlock):
    __test__ = False  # a test of an answer, not of this program

    variable = KeyBlock(max_length=64, label=_("Question"), help_text=_("The key of the question, as in “binding”."))
    operator = blocks.ChoiceBlock(choices=OPERATORS, default="eq", label=_("Test"))
    value = KeyBlock(
        required=False,
        max_length=500,
        label=_("Value"),
        help_text=_("For “is one of”: values separated by commas. Empty for “is ticked or filled”."),
    )

    def get_comparison_class(self) -> type[TestComparison]:
        return TestComparison

    class Meta:
        icon = "help"
        label = _("The answer")
        label_format = "{variable} {operator} {value}"


class ConditionRowsBlock(UntranslatedStreamBlock):
    test = TestBlock()
    any_of = blocks.ListBlock(TestBlock(), label=_("One of these suffices"), icon="list-ul")

    class Meta:
        required = False
        label = _("Condition")
        help_text = _("Printed only if every row holds. No row: always.")
