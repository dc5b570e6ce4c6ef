"""A booklet of what is public now: of a chapter, a catalogue, a list or the whole site, in one language."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Page

from dfs_pages.exporters.booklets.abbreviations import abbreviations
from dfs_pages.exporters.booklets.booklet import Booklet, Part
from dfs_pages.exporters.booklets.tidy import tidy
from dfs_pages.exporters.html import Html
from dfs_pages.exporters.pages import Block, Piece, facts, pieces, stored
from dfs_pages.exporters.twin import Names, absolute
from dfs_pages.models import (
    CataloguePage,
    ChapterPage,
    HomePage,
    IndexPage,
    LibraryPage,
    PlainPage,
    ProfilePage,
    ThreatPage,
)
from dfs_pages.query import Pair, Reader, glossary, source_language
from dfs_pages.query.front import outer
from dfs_pages.query.statements import by_references, draft_translations
from dfs_workflow.models.reference import REFERENCE
from dfs_workflow.query import page_url, permanent_url

WHOLE: tuple[type[Page], ...] = (HomePage, IndexPage, ChapterPage, CataloguePage)  # what a booklet can be about
DOCUMENTS: tuple[type[Page], ...] = (IndexPage, CataloguePage, ThreatPage, ProfilePage, LibraryPage, PlainPage)
SHORT = 60  # characters of what is said in a line with others
PICTURE = "max-1200x1600"


def live_booklet(top: Page, language: str) -> Booklet:
    """`top` is a public page, in whatever language it was found."""
    with translation.override(language):
        return Gathering(Reader(language)).booklet(top)


class Gathering:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.pictures: dict[str, bytes] = {}
        self.days: list[date] = []

    def booklet(self, top: Page) -> Booklet:
        source = self.reader.source_of(top)
        pages = list(self.pages(source))
        found = [(level, page, list(pieces(page, self.reader))) for level, page in pages]
        parts = list(self.parts(found))
        shown = next(page for _level, page in pages)
        day = max(self.days).isoformat()
        return Booklet(
            language=self.reader.language,
            title=shown.title,
            site=_("DFS Security Knowledge Platform"),
            address=absolute(page_url(shown, self.reader.language)),
            date=day,
            state=_("Text of %(date)s") % {"date": date_format(date.fromisoformat(day), "DATE_FORMAT")},
            notices=list(self.notices(found)),
            parts=parts,
            abbreviations=abbreviations(parts, [(term.acronym, term.term) for term in glossary(self.reader.language)]),
            pictures=self.pictures,
        )

    def pages(self, source: Page) -> Iterator[tuple[int, Any]]:
        """With the level at which each stands, in the order of the tree; a constant number of queries."""
        inside = Q(path__startswith=source.path)
        rows = [pair for model in (HomePage, *DOCUMENTS) for pair in self.reader.overlay(model, inside)]
        rows += self.chapters(inside)
        for pair in sorted(rows, key=lambda pair: pair.source.path):
            yield max(1, pair.source.depth - source.depth + (not isinstance(pair.source, HomePage))), pair.shown

    def chapters(self, inside: Q) -> list[Pair]:
        """Not their sections, which stand in them."""
        rows = self.reader.overlay(ChapterPage, inside)
        outermost = set(outer([pair.source.path for pair in rows]))
        return [pair for pair in rows if pair.source.path in outermost]

    def parts(self, found: list[tuple[int, Any, list[Piece]]]) -> Iterator[Part]:
        blocks = [block for _level, _page, rows in found for piece in rows for block in blocks_of(piece)]
        names = Names(blocks, self.reader)
        references = {block["value"] for block in blocks if block["type"] in ("recommendation", "control")}
        known = by_references(references, self.reader) if references else {}
        titles = {reference: entry.title for reference, entry in known.items()}
        last = 0
        for level, page, rows in found:
            for number, piece in enumerate(rows):
                last = min(level + piece.level, last + 1, 5)
                html = Html(names.link_to, self.picture, titles, last).text(blocks_of(piece))
                if piece.statement is not None:
                    html += facts_of([*piece.labels, *facts(piece.statement)], self.reader.language)
                yield self.part(last, page, piece, tidy(html), number)

    def part(self, level: int, page: Any, piece: Piece, html: str, number: int) -> Part:
        shown = page if number == 0 else piece.statement
        language = self.reader.language
        if shown is not None:
            self.days.append(shown.last_published_at.date())
        own = shown.locale.language_code if shown is not None else piece.language
        reference = getattr(shown, "reference", "")
        statement = piece.statement
        return Part(
            level=level,
            title=piece.title or page.title,
            anchor=reference or f"p{page.pk}-{number}",
            html=html,
            address=absolute(page_url(shown, language)) if shown is not None else "",
            reference=reference,
            statement="" if statement is None or statement.statement == statement.title else statement.statement,
            language="" if own in ("", language) else own,
            notes=notes_of(statement),
            begins=number == 0,
        )

    def picture(self, pk: int) -> str:
        image = get_image_model()._default_manager.filter(pk=pk).first()
        if image is None:
            return ""
        kind = "png" if image.file.name.lower().endswith((".png", ".gif")) else "jpeg"
        with image.get_rendition(f"{PICTURE}|format-{kind}").file.open("rb") as file:
            data: bytes = file.read()
        name = f"{hashlib.sha256(data).hexdigest()[:16]}.{kind}"
        self.pictures[name] = data
        return name

    def notices(self, found: list[tuple[int, Any, list[Piece]]]) -> Iterator[str]:
        """What a reader has to know about the whole before it is quoted."""
        yield _("This is not an official ITU text. It restates public ITU and FIGI reports and links their sources.")
        shown = [page for _level, page, _rows in found]
        shown += [piece.statement for _level, _page, rows in found for piece in rows if piece.statement is not None]
        if draft_translations(shown):
            yield _("Draft translation, not yet reviewed. The English text prevails.")
        foreign = sum(page.locale.language_code != self.reader.language for page in shown)
        if foreign and self.reader.language != source_language():
            yield _("Not yet translated: %(number)s of %(total)s texts, shown in English.") % {
                "number": foreign,
                "total": len(shown),
            }


def blocks_of(piece: Piece) -> list[Block]:
    return piece.blocks if piece.statement is None else stored(piece.statement.detail)


def facts_of(rows: Sequence[tuple[str, list[str]]], language: str) -> str:
    """Each in a line of its own; what is long as a list."""

    def linked(text: str) -> str:
        if not REFERENCE.match(text):
            return escape(text)
        return f'<a href="{escape(absolute(permanent_url(text, language)))}">{escape(text)}</a>'

    lines = []
    for label, texts in rows:
        name = f"<b>{escape(label[:1].upper() + label[1:])}</b>"
        if any(len(text) > SHORT for text in texts):
            lines.append(f"<p>{name}</p><ul>{''.join(f'<li>{linked(text)}</li>' for text in texts)}</ul>")
        elif texts:
            lines.append(f"<p>{name}{_(': ')}{_(', ').join(map(linked, texts))}</p>")
    return "".join(lines)


def notes_of(statement: Any) -> list[str]:
    if statement is None:
        return []
    if getattr(statement, "reserved", False):
        return [_("Reserved: the text of this control could not be read in full.")]
    freshness = getattr(statement, "freshness", None)
    if freshness is None or "statement" not in freshness.newer:
        return []
    words = _(
        "This statement was changed; its translation here is still that of the earlier text. The new text in English:"
    )
    return [words, freshness.source.statement]
