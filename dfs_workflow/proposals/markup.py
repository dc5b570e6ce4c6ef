"""Rich text as it can be typed into a plain form, and back. Pure: it knows no page, request or database.

A paragraph is what stands between empty lines; `- ` and `1. ` begin items; `**bold**`, `_italic_`, `` `code` ``.
A link to an address is `[words](https://…)`; any other link keeps its number, `[words](1)`, and what can't be typed
at all is `[[2]]`. A paragraph that nobody touched keeps its HTML to the letter.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

MARKS = {"b": "**", "strong": "**", "i": "_", "em": "_", "code": "`"}
VOID = {"br", "embed", "hr", "img"}
INLINE = re.compile(
    r"\\(?P<escaped>[\\*_`\[\]\-\d])|\*\*(?P<b>(?:\\.|(?!\*\*).)+)\*\*"
    r"|(?<![A-Za-z0-9])_(?P<i>(?:\\.|[^\\_]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))+)_(?![A-Za-z0-9])|`(?P<code>[^`]+)`"
    r"|\[(?P<words>(?:\\.|[^\]\\])*)\]\((?P<to>[^()\s]+)\)|\[\[(?P<kept>\d+)\]\]|(?P<br>\n)",
    re.DOTALL,
)
SPECIAL = re.compile(r"[\\`\[\]*]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-•]|\d+[.)])(?: +(?P<text>.*)|$)")
ADDRESS = re.compile(r"^(?:https?://|mailto:)[^\s\"<>]+$")


class MarkupError(ValueError):
    """`what` is the piece of text that can't be understood."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass
class Written:
    """The text of a form, with what it can't hold: the tags behind its numbers, and the HTML of each paragraph."""

    chunks: list[tuple[str, str]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(text for text, _html in self.chunks)


def to_text(html: str) -> Written:
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.end_chunk()
    return reader.written


def to_html(text: str, before: str = "") -> str:
    """`before` is the HTML that the text was made from."""
    written = to_text(before)
    text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    if text == written.text:
        return before
    unused = dict(reversed(written.chunks))
    chunks = [chunk for chunk in re.split(r"\n{2,}", text) if chunk.strip()]
    return "".join(unused.get(chunk) or chunk_html(chunk, written.kept) for chunk in chunks)


class Reader(HTMLParser):
    """One chunk for each paragraph or list at the top."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written = Written()
        self.depth, self.html, self.text = 0, "", ""
        self.lists: list[list[int | None]] = []
        self.links: list[str] = []
        self.in_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        if self.depth == 0 and tag in {"p", "ul", "ol"}:
            self.end_chunk()
        self.html += raw
        if tag == "br":
            self.text += "\n"
        elif tag in VOID:
            self.text += f"[[{self.keep(raw)}]]"
        else:
            self.depth += 1
            self.open(tag, dict(attrs), raw)

    def open(self, tag: str, attrs: dict[str, str | None], raw: str) -> None:
        if tag in {"ul", "ol"}:
            self.lists.append([0 if tag == "ol" else None])
        elif tag == "li" and self.lists:
            count = self.lists[-1]
            count[0] = None if count[0] is None else count[0] + 1
            mark = "-" if count[0] is None else f"{count[0]}."
            self.text = self.text.rstrip("\n") + ("\n" if self.text else "") + "  " * (len(self.lists) - 1) + f"{mark} "
        elif tag == "a":
            href = attrs.get("href") or ""
            plain = set(attrs) == {"href"} and ADDRESS.match(href) and not set("()") & set(href)
            self.links.append(href if plain else str(self.keep(raw)))
            self.text += "["
        elif tag in MARKS:
            self.text += MARKS[tag]
            self.in_code = tag == "code"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        self.html += f"</{tag}>"
        self.depth = max(0, self.depth - 1)
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        elif tag == "a" and self.links:
            self.text += f"]({self.links.pop()})"
        elif tag in MARKS:
            self.text += MARKS[tag]
            self.in_code = False
        if self.depth == 0 and tag in {"p", "ul", "ol"}:
            self.end_chunk()

    def handle_data(self, data: str) -> None:
        self.html += escape(data, quote=False)
        words = re.sub(r"[ \t\n\r\f]+", " ", data)
        if not self.in_code:
            words = SPECIAL.sub(lambda found: f"\\{found.group()}", words)
        if not self.text or self.text[-1].isspace():
            words = words.lstrip(" ")
        if not self.text or self.text.endswith("\n"):
            words = re.sub(r"^(-|\d)(?=[.)\d ]|$)", r"\\\1", words) if ITEM.match(words) else words
        self.text += words

    def keep(self, raw: str) -> int:
        self.written.kept.append(raw)
        return len(self.written.kept)

    def end_chunk(self) -> None:
        text = "\n".join(line.rstrip() for line in self.text.strip().split("\n"))
        if text:
            self.written.chunks.append((text, self.html))
        self.html = self.text = ""


def chunk_html(chunk: str, kept: list[str]) -> str:
    lines = chunk.split("\n")
    if all(ITEM.match(line) for line in lines):
        return list_html(lines, kept)
    text = "\n".join(line.strip() for line in lines)
    return f"<p>{inline(text, kept)}</p>"


def list_html(lines: list[str], kept: list[str]) -> str:
    found = [match for line in lines if (match := ITEM.match(line))]
    outer = len(found[0]["indent"])
    tag = "ul" if found[0]["mark"] in "-•" else "ol"
    html, inner = "", list[str]()
    for match, line in zip(found, lines, strict=True):
        if len(match["indent"]) > outer:
            inner.append(line)
            continue
        html += close_item(html, inner, kept)
        html += f"<li>{inline(match['text'] or '', kept)}"
        inner = []
    return f"<{tag}>{html}{close_item(html, inner, kept)}</{tag}>"


def close_item(html: str, inner: list[str], kept: list[str]) -> str:
    if not html:
        return ""
    return (list_html(inner, kept) if inner else "") + "</li>"


def inline(text: str, kept: list[str]) -> str:
    html, end = "", 0
    for found in INLINE.finditer(text):
        html += escape(text[end : found.start()], quote=False) + piece(found, kept)
        end = found.end()
    return html + escape(text[end:], quote=False)


def piece(found: re.Match[str], kept: list[str]) -> str:
    if found["escaped"]:
        return found["escaped"]
    for tag in ("b", "i"):
        if found[tag]:
            return f"<{tag}>{inline(found[tag], kept)}</{tag}>"
    if found["code"]:
        return f"<code>{escape(found['code'], quote=False)}</code>"
    if found["br"]:
        return "<br/>"
    if found["kept"]:
        return kept_tag(found["kept"], kept, found.group(), void=True)
    words = inline(found["words"], kept)
    if ADDRESS.match(found["to"]):
        return f'<a href="{escape(found["to"])}">{words}</a>'
    return f"{kept_tag(found['to'], kept, found.group(), void=False)}{words}</a>"


def kept_tag(number: str, kept: list[str], what: str, *, void: bool) -> str:
    tag = kept[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(kept) else ""
    if not tag or tag.startswith("<a ") == void:
        raise MarkupError(what)
    return tag


def tags_in(html: str) -> set[str]:
    """For whoever has to know whether a text uses only what its field allows."""
    return set(re.findall(r"<([a-z0-9]+)", html))
