"""The parts of running text that have more than one field. Each prints, and reads in both directions."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from dfs_pages import rich_text
from dfs_pages.blocks.choosers import DocumentById, ImageById, PageById
from dfs_pages.blocks.fixed import FixedLinesBlock, FixedTextBlock

PREVIEW = "dfs_pages/blocks/preview.html"


class Hint(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[
            ("note", _("Note")),
            ("success", _("Good practice")),
            ("warning", _("Warning")),
            ("danger", _("Danger")),
        ],
        default="note",
        label=_("Kind"),
    )
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    text = blocks.RichTextBlock(features=rich_text.TEXT, label=_("Text"))

    class Meta:
        icon = "help"
        label = _("Hint")
        description = _("A remark beside the text: a note, a good practice, a warning or a danger.")
        template = "dfs_pages/blocks/hint.html"
        preview_template = PREVIEW
        preview_value = {"kind": "warning", "title": "Before you start", "text": "<p>Tell the operators first.</p>"}


class Definition(blocks.StructBlock):
    term = blocks.CharBlock(max_length=200, label=_("Term"))
    text = blocks.RichTextBlock(features=rich_text.INLINE, label=_("What it means"))

    class Meta:
        icon = "openquote"
        label = _("Definition")
        template = "dfs_pages/blocks/definition.html"


class Quote(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words quoted"))
    source = blocks.CharBlock(required=False, max_length=300, label=_("Source"))
    url = blocks.URLBlock(required=False, label=_("Address of the source"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("The words of somebody else, with their source.")
        template = "dfs_pages/blocks/quote.html"
        preview_template = PREVIEW
        preview_value = {"text": "Words of a report.", "source": "A report, 2021", "url": ""}


class Code(blocks.StructBlock):
    """Never translated: what a machine reads is the same in all languages."""

    title = blocks.CharBlock(required=False, max_length=200, label=_("Title"))
    language = FixedTextBlock(required=False, max_length=30, label=_("Computer language"))
    code = FixedLinesBlock(label=_("Code"))

    class Meta:
        icon = "code"
        label = _("Code")
        description = _("Commands or settings, as they are typed. Always read from left to right.")
        template = "dfs_pages/blocks/code.html"
        preview_template = PREVIEW
        preview_value = {"title": "Ask for the state", "language": "sh", "code": "curl https://dfs.example/health/"}


class Figure(blocks.StructBlock):
    image = ImageById(label=_("Image"))
    alt_text = blocks.CharBlock(
        max_length=400,
        required=False,
        label=_("What it shows"),
        help_text=_("In words. Empty only if it is decoration."),
    )
    caption = blocks.CharBlock(max_length=400, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Figure")
        description = _("An image with words for who can't see it, and a caption.")
        template = "dfs_pages/blocks/figure.html"
        preview_template = PREVIEW
        preview_value = {"image": None, "alt_text": "", "caption": "How a SIM swap is checked"}


class File(blocks.StructBlock):
    file = DocumentById(label=_("File"))
    title = blocks.CharBlock(
        max_length=200, label=_("Words of the link"), help_text=_("Say what it is and its format.")
    )

    class Meta:
        icon = "doc-full"
        label = _("File")
        description = _("A document to download.")
        template = "dfs_pages/blocks/file.html"
        preview_template = PREVIEW
        preview_value = {"file": None, "title": "Audit form (XLSX)"}


class Footnote(blocks.StructBlock):
    mark = FixedTextBlock(
        max_length=10, label=_("Mark"), help_text=_("A number or letter. Write [^1] in the text where 1 is meant.")
    )
    text = blocks.RichTextBlock(features=rich_text.INLINE, label=_("Footnote"))

    class Meta:
        icon = "superscript"
        label = _("Footnote")
        description = _("Linked in both directions with its mark in the text above it.")
        template = "dfs_pages/blocks/footnote.html"
        preview_template = PREVIEW
        preview_value = {"mark": "1", "text": "<p>Counted at the end of 2025.</p>"}


class Card(blocks.StructBlock):
    title = blocks.CharBlock(max_length=200, label=_("Title"))
    text = blocks.TextBlock(required=False, label=_("Text"))
    page = PageById(required=False, label=_("Page it leads to"))
    url = blocks.URLBlock(required=False, max_length=500, label=_("Or an address elsewhere"))

    class Meta:
        icon = "grid"
        label = _("Card")
        template = "dfs_pages/blocks/card.html"


class PageLink(blocks.StructBlock):
    page = PageById(label=_("Page"))
    title = blocks.CharBlock(
        max_length=200, required=False, label=_("Words of the link"), help_text=_("Its title, if empty.")
    )

    class Meta:
        icon = "link"
        label = _("Page link")
        description = _("A line of its own that leads to another page, in the language of the reader.")
        template = "dfs_pages/blocks/page_link.html"
        preview_template = PREVIEW
        preview_value = {"page": None, "title": "How to contribute"}
