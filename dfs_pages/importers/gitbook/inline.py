"""Words with emphasis and links, as Wagtail stores them. Pictures among them are handed out, to stand on their own."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from django.utils.translation import gettext_noop as _

from dfs_pages.importers.gitbook.account import DEGRADED, REFUSED
from dfs_pages.importers.gitbook.links import Links

KEPT = {
    "strong": "b",
    "b": "b",
    "em": "i",
    "i": "i",
    "cite": "i",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
}
PLAIN = {
    "mark": _("coloured text became plain"),
    "span": _("styled text became plain"),
    "font": _("styled text became plain"),
    "del": _("struck text became plain"),
    "s": _("struck text became plain"),
    "strike": _("struck text became plain"),
    "u": _("underlined text became plain"),
    "ins": _("underlined text became plain"),
    "sub": _("a subscript became plain"),
    "sup": _("a superscript became plain"),
}
INLINE_TAGS = frozenset(
    {
        "a",
        "abbr",
        "b",
        "br",
        "button",
        "cite",
        "code",
        "del",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "big",
    }
)
LINK_IN_A_HEADING = _("a link in a heading became words")
LINK_IN_A_TITLE = _("a link in a title became words")
LINK_IN_A_CAPTION = _("a link in a caption became words")
LINK_IN_A_COLUMN = _("a link in the heading of a column became words")
SECOND_PICTURE = _("a second picture, for dark screens, was left out")
NOT_DRAWN = _("it is not drawn: its source stands as code")
NOT_LOADED = _("nothing is loaded from other sites: it became a link")
MEDIA = frozenset({"video", "audio", "iframe"})
ANNOTATION = "#user-content-fn"
BARE_ADDRESS = re.compile(r"""https?://[^\s<>"'()\[\]{}|\\^`]+[^\s<>"'()\[\]{}|\\^`.,;:!?*_]""")
SPACE = re.compile(r"[ \t\r\n\f]+")


class Inline:
    """`pictures` collects the images met on the way; `unknown` the elements that can't stand in a line."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.pictures: list[Any] = []

    def html(self, nodes: Any) -> str:
        """Of an element's content, or of a list of elements and texts."""
        parts = list(nodes if isinstance(nodes, list) else contents(nodes))
        return tidy("".join(self.part(part, linked=False) for part in parts))

    def plain(self, element: Any, *, lost: str) -> str:
        """The words alone, for a place that can hold nothing else; what it loses is accounted for."""
        for part in element.iter():
            if part.tag == "img":
                self.pictures.append(part)
            elif part.tag in PLAIN:
                self.links.met("text style", DEGRADED, PLAIN[part.tag], what=words_of(part))
            elif part.tag in MEDIA:
                self.links.met("embed", REFUSED, _("it can't stand in a title"), " ".join(addresses_of(part)))
        links = [part.get("href") for part in element.iter("a") if part.get("href") and words_of(part)]
        bare = [found for text in element.xpath(".//text()[not(ancestor::a)]") for found in BARE_ADDRESS.findall(text)]
        for address in (*links, *bare):
            self.links.met("link", DEGRADED, lost, what=address)
        return words_of(element)

    def part(self, part: Any, *, linked: bool) -> str:
        if isinstance(part, str):
            return self.words(part, linked=linked)
        if not isinstance(part.tag, str):
            return ""
        if "footnote-ref" in (part.get("class") or ""):
            return f"[^{part.text_content().strip('[]').split(':')[0]}]"
        if "footnote-backref" in (part.get("class") or ""):
            return ""
        no_link = linked or part.tag == "a" or KEPT.get(part.tag) == "code"
        inner = lambda: "".join(self.part(child, linked=no_link) for child in contents(part))  # noqa: E731
        if part.tag == "a":
            return self.link(part, inner())
        if part.tag == "br":
            return "<br/>"
        if part.tag == "img":
            self.pictures.append(part)
            return ""
        if part.tag in MEDIA:
            return self.media(part, linked=linked)
        if part.tag in KEPT:
            return self.emphasis(part, inner())
        if part.tag == "source":
            self.links.met("image", DEGRADED, SECOND_PICTURE, part.get("srcset") or part.get("src") or "")
        if part.tag == "button":
            self.links.met(
                "button", DEGRADED, _("a button became words"), part.get("data-query") or part.text_content()
            )
        if part.tag in PLAIN:
            self.links.met("text style", DEGRADED, PLAIN[part.tag], what=part.text_content())
        return inner()

    def media(self, part: Any, *, linked: bool) -> str:
        """Links to what it would play or show, and its words for who can't have that."""
        found = []
        for address in addresses_of(part):
            self.links.met("embed", DEGRADED, NOT_LOADED, address)
            opening = "" if linked else self.links.opening(address)
            words = escape(address, quote=False)
            found.append(f"{opening}{words}</a>" if opening else words)
        rest = [child for child in contents(part) if isinstance(child, str) or child.tag != "source"]
        return " ".join([*found, "".join(self.part(child, linked=linked) for child in rest)]).strip()

    def emphasis(self, part: Any, words: str) -> str:
        if part.get("class") == "formula":
            self.links.met("formula", DEGRADED, NOT_DRAWN, part.text_content())
        lead, core, tail = split_spaces(words)
        kind = KEPT[part.tag]
        return f"{lead}<{kind}>{core}</{kind}>{tail}" if core else words

    def link(self, part: Any, words: str) -> str:
        """An empty one is the anchor of a heading, or leads from a picture, which keeps it."""
        if part.get("href") is None or not words.strip():
            return words
        if part.get("href").startswith(ANNOTATION):
            self.links.met("link", DEGRADED, _("a word with a note has the number of the note beside it"), words)
            return words
        opening = self.links.opening(part.get("href"))
        if part.get("class") and "button" in part.get("class"):
            self.links.met("button", DEGRADED, _("a button became a link"), what=part.text_content())
        lead, core, tail = split_spaces(words)
        return f"{lead}{opening}{core}</a>{tail}" if opening and core else words

    def words(self, text: str, *, linked: bool) -> str:
        """A bare address is a link, as in GitBook."""
        text = SPACE.sub(" ", text)
        if linked or "://" not in text:
            return escape(text, quote=False)
        parts, last = [], 0
        for match in BARE_ADDRESS.finditer(text):
            opening = self.links.opening(match[0])
            words = escape(match[0], quote=False)
            parts += [escape(text[last : match.start()], quote=False), f"{opening}{words}</a>" if opening else words]
            last = match.end()
        return "".join([*parts, escape(text[last:], quote=False)])


def addresses_of(media: Any) -> list[str]:
    """Of one without any, its tag, so that it is named."""
    named = [part.get(name) for part in media.iter(media.tag, "source") for name in ("src", "poster")]
    return [address for address in named if address] or [f"<{media.tag}>"]


def words_of(element: Any) -> str:
    """In one line; a line break parts words, too."""
    texts = element.xpath(".//text()")
    spaced = [f" {text}" if text.is_tail and text.getparent().tag == "br" else text for text in texts]
    return " ".join("".join(spaced).split())


def contents(element: Any) -> Iterator[Any]:
    """Texts and elements in order."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def split_spaces(words: str) -> tuple[str, str, str]:
    core = words.strip(" ")
    if not core:
        return words, "", ""
    start = len(words) - len(words.lstrip(" "))
    return words[:start], core, words[start + len(core) :]


def tidy(html: str) -> str:
    html = re.sub(r" *<br/> *", "<br/>", SPACE.sub(" ", html)).strip()
    return re.sub(r"^(?:<br/>)+|(?:<br/>)+$", "", html).strip()
