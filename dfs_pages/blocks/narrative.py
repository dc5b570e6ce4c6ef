"""What running text is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from dfs_pages import rich_text
from dfs_pages.blocks.table import Table


class Hint(blocks.StructBlock):
    kind = blocks.ChoiceBlock(choices=[("note", _("Note")), ("warning", _("Warning"))], default="note", label=_("Kind"))
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    text = blocks.RichTextBlock(features=rich_text.TEXT, label=_("Text"))

    class Meta:
        icon = "help"
        label = _("Hint")
        template = "dfs_pages/blocks/hint.html"


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
        template = "dfs_pages/blocks/quote.html"


class Detail(blocks.StreamBlock):
    """What explains a single statement: no headings, so that it fits below one."""

    paragraph = blocks.RichTextBlock(
        features=rich_text.TEXT, label=_("Paragraph"), icon="pilcrow", template="dfs_pages/blocks/paragraph.html"
    )
    list = blocks.ListBlock(
        blocks.RichTextBlock(features=rich_text.INLINE, label=_("Item")),
        label=_("List"),
        icon="list-ul",
        template="dfs_pages/blocks/list.html",
    )
    hint = Hint()
    definitions = blocks.ListBlock(
        Definition(), label=_("Definitions"), icon="openquote", template="dfs_pages/blocks/definitions.html"
    )
    quote = Quote()
    table = Table()

    class Meta:
        required = False


class Narrative(Detail):
    heading = blocks.CharBlock(
        max_length=200, label=_("Heading"), icon="title", template="dfs_pages/blocks/heading.html"
    )

    class Meta:
        required = False
