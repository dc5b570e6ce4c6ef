"""Rich text as Markdown: emphasis, code, links and lists, so that it reads back to the same."""

import re
from collections.abc import Callable
from typing import Any

import lxml.html

# Kind of link ("page", "document" or ""), its id or address, and the anchor in it -> an address, or nothing.
LinkTo = Callable[[str, str, str], str]
SPECIAL = re.compile(r"([\\`*_\[\]<>~|])")
FOOTNOTE = re.compile(r"\\\[\^([^\]\s]{1,10})\\\]")
LINE_START = re.compile(r"^(\s*)(#{1,6}\s|[-+]\s|\d+[.)]\s|=+$|-+$|\{%)", re.MULTILINE)
BARE = re.compile(r"<(a|code)\b.*?</\1>|(?<=http:|ttps:)(?=//)", re.DOTALL)
NOTHING = "<!-- -->"
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}


def inline(html: str, link_to: LinkTo) -> str:
    """Of one paragraph, without its <p>."""
    return guard(words_of(fragment(html), link_to)).strip()


def blocks(html: str, link_to: LinkTo) -> str:
    """Of rich text with several paragraphs or lists."""
    parts = []
    for element in fragment(html):
        if element.tag in ("ul", "ol"):
            parts.append("\n".join(list_lines(element, link_to)))
        else:
            parts.append(guard(words_of(element, link_to)).strip())
    return "\n\n".join(part for part in parts if part) or inline(html, link_to)


def without_bare_addresses(html: str) -> str:
    """Readers of Markdown make links of addresses among words; with nothing inside, they stay words."""
    return BARE.sub(lambda match: match[0] or NOTHING, html)


def fragment(html: str) -> Any:
    return lxml.html.fragment_fromstring(html or "", create_parent="div")


def list_lines(element: Any, link_to: LinkTo) -> list[str]:
    lines = []
    for number, item in enumerate(element.iterchildren("li"), 1):
        sign = f"{number}. " if element.tag == "ol" else "* "
        below = [child for child in item if child.tag in ("ul", "ol")]
        lines.append(sign + guard(words_of(item, link_to, leave_out=below)).strip())
        for child in below:
            lines += [" " * len(sign) + line for line in list_lines(child, link_to)]
    return lines


def words_of(element: Any, link_to: LinkTo, leave_out: Any = ()) -> str:
    out = escape(element.text or "")
    for child in element:
        if child not in leave_out:
            out += part(child, link_to)
        out += escape(child.tail or "")
    return out


def part(element: Any, link_to: LinkTo) -> str:
    if not isinstance(element.tag, str):
        return NOTHING
    if element.tag == "br":
        return "<br>"
    if element.tag == "code":
        return code(element.text_content())
    words = words_of(element, link_to)
    if element.tag in MARKS:
        return emphasis(element, words)
    if element.tag == "a":
        return link(element, words, link_to)
    return words


def emphasis(element: Any, words: str) -> str:
    """As HTML where the stars would not be read as emphasis."""
    before = element.getprevious()
    ahead = (before.tail if before is not None else element.getparent().text) or ""
    touches = (ahead[-1:].isalnum() or (not ahead and before is not None)) or (element.tail or " ")[0].isalnum()
    plain = words[:1].isalnum() and words[-1:].isalnum()
    if touches or not plain or any(above.tag in MARKS for above in element.iterancestors()) or len(element):
        return f"<{element.tag}>{words}</{element.tag}>"
    return f"{MARKS[element.tag]}{words}{MARKS[element.tag]}"


def link(element: Any, words: str, link_to: LinkTo) -> str:
    kind = element.get("linktype") or ""
    address = link_to(kind, element.get("id") if kind else element.get("href") or "", element.get("data-anchor") or "")
    return (
        f"[{words}](<{address}>)"
        if address and re.search(r"[\s()<>]", address)
        else (f"[{words}]({address})" if address else words)
    )


def code(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if longest or text.strip() != text else ""
    return f"{fence}{space}{text}{space}{fence}"


def escape(text: str) -> str:
    text = re.sub(r"&(#?\w+;)", r"&amp;\1", " ".join(text.split("\n")))
    return FOOTNOTE.sub(r"[^\1]", SPECIAL.sub(r"\\\1", text))


def guard(text: str) -> str:
    """What would begin a heading, list or tag does not."""
    return LINE_START.sub(lambda match: f"{match[1]}{guarded(match[2])}", text)


def guarded(start: str) -> str:
    if start[0].isdigit():
        return re.sub(r"([.)])", r"\\\1", start, count=1)
    return "\\" + start if start[0] != "{" else "&#123;" + start[1:]
