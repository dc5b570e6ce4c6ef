"""Brings the tree of pages from what is to what is wanted, and leaves alone what an editor changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from dfs_pages.importers.nodes import Node
from dfs_workflow.importers.report import Report
from dfs_workflow.importers.stored import DELETED, EDITED, Stored, adopt, changes
from dfs_workflow.importers.tree import create_pages, update_page

LARGEST_STEP = 60  # pages written at once, so that the progress bar moves


@dataclass
class Placing:
    stored: Stored
    report: Report
    advance: Callable[[int], Any]
    by: Any = None

    def place(self, node: Node, parent: Page) -> Page | None:
        row = self.stored.get(node.page)
        if row is not None:
            self.compare(row, node)
        elif self.stored.was_deleted(node.page):
            self.report.left_alone += [(str(gone.page), DELETED) for gone in walk(node)]
            return None
        else:
            row = self.create(node, parent)
        for child in node.children:
            self.place(child, row)
        return row

    def compare(self, row: Any, node: Node) -> None:
        self.advance(1)
        if not changes(row, node.page):
            self.report.unchanged += 1
        elif self.stored.was_edited(row):
            self.report.left_alone.append((str(row), EDITED))
        else:
            adopt(row, node.page)
            update_page(row, by=self.by)
            self.report.changed.append(str(row))

    def create(self, node: Node, parent: Page) -> Page:
        """With all that is below it, if that isn't much; what is created is then found by `place`."""
        together = [node]
        if all(self.is_new(below) for below in walk(node)) and sum(1 for _ in walk(node)) <= LARGEST_STEP:
            together = list(walk(node))
            specs = spec(node)
        else:
            specs = (node.page, [])
        create_pages(parent, [specs], by=self.by)
        for created in together:
            self.report.created.append(str(created.page))
            self.stored.rows[created.page.translation_key] = created.page
        self.advance(len(together))
        node.children = [] if len(together) > 1 else node.children
        return node.page

    def is_new(self, node: Node) -> bool:
        return self.stored.get(node.page) is None and not self.stored.was_deleted(node.page)


def spec(node: Node) -> tuple[Page, list[Any]]:
    return node.page, [spec(child) for child in node.children]


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from walk(child)
