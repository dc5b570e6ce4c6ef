"""Writes a document as Markdown: for wikis, mails and version control. Nothing an answer holds becomes markup."""

from __future__ import annotations

import re

from dfs_mou.documents.document import (
    LINE,
    Block,
    BulletList,
    Clause,
    Document,
    Paragraph,
    Span,
    Spans,
    Table,
)

CONTENT_TYPE = "text/markdown; charset=utf-8"
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
LIST_LIKE = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))")
NESTED = 3  # parts of this level and below stand in a list, which every reader of Markdown indents


def render(document: Document) -> bytes:
    return ("\n\n".join(part for part in _parts(document) if part) + "\n").encode()


def escape(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text.replace("\n", " "))


def _parts(document: Document) -> list[str]:
    cover, labels = document.cover, document.labels
    parts = [
        f"# {escape(cover.title if cover else document.title)}",
        f"**{escape(labels.draft)}**" if document.is_draft else "",
        *_blocks(cover.blocks if cover else ()),
        f"## {escape(labels.contents)}",
        "\n".join(f"- [{escape(top.heading)}](#{top.key})" for top in document.tops if top.title),
    ]
    for top in document.tops:
        parts += [f'<a id="{top.key}"></a>', f"## {escape(top.heading)}" if top.heading else ""]
        parts += _blocks(top.blocks)
        parts += [line for part in top.clauses for line in _part(part)]
    return [*parts, "---", escape(labels.notice), escape(document.footer)]


def _part(part: Clause) -> list[str]:
    """The label and the first paragraph in one line, what follows below it."""
    opening = [f"**{escape(text)}**" for text in (part.label, part.title) if text]
    blocks = list(part.blocks)
    if blocks and isinstance(blocks[0], Paragraph):
        first = blocks.pop(0)
        assert isinstance(first, Paragraph)
        opening.append(_spans(first.spans))
    line = _guarded(" ".join(opening))
    nested = part.level >= NESTED
    indent = "  " * (part.level - NESTED)
    lines = [
        f"{indent}- {line}" if nested else line,
        *(_under(b, indent, nested=nested) for b in _blocks(tuple(blocks))),
    ]
    return [*lines, *(line for child in part.clauses for line in _part(child))]


def _under(block: str, indent: str, *, nested: bool) -> str:
    return "\n".join(f"{indent}  {line}" for line in block.split("\n")) if nested else block


def _blocks(blocks: tuple[Block, ...]) -> list[str]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _guarded(_spans(block.spans))
    if isinstance(block, BulletList):
        return "\n".join(f"- {_guarded(_spans(item))}" for item in block.items)
    if isinstance(block, Table):
        return _table(block)
    return f"{escape(block.label)}: {escape(LINE * 2)}"


def _table(table: Table) -> str:
    rows = [[escape(text) for text in table.header], ["---"] * len(table.header)]
    rows += [[_spans(cell) for cell in row] for row in table.rows]
    lines = ["| " + " | ".join(cell.replace("\n", " ").replace("\\  ", " ") for cell in row) + " |" for row in rows]
    return "\n".join([f"*{escape(table.caption)}*", "", *lines])


def _guarded(text: str) -> str:
    """A paragraph that begins like a list or a rule stays a paragraph."""
    return LIST_LIKE.sub(lambda found: f"{found[1]}{_literal(found[2])}", text)


def _literal(mark: str) -> str:
    return f"{mark}\u2060" if mark.isdigit() else f"\\{mark}"


def _spans(spans: Spans) -> str:
    return "".join(_span(span) for span in spans).strip()


def _span(span: Span) -> str:
    if span.kind == "break":
        return "\\\n"
    text = escape(span.text)
    if span.kind == "reference":
        return f"[{text}](#{span.key})"
    if span.kind == "text" and span.bold and text.strip():
        inner = text.strip()
        return text.replace(inner, f"**{inner}**", 1)
    return text
