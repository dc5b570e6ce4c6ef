"""Home, list pages and pages about the site; their links name each other by slug."""

from collections.abc import Sequence

from dfs_pages.importers import schema
from dfs_pages.importers.markup import Blocks, PageId
from dfs_pages.importers.nodes import Node, node
from dfs_pages.models import HomePage, IndexPage, PlainPage

FILE = "pages.yaml"
HOME = "home"


def site_nodes(content: schema.PlainPages, page_id: PageId, below: dict[str, list[Node]]) -> Node:
    """The home page with all that stands below it; `below` gives the children of a list page, or more of the home's."""
    return node(
        HomePage,
        FILE,
        HOME,
        slug=HOME,
        title=content.home.title,
        seo_title=content.home.seo_title,
        lead=content.home.lead,
        body=body(HOME, content.home.body, page_id),
        children=[
            *(index_node(index, below.get(index.slug, [])) for index in content.indexes),
            *(plain_node(page, page_id) for page in content.pages),
            *below.get(HOME, []),
        ],
    )


def index_node(index: schema.ListPage, children: list[Node]) -> Node:
    return node(
        IndexPage,
        FILE,
        index.slug,
        slug=index.slug,
        title=index.title,
        summary=index.summary,
        show_in_menus=True,
        children=children,
    )


def plain_node(page: schema.PlainPage, page_id: PageId) -> Node:
    return node(
        PlainPage,
        FILE,
        page.slug,
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        body=body(page.slug, page.body, page_id),
    )


def body(owner: str, listed: Sequence[schema.Block], page_id: PageId) -> list:
    blocks = Blocks(f"{owner}/body", page_id)
    for block in listed:
        if block.heading:
            blocks.heading(block.heading)
        elif block.paragraph:
            blocks.paragraph(block.paragraph)
        elif block.items:
            blocks.list(block.items)
    return blocks.blocks
