"""Tables and cards, from Markdown or HTML."""

from typing import Any

from django.utils.translation import gettext_noop as _

from dfs_pages.importers.gitbook.account import DEGRADED, MAPPED
from dfs_pages.importers.gitbook.inline import LINK_IN_A_COLUMN, Inline, contents, words_of

LONGEST_HEADING = 120
LONGEST_CAPTION = 250
LONGEST_CARD_TITLE = 200
SECOND_LINK = _("a second link in a card became words")
MOST_STARS = 10
BLOCKS_IN_CELLS = ("pre", "table", "blockquote", "details", "figure")


def rows_of(table: Any) -> list[list[Any]]:
    """Cells of its own, not of a table within."""
    rows = [row for row in table.iter("tr") if nearest(row) is table]
    return [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]


def show_signs(rows: list[list[Any]], inline: Inline) -> None:
    """Columns that GitBook draws as boxes to tick or as stars."""
    kinds = [cell.get("data-type") for cell in rows[0]]
    for row in rows[1:]:
        for kind, cell in zip(kinds, row, strict=False):
            words = cell.text_content().strip()
            if kind == "checkbox":
                sign = "☑" if words == "true" else "☐"
            elif kind == "rating" and words.isdecimal():
                sign = "★" * min(int(words), MOST_STARS)
            else:
                continue
            inline.links.met("table cell", DEGRADED, _("what GitBook draws became a sign"), words)
            for part in list(cell):
                cell.remove(part)
            cell.text = sign


def nearest(element: Any) -> Any:
    return next((above for above in element.iterancestors() if above.tag == "table"), None)


def cell_html(cell: Any, inline: Inline) -> str:
    """In one line each: what stood in several paragraphs or list items is parted by line breaks."""
    lines: list[str] = []
    loose: list[Any] = []

    def flush() -> None:
        if (text := inline.html(list(loose))) and text:
            lines.append(text)
        loose.clear()

    def walk(element: Any, lead: str) -> None:
        for part in contents(element):
            if isinstance(part, str) or part.tag not in ("p", "ul", "ol", "li", "div", *BLOCKS_IN_CELLS):
                loose.append(part)
                continue
            flush()
            before = len(lines)
            walk(part, lead + "• " if part.tag == "li" else lead)
            flush()
            if part.tag == "li" and len(lines) > before:
                lines[before] = "• " + lines[before]

    walk(cell, "")
    flush()
    return "<br/>".join(lines)


def table_value(table: Any, inline: Inline, caption: str, items: Any) -> dict[str, Any] | None:
    """`items` gives list items their identities. None where the table is empty."""
    rows = rows_of(table)
    if not rows:
        return None
    met = inline.links.met
    show_signs(rows, inline)
    if any(cell.get("colspan", "1") != "1" or cell.get("rowspan", "1") != "1" for row in rows for cell in row):
        met("table cell", DEGRADED, _("a cell over several columns or rows became one cell and empty ones"))
    if any(
        cell.find(f".//{tag}") is not None for row in rows for cell in row for tag in ("ul", "ol", *BLOCKS_IN_CELLS)
    ):
        met("table cell", DEGRADED, _("a list or block inside a cell became lines"))
    grid = [spread(row) for row in rows]
    width = max(map(len, grid))
    has_head = any(cell.tag == "th" for cell in rows[0])
    head = grid[0] if has_head else []
    columns = [heading(cell, number, inline) for number, cell in enumerate(head + [None] * (width - len(head)), 1)]
    body = grid[1:] if has_head else grid
    return {
        "caption": caption[:LONGEST_CAPTION],
        "columns": items(columns),
        "row_headings": bool(body) and all(row and row[0] is not None and row[0].tag == "th" for row in body),
        "rows": items({"cells": items(cells(row, width, inline))} for row in body),
    }


def spread(row: list[Any]) -> list[Any]:
    out: list[Any] = []
    for cell in row:
        span = cell.get("colspan", "1")
        out += [cell, *[None] * (min(int(span), 50) - 1 if span.isdecimal() else 0)]
    return out


def heading(cell: Any, number: int, inline: Inline) -> str:
    text = inline.plain(cell, lost=LINK_IN_A_COLUMN) if cell is not None else ""
    if len(text) > LONGEST_HEADING:
        inline.links.met("table cell", DEGRADED, _("a long heading of a column was shortened"), what=text)
        text = text[: LONGEST_HEADING - 1] + "…"
    return text or str(number)


def cells(row: list[Any], width: int, inline: Inline) -> list[str]:
    texts = [cell_html(cell, inline) if cell is not None else "" for cell in row]
    return [f"<p>{text}</p>" if text else "" for text in texts + [""] * (width - len(texts))]


def is_cards(table: Any) -> bool:
    return table.get("data-view") == "cards"


def card_values(table: Any, inline: Inline) -> list[dict[str, Any]]:
    """A row is a card: its first words are the title; hidden columns say where it leads."""
    rows = rows_of(table)
    if not rows:
        return []
    show_signs(rows, inline)
    head = rows[0]
    found = []
    for row in rows[1:]:
        card: dict[str, Any] = {"title": "", "text": "", "page": None, "url": "", "href": ""}
        for place, cell in enumerate(row):
            column = head[place] if place < len(head) else None
            if column is not None and column.get("data-card-target") is not None:
                target(card, cell, inline)
            elif column is not None and any(name.startswith("data-card-cover") for name in column.keys()):  # noqa: SIM118
                covers(cell, inline)
            else:
                words(card, cell, inline)
        if not card["title"]:
            card["title"] = card["url"] or "…"
        inline.links.met("card", MAPPED)
        del card["href"]
        found.append(card)
    return found


def covers(cell: Any, inline: Inline) -> None:
    for part in cell.iter("a", "img"):
        address = part.get("href") or part.get("src") or ""
        inline.links.met("image", DEGRADED, _("the cover of a card was left out"), address)


def words(card: dict[str, Any], cell: Any, inline: Inline) -> None:
    inline.pictures += list(cell.iter("img"))
    text = words_of(cell)
    links = [link for link in cell.iter("a") if link.get("href")]
    for number, link in enumerate(links):
        if number or card["page"] or card["url"]:
            inline.links.met("link", DEGRADED, SECOND_LINK, what=link.get("href"))
        else:
            lead(card, link.get("href"), inline)
    if not card["title"] and len(text) <= LONGEST_CARD_TITLE:
        card["title"] = text
    elif text:
        card["title"] = card["title"] or text[: LONGEST_CARD_TITLE - 1] + "…"
        card["text"] = f"{card['text']}\n{text}".strip()


def target(card: dict[str, Any], cell: Any, inline: Inline) -> None:
    for link in cell.iter("a"):
        if link.get("href"):
            lead(card, link.get("href"), inline)


def lead(card: dict[str, Any], href: str, inline: Inline) -> None:
    """A column that is there for it says where a card leads, before a link among its words."""
    if before := card["href"]:
        inline.links.met("link", DEGRADED, SECOND_LINK, what=before)
    card["href"] = href
    place = inline.links.place(href)
    if isinstance(place, str) and place:
        card["url"], card["page"] = place, None
    elif place:
        card["page"], card["url"] = place[0], ""
