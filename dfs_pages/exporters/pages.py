"""What a page says, as plain blocks, whatever its type; every other form of it is made of them."""

from collections.abc import Sequence
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from dfs_pages import conf
from dfs_pages.models import (
    CataloguePage,
    ChapterPage,
    ControlPage,
    HomePage,
    IndexPage,
    RecommendationPage,
    ThreatPage,
)
from dfs_pages.query import Entry, Reader, catalogue_overview, chapter_document, family_document, index_entries

Block = dict[str, Any]


def stored(stream: Any) -> list[Block]:
    """A StreamField as it is stored."""
    return list(stream.stream_block.get_prep_value(stream)) if hasattr(stream, "stream_block") else list(stream)


def block(kind: str, value: Any) -> Block:
    return {"type": kind, "value": value}


def paragraph(text: str) -> list[Block]:
    lines = [line.strip() for line in (text or "").split("\n") if line.strip()]
    return [block("paragraph", f"<p>{escape(line, quote=False)}</p>") for line in lines]


def points(title: str, texts: Sequence[str]) -> list[Block]:
    """A labelled list; nothing where it is empty."""
    if not texts:
        return []
    rows = [f"<p>{escape(text, quote=False)}</p>" for text in texts]
    return [block("paragraph", f"<p><b>{escape(title, quote=False)}</b></p>"), block("list", rows)]


def whole_page(page: Any, reader: Reader) -> list[Block]:
    """As a reader sees it: a chapter with its sections and statements, a list with its entries."""
    if isinstance(page, ChapterPage):
        return chapter(page, reader)
    if isinstance(page, CataloguePage):
        return catalogue(page, reader)
    if isinstance(page, ThreatPage):
        return family(page, reader)
    if isinstance(page, IndexPage):
        return paragraph(page.summary) + entries(index_entries(page, reader))
    if isinstance(page, HomePage):
        return paragraph(page.lead) + stored(page.body)
    return own_blocks(page)


def own_blocks(page: Any) -> list[Block]:
    """Without what stands below it in the tree."""
    if isinstance(page, RecommendationPage | ControlPage):
        return statement(page)
    if isinstance(page, ThreatPage):
        return paragraph(page.description) + risks(page)
    return paragraph(getattr(page, "summary", "")) + stored(getattr(page, "body", []))


def statement(page: Any) -> list[Block]:
    found = paragraph(page.statement) + stored(page.detail)
    if isinstance(page, RecommendationPage):
        names = conf.audiences()
        found += points(_("addressed to"), [str(names.get(code, code)) for code in page.audiences])
        found += points(_("threats it answers"), [row["value"] for row in stored(page.threats)])
    else:
        found += points(_("audit question"), [page.audit_question] if page.audit_question else [])
        found += points(
            _("outcomes"), [f"{row['value']['code']} {row['value']['text']}" for row in stored(page.outcomes)]
        )
    found += points(_("related statements"), page.related)
    literature = [f"{row['value']['text']} {row['value']['url']}".strip() for row in stored(page.references)]
    return found + points(_("literature"), literature)


def risks(page: ThreatPage) -> list[Block]:
    found: list[Block] = []
    for row in page.risks:
        found.append(block("subheading", row.value["title"]))
        found += points(_("Vulnerabilities"), [item["text"] for item in row.value["vulnerabilities"]])
        found += paragraph(row.value["note"])
    return found


def entries(rows: Sequence[Entry]) -> list[Block]:
    def line(row: Entry) -> str:
        title = f"{row.reference} {row.title}".strip()
        more = f": {escape(row.summary, quote=False)}" if row.summary else ""
        return f'<p><a href="{escape(row.url)}">{escape(title, quote=False)}</a>{more}</p>'

    return [block("list", [line(row) for row in rows])] if rows else []


def chapter(page: ChapterPage, reader: Reader) -> list[Block]:
    found = paragraph(page.summary) + stored(page.body)
    for section in chapter_document(page, reader).sections:
        if section.title:
            found += [block("heading", section.title), *paragraph(section.summary), *stored(section.body)]
        for row in section.statements:
            found += [block("subheading", f"{row.reference} {row.title}"), *statement(row)]
    return found


def catalogue(page: CataloguePage, reader: Reader) -> list[Block]:
    found = paragraph(page.summary) + stored(page.body)
    rows = catalogue_overview(page, reader).families
    return found + entries([Entry(row.title, row.url, row.reference) for row in rows])


def family(page: ThreatPage, reader: Reader) -> list[Block]:
    found = paragraph(page.description)
    for group in family_document(page, reader).groups:
        if group.title:
            found.append(block("heading", group.title))
            found += points(_("Vulnerabilities"), [row.text for row in group.vulnerabilities])
        for row in group.statements:
            found += [block("subheading", f"{row.reference} {row.title}"), *statement(row)]
    return found
