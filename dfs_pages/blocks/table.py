"""A table whose cells are blocks with identities of their own, so that each can be translated and a row moved."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from dfs_pages import rich_text


class Row(blocks.StructBlock):
    cells = blocks.ListBlock(
        blocks.RichTextBlock(features=rich_text.INLINE, required=False, label=_("Cell")), label=_("Cells")
    )

    class Meta:
        icon = "list-ul"
        label = _("Row")
        template = "dfs_pages/blocks/row.html"


class Table(blocks.StructBlock):
    caption = blocks.CharBlock(
        max_length=250, label=_("Caption"), help_text=_("Says what the table shows. Read aloud before the cells.")
    )
    columns = blocks.ListBlock(blocks.CharBlock(max_length=120, label=_("Heading")), label=_("Headings of the columns"))
    row_headings = blocks.BooleanBlock(required=False, default=True, label=_("The first cell of a row is its heading"))
    rows = blocks.ListBlock(Row(), label=_("Rows"))

    def clean(self, value):
        result = super().clean(value)
        width = len(result["columns"])
        if any(len(row["cells"]) != width for row in result["rows"]):
            message = _("Give every row as many cells as there are columns: %(width)s.") % {"width": width}
            raise StructBlockValidationError(block_errors={"rows": ValidationError(message)})
        return result

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("With a caption and headings, which are read aloud with each cell.")
        template = "dfs_pages/blocks/table.html"
        preview_template = "dfs_pages/blocks/preview.html"
        preview_value = {
            "caption": "Who does what",
            "columns": ["Step", "Who"],
            "row_headings": True,
            "rows": [{"cells": ["<p>Stop</p>", "<p>Provider</p>"]}],
        }
