"""Draws a document in two languages as HTML: two columns where there is room, one below the other where not."""

from __future__ import annotations

from html import escape
from itertools import groupby

from dfs_mou.documents.bilingual import Bilingual, Row, signature_blocks
from dfs_mou.documents.document import Clause
from dfs_mou.documents.html import STYLESHEET, Drawing


def page(pair: Bilingual) -> str:
    """A whole page with its style inside, which needs no network."""
    labels = pair.first.labels
    css = STYLESHEET.read_text(encoding="utf-8").replace("</", "<\\/")
    return (
        f'<!DOCTYPE html>\n<html class="mou-page" lang="{labels.tag}" dir="{labels.direction}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(pair.title)}</title>\n"
        f'<meta name="dcterms.date" content="{pair.first.date}">\n'
        f'<meta name="dcterms.identifier" content="sha256:{pair.sha256}">\n'
        f"<style>\n{css}</style>\n</head>\n<body>\n<main>\n{fragment(pair)}</main>\n</body>\n</html>\n"
    )


def fragment(pair: Bilingual, *, heading_level: int = 1) -> str:
    return _Columns(pair, heading_level).article()


class _Columns:
    def __init__(self, pair: Bilingual, heading_level: int) -> None:
        self.pair = pair
        prefixes = ("", f"{pair.second.language}-")
        self.drawings = [
            Drawing(document, heading_level, prefix) for document, prefix in zip(pair.documents, prefixes, strict=True)
        ]

    def article(self) -> str:
        rows = "".join(
            self._group(show, list(group)) for show, group in groupby(self.pair.rows(), lambda row: row.show)
        )
        notices = self._row(
            [
                f"<p>{escape(document.labels.notice)}</p>\n<p>{escape(self.pair.footer_of(document))}</p>\n"
                for document in self.pair.documents
            ]
        )
        return (
            f'<article class="mou-document mou-bilingual">\n{rows}'
            f'<footer class="mou-footer">{notices}</footer>\n</article>\n'
        )

    def _group(self, show: str, rows: list[Row]) -> str:
        if show == "contents":
            return self._contents(rows)
        return "".join(self._drawn(row) for row in rows)

    def _contents(self, rows: list[Row]) -> str:
        columns = []
        for side, drawing in enumerate(self.drawings):
            tops = [row.cells[side] for row in rows]
            title = escape(drawing.labels.contents)
            entries = "".join(f"<li>{self._entry(top, drawing)}</li>\n" for top in tops if top)
            columns.append(
                f'<nav class="mou-contents" aria-label="{title}">\n{drawing.heading(1, title)}'
                f'<ol role="list">\n{entries}</ol>\n</nav>\n'
            )
        return self._row(columns)

    def _entry(self, top: Clause, drawing: Drawing) -> str:
        text = f"{drawing.label_of(top)}{escape(top.title)}"
        return f'<a href="#{drawing.prefix}{escape(top.key)}">{text}</a>'

    def _drawn(self, row: Row) -> str:
        cells = [
            self._cell(row, cell, drawing) if cell else ""
            for cell, drawing in zip(row.cells, self.drawings, strict=True)
        ]
        return self._row(cells, f"mou-row-{row.show}")

    def _row(self, cells: list[str], name: str = "") -> str:
        columns = []
        for side in self.pair.sides:
            labels = self.pair.documents[side].labels
            columns.append(f'<div lang="{labels.tag}" dir="{labels.direction}">\n{cells[side]}</div>\n')
        return f'<div class="mou-pair {name}">\n{"".join(columns)}</div>\n'

    def _cell(self, row: Row, clause: Clause, drawing: Drawing) -> str:
        identity = f' id="{drawing.prefix}{escape(clause.key)}"'
        if row.show == "cover":
            return self._cover(clause, drawing)
        if row.show == "heading":
            inner = f"{drawing.label_of(clause)}{escape(clause.title)}"
            return f"<div{identity}>{drawing.heading(1, inner) if clause.title else ''}</div>\n"
        if row.show == "text":
            return drawing.blocks(clause.blocks)
        if row.show in ("above", "line"):
            mark = identity if row.show == "above" else ""
            return f"<div{mark}>{drawing.blocks(signature_blocks(clause, row.show))}</div>\n"
        title = f'<p class="mou-part-title">{escape(clause.title)}</p>\n' if clause.title else ""
        return (
            f'<div class="mou-part mou-level-{min(row.level, 4)}"{identity}>{drawing.label_of(clause)}'
            f"<div>{title}{drawing.blocks(clause.blocks)}</div></div>\n"
        )

    def _cover(self, clause: Clause, drawing: Drawing) -> str:
        draft = f'<p class="mou-draft">{escape(drawing.labels.draft)}</p>\n' if drawing.document.is_draft else ""
        heading = drawing.heading(0, escape(clause.title))
        return f'<div class="mou-cover">\n{draft}{heading}{drawing.blocks(clause.blocks)}</div>\n'
