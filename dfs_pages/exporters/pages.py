"""What a page says, as plain blocks, whatever its type; every other form of it is made of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from dfs_pages import conf
from dfs_pages.models import (
    CataloguePage,
    ChapterPage,
    ControlPage,
    HomePage,
    IndexPage,
    LibraryEntryPage,
    LibraryPage,
    ProfilePage,
    RecommendationPage,
    ThreatPage,
)
from dfs_pages.query import Entry, Reader, catalogue_overview, chapter_document, family_document, index_entries
from dfs_pages.query.library import library
from dfs_pages.query.profiles import profile_steps
from dfs_pages.query.terms import Term, named
from dfs_workflow.query import page_url

Block = dict[str, Any]


@dataclass(frozen=True)
class Piece:
    """What stands under one heading of a page that reads as one document; `level` 0 is the page itself.

    `statement` is the page of a recommendation or control that stands here in full, without any blocks.
    """

    level: int
    title: str = ""
    blocks: list[Block] = field(default_factory=list)
    statement: Any = None
    language: str = ""  # where it isn't that of the page
    labels: Sequence[tuple[str, list[str]]] = ()  # what its catalogue says of a control


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
    return [row for piece in pieces(page, reader) for row in [*heading(piece), *piece.blocks]]


def heading(piece: Piece) -> list[Block]:
    if piece.statement is not None:
        title = f"{piece.statement.reference} {piece.title}"
        labels = [row for label, texts in piece.labels for row in points(label, texts)]
        return [block("subheading", title), *statement(piece.statement), *labels]
    return [block("heading", piece.title)] if piece.level else []


def pieces(page: Any, reader: Reader) -> Iterator[Piece]:
    if isinstance(page, ChapterPage):
        yield from chapter(page, reader)
    elif isinstance(page, CataloguePage):
        yield Piece(0, blocks=catalogue(page, reader))
    elif isinstance(page, ThreatPage):
        yield from family(page, reader)
    elif isinstance(page, IndexPage):
        yield Piece(0, blocks=paragraph(page.summary) + entries(index_entries(page, reader)))
    elif isinstance(page, ProfilePage):
        yield Piece(0, blocks=paragraph(page.summary) + profile(page, reader))
    elif isinstance(page, LibraryPage):
        yield Piece(0, blocks=paragraph(page.summary) + shelf(page, reader))
    elif isinstance(page, HomePage):
        yield Piece(0, blocks=paragraph(page.lead) + stored(page.body))
    elif is_ours(page):
        yield Piece(0, blocks=own_blocks(page))
    else:
        yield Piece(0, blocks=texts(page) + below(page, reader))


def own_blocks(page: Any) -> list[Block]:
    """Without what stands below it in the tree."""
    if isinstance(page, RecommendationPage | ControlPage):
        return statement(page)
    if isinstance(page, ThreatPage):
        return paragraph(page.description) + risks(page)
    if isinstance(page, LibraryEntryPage):
        return paragraph(page.purpose) + entries([Entry(f"{page.publisher}, {page.licence}", page.url)])
    if not is_ours(page):
        return texts(page)
    return paragraph(getattr(page, "summary", "")) + stored(getattr(page, "body", []))


def is_ours(page: Any) -> bool:
    return bool(page._meta.app_label == HomePage._meta.app_label)


def texts(page: Any) -> list[Block]:
    """Of a page of another app, such as a clause: what readers may propose changes to, beside its title."""
    found: list[Block] = []
    for name in getattr(page, "proposable_fields", ()):
        one, value = page._meta.get_field(name), getattr(page, name)
        if isinstance(one, StreamField):
            found += texts_in(one.stream_block, value)
        elif isinstance(one, RichTextField):
            found += [block("paragraph", value)] if value else []
        elif name != "title":
            found += note(one.verbose_name, value)
    return found


def texts_in(kind: blocks.Block, value: Any, name: str = "") -> Iterator[Block]:
    """At any depth: titles, texts, and notes beside them under their label."""
    if isinstance(kind, blocks.RichTextBlock):
        yield from [block("paragraph", value.source)] if value else []
    elif isinstance(kind, blocks.TextBlock):
        yield from note(kind.label, value)
    elif isinstance(kind, blocks.CharBlock) and name == "title" and value:
        yield block("paragraph", f"<p><b>{escape(value, quote=False)}</b></p>")
    elif isinstance(kind, blocks.BaseStructBlock):
        for part, below_it in kind.child_blocks.items():
            yield from texts_in(below_it, value.get(part), part)
    elif isinstance(kind, blocks.BaseStreamBlock):
        for child in value or ():
            yield from texts_in(child.block, child.value)


def note(label: Any, text: str | None) -> list[Block]:
    """What is said beside the text must not be taken for a part of it."""
    return points(str(capfirst(label)), [text]) if text else []


def below(page: Any, reader: Reader) -> list[Block]:
    shown = [pair.shown for pair in reader.below(reader.source_of(page), Page)]
    return entries([Entry(row.title, page_url(row, reader.language)) for row in shown])


def statement(page: Any) -> list[Block]:
    return paragraph(page.statement) + explanation(page)


def explanation(page: Any) -> list[Block]:
    return stored(page.detail) + [row for label, texts in facts(page) for row in points(label, texts)]


def facts(page: Any) -> Iterator[tuple[str, list[str]]]:
    """What a statement is labelled with; some of it may be empty."""
    if isinstance(page, RecommendationPage):
        names = conf.audiences()
        yield _("addressed to"), [str(names.get(code, code)) for code in page.audiences]
        yield _("threats it answers"), [row["value"] for row in stored(page.threats)]
    else:
        yield _("audit question"), [page.audit_question] if page.audit_question else []
        yield _("outcomes"), [f"{row['value']['code']} {row['value']['text']}" for row in stored(page.outcomes)]
    yield _("related statements"), list(page.related)
    yield _("literature"), [f"{row['value']['text']} {row['value']['url']}".strip() for row in stored(page.references)]


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


def profile(page: ProfilePage, reader: Reader) -> list[Block]:
    steps = profile_steps(page, reader)
    rows = [(step.control, step.why) for step in steps]
    return entries([Entry(row.title, page_url(row, reader.language), row.reference, why) for row, why in rows])


def shelf(page: LibraryPage, reader: Reader) -> list[Block]:
    rows = library(page, reader, {}).entries
    return entries([Entry(row.title, row.url, "", f"{row.purpose} ({row.publisher}, {row.licence})") for row in rows])


def chapter(page: ChapterPage, reader: Reader) -> Iterator[Piece]:
    yield Piece(0, blocks=paragraph(page.summary) + stored(page.body))
    for section in chapter_document(page, reader).sections:
        if section.title:
            yield Piece(1, section.title, [*paragraph(section.summary), *stored(section.body)], None, section.language)
        for row in section.statements:
            yield Piece(2, row.title, [], row)
    if links := sources(page):
        yield Piece(1, _("Sources"), links)


def sources(page: Any) -> list[Block]:
    rows = [(_("The ITU text that this page restates"), page.source_url)] if page.source_url else []
    rows += [(row["value"]["title"], row["value"]["url"]) for row in stored(page.sources)]
    return entries([Entry(title, url) for title, url in rows])


def catalogue(page: CataloguePage, reader: Reader) -> list[Block]:
    found = paragraph(page.summary) + stored(page.body)
    rows = catalogue_overview(page, reader).families
    return found + entries([Entry(row.title, row.url, row.reference) for row in rows])


def family(page: ThreatPage, reader: Reader) -> Iterator[Piece]:
    document = family_document(page, reader)
    affected = points(capfirst(_("stakeholders affected")), [term.title for term in document.affected])
    yield Piece(0, blocks=paragraph(page.description) + affected)
    for group in document.groups:
        if group.title:
            blocks = points(_("Stakeholders at risk"), [term.title for term in group.stakeholders])
            blocks += points(_("Vulnerabilities"), [row.text for row in group.vulnerabilities])
            yield Piece(1, group.title, blocks, None, group.language)
        for row in group.statements:
            yield Piece(2, row.title, [], row, labels=labels_of(row, document.terms))


def labels_of(page: ControlPage, terms: Mapping[tuple[str, str], Term]) -> list[tuple[str, list[str]]]:
    """In the words of its catalogue."""
    return [
        (_("stakeholders"), [term.title for term in named(terms, "stakeholder", page.stakeholders)]),
        (_("security dimensions"), [term.title for term in named(terms, "dimension", page.dimensions)]),
    ]
