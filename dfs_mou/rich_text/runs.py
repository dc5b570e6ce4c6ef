"""Between the stored HTML of a clause and the runs of an edition: `[{"text"}, {"var"}, {"ref"}, {"break"}]`."""

from collections.abc import Callable
from html import escape
from itertools import zip_longest
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag

Row = dict[str, Any]
LINE = {"break": True}


def runs_of(html: str) -> list[list[Row]]:
    """The paragraphs of a clause. An empty line inside one, two breaks, parts it in two:
    a translation may so have more paragraphs than its source."""
    soup = BeautifulSoup(html, "html.parser")
    paragraphs = []
    for element in soup.find_all("p") or [soup]:
        rows: list[Row] = []
        _collect(element, rows, bold=False)
        paragraphs += [_trimmed(part) for part in _parted(rows)]
    return [paragraph for paragraph in paragraphs if paragraph]


def _collect(element: Tag, rows: list[Row], *, bold: bool) -> None:
    for child in element.children:
        if isinstance(child, Tag):
            link = child.get("linktype") if child.name == "a" else None
            if link in ("mouvar", "mouref"):
                rows.append({"var" if link == "mouvar" else "ref": str(child.get("id", ""))})
            elif child.name == "br":
                rows.append(dict(LINE))
            else:
                _collect(child, rows, bold=bold or child.name in ("b", "strong"))
        elif type(child) is NavigableString:
            _add_text(rows, str(child).replace("\n", " "), bold)


def _add_text(rows: list[Row], text: str, bold: bool) -> None:
    if rows and "text" in rows[-1] and rows[-1].get("bold", False) is bold:
        rows[-1]["text"] += text
    elif text:
        rows.append({"text": text, "bold": True} if bold else {"text": text})


def _parted(rows: list[Row]) -> list[list[Row]]:
    parts: list[list[Row]] = [[]]
    for row, following in zip_longest(rows, rows[1:]):
        if row == LINE and (following == LINE or not parts[-1]):
            if parts[-1]:
                parts.append([])
        else:
            parts[-1].append(row)
    return parts


def _trimmed(rows: list[Row]) -> list[Row]:
    if rows and "text" in rows[0]:
        rows[0]["text"] = rows[0]["text"].lstrip(" ")
    if rows and "text" in rows[-1]:
        rows[-1]["text"] = rows[-1]["text"].rstrip(" ")
    return [row for row in rows if row.get("text") != ""]


def html_of(paragraphs: list[list[Row]], label: Callable[[Row], str]) -> str:
    """The stored form; `label` gives the sample text of a chip."""
    return "".join(f"<p>{inline(rows, label)}</p>" for rows in paragraphs)


def inline(rows: list[Row], label: Callable[[Row], str]) -> str:
    return "".join(_element(row, label) for row in rows)


def _element(row: Row, label: Callable[[Row], str]) -> str:
    if "break" in row:
        return "<br/>"
    if "text" in row:
        text = escape(row["text"], quote=False)
        return f"<b>{text}</b>" if row.get("bold") else text
    link, key = ("mouvar", row["var"]) if "var" in row else ("mouref", row["ref"])
    return f'<a linktype="{link}" id="{escape(key)}">{escape(label(row), quote=False)}</a>'
