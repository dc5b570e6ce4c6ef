"""Draws a document as HTML: a fragment for a page of the site, or a page that stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from dfs_mou.documents.document import (
    Block,
    BulletList,
    Clause,
    Document,
    Paragraph,
    SignatureLine,
    Span,
    Spans,
    Table,
)

STYLESHEET = Path(__file__).parent.parent / "static" / "dfs_mou" / "document.css"


def fragment(document: Document, *, heading_level: int = 1) -> str:
    """The document as one `<article>`; its headings start at `heading_level`."""
    return Drawing(document, heading_level).article()


def page(document: Document) -> str:
    """A whole page with its style inside, which needs no network."""
    labels = document.labels
    css = STYLESHEET.read_text(encoding="utf-8").replace("</", "<\\/")
    return (
        f'<!DOCTYPE html>\n<html class="mou-page" lang="{labels.tag}" dir="{labels.direction}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n"
        f'<meta name="dcterms.date" content="{document.date}">\n'
        f'<meta name="dcterms.identifier" content="sha256:{document.sha256}">\n'
        f"<style>\n{css}</style>\n</head>\n<body>\n<main>\n{fragment(document)}</main>\n</body>\n</html>\n"
    )


class Drawing:
    """`prefix` stands before every identity, where two texts are on one page."""

    def __init__(self, document: Document, heading_level: int, prefix: str = "") -> None:
        self.document = document
        self.prefix = prefix
        self.labels = document.labels
        self.heading_level = heading_level

    def article(self) -> str:
        document, labels = self.document, self.labels
        return (
            f'<article class="mou-document" lang="{labels.tag}" dir="{labels.direction}">\n'
            f"{self._head()}{self._contents()}"
            f"{''.join(self._top(top) for top in document.tops)}"
            f'<footer class="mou-footer"><p>{escape(labels.notice)}</p>'
            f"<p>{escape(document.footer)}</p></footer>\n</article>\n"
        )

    def sections(self) -> Iterator[tuple[str, str]]:
        """The cover under the empty key, then every clause and annex under its own."""
        yield "", self._head()
        for top in self.document.tops:
            yield top.key, self._top(top)

    def _head(self) -> str:
        document = self.document
        draft = f'<p class="mou-draft">{escape(self.labels.draft)}</p>\n' if document.is_draft else ""
        cover = document.cover
        title = cover.title if cover else document.title
        identity = f' id="{self.prefix}{escape(cover.key)}"' if cover else ""
        heading = self.heading(0, escape(title))
        blocks = self.blocks(cover.blocks) if cover else ""
        return f'<header class="mou-cover"{identity}>\n{draft}{heading}{blocks}</header>\n'

    def heading(self, deeper: int, inner: str) -> str:
        level = min(self.heading_level + deeper, 6)
        return f"<h{level}>{inner}</h{level}>\n"

    def _contents(self) -> str:
        entries = "".join(
            f'<li><a href="#{self.prefix}{escape(top.key)}">{self.label_of(top)}{escape(top.title)}</a></li>\n'
            for top in self.document.tops
            if top.title
        )
        title = escape(self.labels.contents)
        return (
            f'<nav class="mou-contents" aria-label="{title}">\n{self.heading(1, title)}'
            f'<ol role="list">\n{entries}</ol>\n</nav>\n'
        )

    def label_of(self, clause: Clause) -> str:
        if not clause.label:
            return ""
        return f'<span class="mou-label">{escape(clause.label)}</span>{clause.separator}'

    def _top(self, top: Clause) -> str:
        reference = f' data-reference="{escape(top.reference)}"' if top.reference else ""
        heading = self.heading(1, f"{self.label_of(top)}{escape(top.title)}") if top.title else ""
        return (
            f'<section class="mou-{top.role}" id="{self.prefix}{escape(top.key)}"{reference}>\n'
            f"{heading}{self.note(top)}{self.blocks(top.blocks)}{self._parts(top.clauses)}</section>\n"
        )

    def note(self, clause: Clause) -> str:
        """What stands before the text of a clause; nothing in a document."""
        return ""

    def _parts(self, parts: tuple[Clause, ...]) -> str:
        if not parts:
            return ""
        if parts[0].role == "signature":
            signatures = "".join(self._signature(part) for part in parts)
            return f'<div class="mou-signatures">\n{signatures}</div>\n'
        items = "".join(self._part(part) for part in parts)
        return f'<ol class="mou-parts mou-{parts[0].style.replace("_", "-")}" role="list">\n{items}</ol>\n'

    def _part(self, part: Clause) -> str:
        title = f'<p class="mou-part-title">{escape(part.title)}</p>\n' if part.title else ""
        return (
            f'<li id="{self.prefix}{escape(part.key)}">{self.label_of(part)}<div>\n{title}'
            f"{self.note(part)}{self.blocks(part.blocks)}{self._parts(part.clauses)}</div></li>\n"
        )

    def _signature(self, part: Clause) -> str:
        """What is above the line, the line, and what is below: three rows that stand level side by side."""
        at = next(i for i, block in enumerate(part.blocks) if isinstance(block, SignatureLine))
        above, line, below = part.blocks[:at], part.blocks[at], part.blocks[at + 1 :]
        return (
            f'<div class="mou-signature" id="{self.prefix}{escape(part.key)}">\n<div>{self.blocks(above)}</div>\n'
            f"{self._block(line)}<div>{self.blocks(below)}</div>\n</div>\n"
        )

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        return "".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return f"<p>{self._spans(block.spans)}</p>\n"
        if isinstance(block, BulletList):
            items = "".join(f"<li>{self._spans(item)}</li>\n" for item in block.items)
            return f'<ul class="mou-list">\n{items}</ul>\n'
        if isinstance(block, SignatureLine):
            return f'<p class="mou-signature-line">{escape(block.label)}</p>\n'
        return self._table(block)

    def _table(self, table: Table) -> str:
        header = "".join(f'<th scope="col">{escape(text)}</th>' for text in table.header)
        rows = "".join(
            f'<tr><th scope="row">{self._spans(row[0])}</th>'
            + "".join(f"<td>{self._spans(cell)}</td>" for cell in row[1:])
            + "</tr>\n"
            for row in table.rows
        )
        return (
            f'<div class="mou-table" role="region" aria-label="{escape(table.caption)}" tabindex="0">\n'
            f"<table>\n<caption>{escape(table.caption)}</caption>\n<thead><tr>{header}</tr></thead>\n"
            f"<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
        )

    def _spans(self, spans: Spans) -> str:
        return "".join(self._span(span) for span in spans)

    def _span(self, span: Span) -> str:
        text = escape(span.text)
        if span.kind == "break":
            return "<br>\n"
        if span.kind == "reference":
            return f'<a href="#{self.prefix}{escape(span.key)}">{text}</a>'
        if span.kind == "value":
            return f'<bdi class="mou-value">{text}</bdi>'
        if span.kind == "blank":
            hint = escape(f"{span.hint}, {self.labels.placeholder}")
            return f'<span class="mou-blank" title="{hint}">{text}</span>'
        return f"<strong>{text}</strong>" if span.bold else text
