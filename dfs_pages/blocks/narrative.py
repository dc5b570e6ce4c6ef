"""What running text is made of. `Detail` explains one statement, `Narrative` fills a page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from dfs_pages import rich_text
from dfs_pages.blocks.choosers import StatementReference
from dfs_pages.blocks.parts import (
    PREVIEW,
    Card,
    Code,
    Definition,
    Figure,
    File,
    Footnote,
    Hint,
    PageLink,
    Quote,
)
from dfs_pages.blocks.pasted import split_pasted
from dfs_pages.blocks.table import Table
from dfs_workflow.read_once import text_of


def running_text(features: list[str]) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(
        features=features,
        label=_("Paragraph"),
        icon="pilcrow",
        template="dfs_pages/blocks/paragraph.html",
        preview_template=PREVIEW,
        preview_value="<p>Running text with <b>emphasis</b>, lists and links.</p>",
    )


class Detail(blocks.StreamBlock):
    """What explains a single statement: no headings, so that it fits below one."""

    paragraph = running_text(rich_text.TEXT)
    list = blocks.ListBlock(
        blocks.RichTextBlock(features=rich_text.INLINE, label=_("Item")),
        label=_("List"),
        icon="list-ul",
        template="dfs_pages/blocks/list.html",
        preview_template=PREVIEW,
        preview_value=["<p>First point</p>", "<p>Second point</p>"],
    )
    hint = Hint()
    definitions = blocks.ListBlock(
        Definition(),
        label=_("Definitions"),
        icon="openquote",
        template="dfs_pages/blocks/definitions.html",
        preview_template=PREVIEW,
        preview_value=[{"term": "Churn", "text": "<p>A number given to a new customer.</p>"}],
    )
    quote = Quote()
    table = Table()
    code = Code()
    figure = Figure()
    file = File()

    class Meta:
        required = False


class Opening(blocks.StructBlock):
    """Opens and closes on the screen without a script; printed open."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    content = Detail(label=_("Text"))

    class Meta:
        icon = "collapse-down"
        label = _("Expandable")
        description = _("Text that a reader opens when it is needed. Printed in full.")
        template = "dfs_pages/blocks/expandable.html"
        preview_template = PREVIEW
        preview_value = {
            "title": "Why several factors?",
            "content": [{"type": "paragraph", "value": "<p>Because …</p>"}],
        }


class Tab(Opening):
    class Meta:
        icon = "tablet-alt"
        label = _("Tab")
        template = "dfs_pages/blocks/tab.html"


class Step(blocks.StructBlock):
    title = blocks.CharBlock(required=False, max_length=200, label=_("What to do"))
    content = Detail(label=_("How"))

    class Meta:
        icon = "list-ol"
        label = _("Step")
        template = "dfs_pages/blocks/step.html"


class Narrative(Detail):
    paragraph = running_text(rich_text.WITH_HEADINGS)
    heading = blocks.CharBlock(
        max_length=200,
        label=_("Heading"),
        icon="title",
        template="dfs_pages/blocks/heading.html",
        preview_template=PREVIEW,
        preview_value="How fraud begins",
    )
    subheading = blocks.CharBlock(
        max_length=200,
        label=_("Heading below a heading"),
        icon="h3",
        template="dfs_pages/blocks/subheading.html",
        preview_template=PREVIEW,
        preview_value="On the network",
    )
    steps = blocks.ListBlock(
        Step(),
        label=_("Steps"),
        icon="list-ol",
        description=_("What to do, in order. The numbers come by themselves."),
        template="dfs_pages/blocks/steps.html",
        preview_template=PREVIEW,
        preview_value=[{"title": "Stop the transaction", "content": []}, {"title": "Call the customer", "content": []}],
    )
    expandable = Opening()
    tabs = blocks.ListBlock(
        Tab(),
        label=_("Tabs"),
        icon="tablet-alt",
        description=_("The same for several readers or systems, one open at a time. Printed one after the other."),
        template="dfs_pages/blocks/tabs.html",
        preview_template=PREVIEW,
        preview_value=[{"title": "Operators", "content": []}, {"title": "Providers", "content": []}],
    )
    cards = blocks.ListBlock(
        Card(),
        label=_("Cards"),
        icon="grid",
        description=_("Short texts that each lead somewhere."),
        template="dfs_pages/blocks/cards.html",
        preview_template=PREVIEW,
        preview_value=[
            {"title": "Contribute", "text": "Propose a change.", "page": None, "url": "https://dfs.example/"}
        ],
    )
    page_link = PageLink()
    recommendation = StatementReference(
        max_length=40,
        label=_("Recommendation, by its reference"),
        icon="check",
        description=_("Shows the reference and title of a recommendation, in the language of the reader."),
        preview_template=PREVIEW,
        preview_value="SIM-MNO-03",
    )
    control = StatementReference(
        max_length=40,
        label=_("Control, by its reference"),
        icon="tasks",
        description=_("Shows the reference and title of a control, in the language of the reader."),
        preview_template=PREVIEW,
        preview_value="SAF-053",
    )
    footnote = Footnote()

    class Meta:
        required = False

    def get_searchable_content(self, value: Any) -> list[str]:
        return text_of(value, super().get_searchable_content)

    def clean(self, value: Any) -> blocks.StreamValue:
        return blocks.StreamValue(self, split_pasted(super().clean(value), self.child_blocks))
