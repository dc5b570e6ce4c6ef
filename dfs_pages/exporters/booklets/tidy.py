"""HTML reduced to the few elements that every format of a booklet can draw."""

import re
from html import escape
from typing import Any

import lxml.html

RENAMED = {"strong": "b", "em": "i", "h1": "h2", "summary": "p", "address": "p"}
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {"p", "ul", "ol", "table", "aside", "blockquote", "pre", "figure", "dl"}
PARTS = {"li", "caption", "thead", "tbody", "tr", "th", "td", "figcaption", "dt", "dd"}
KEPT = BLOCKS | PARTS | {"a", "b", "i", "br", "img", "sub", "sup", "code", "bdi"}
ATTRIBUTES = frozenset({"href", "src", "alt", "scope", "dir", "lang"})
DROPPED = frozenset({"script", "style", "template", "iframe", "object", "source", "form", "button", "svg"})
SAFE = re.compile(r"^(?:https?://|mailto:|#)")
# In a text from right to left, the stroke at the end of an address would stand at its beginning.
ADDRESS = re.compile(r"((?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?)\]»”،؛。])")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def names_a_list(element: Any) -> bool:
    """A line in bold type above a list: they stay on one page."""
    below = element.getnext()
    is_bold = len(element) == 1 and element[0].tag == "b" and not (element.text or element[0].tail)
    return element.tag == "p" and is_bold and below is not None and below.tag in ("ul", "ol")


def tidy(html: str) -> str:
    """Well-formed, so that it is XHTML too; a stray text beside blocks becomes a paragraph."""
    root = lxml.html.fragment_fromstring(ILLEGAL.sub("", html), create_parent="div")
    return flow(root)


def flow(element: Any) -> str:
    """What may stand where blocks stand: runs of words become paragraphs."""
    out: list[str] = []
    words = [isolated(element.text)]

    def close() -> None:
        text = " ".join("".join(words).split())
        if text:
            out.append(f"<p>{text}</p>")
        words.clear()

    for child in element:
        name = name_of(child)
        if name in BLOCKS:
            close()
            out.append(node(child))
        elif name and name not in KEPT and has_blocks(child):
            close()
            out.append(flow(child))
        else:
            words.append(node(child))
        words.append(isolated(child.tail))
    close()
    return "".join(out)


def name_of(element: Any) -> str:
    if not isinstance(element.tag, str) or element.tag in DROPPED:
        return ""
    return RENAMED.get(element.tag, element.tag)


def has_blocks(element: Any) -> bool:
    return any(name_of(child) in BLOCKS for child in element.iterdescendants())


def node(element: Any) -> str:
    name = name_of(element)
    if not name:
        return ""
    if name in ("td", "th", "li", "dd", "aside", "blockquote"):
        inside = flow(element) if has_blocks(element) else phrases(element)
    elif name in ("ul", "ol", "table", "thead", "tbody", "tr", "dl", "figure"):
        inside = "".join(node(child) for child in element)
    else:
        inside = phrases(element)
    if name not in KEPT:
        return inside
    return f"<{name}{attributes(element)}/>" if name in ("br", "img") else tagged(name, element, inside)


def tagged(name: str, element: Any, inside: str) -> str:
    """An empty paragraph or list says nothing."""
    if not inside.strip() and name not in ("td", "th"):
        return ""
    if name == "a" and not is_safe(element.get("href", "")):
        return inside
    return f"<{name}{attributes(element)}>{inside}</{name}>"


def phrases(element: Any) -> str:
    parts = [isolated(element.text)]
    for child in element:
        parts += [node(child), isolated(child.tail)]
    return "".join(parts)


def isolated(text: str | None) -> str:
    """Escaped, with each address in it marked as read from left to right; with the words around it where these are."""
    pieces = ADDRESS.split(text or "")
    if len(pieces) > 1 and not RIGHT_TO_LEFT.search("".join(pieces)):
        first, last = pieces[0].lstrip(), pieces[-1].rstrip()
        before = pieces[0][: len(pieces[0]) - len(first)]
        pieces = [before, "".join([first, *pieces[1:-1], last]), pieces[-1][len(last) :]]
    return "".join(
        f'<bdi dir="ltr">{escape(piece, quote=False)}</bdi>' if number % 2 else escape(piece, quote=False)
        for number, piece in enumerate(pieces)
    )


def attributes(element: Any) -> str:
    found = {name: element.get(name) for name in sorted(ATTRIBUTES & set(element.attrib))}
    if "href" in found and not is_safe(found["href"]):
        del found["href"]
    return "".join(f' {name}="{escape(value)}"' for name, value in found.items())


def is_safe(address: str) -> bool:
    return bool(SAFE.match(address))
