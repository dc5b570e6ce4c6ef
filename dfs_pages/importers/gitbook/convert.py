"""One page of a book: from its elements to the blocks that Wagtail stores."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.utils.translation import gettext_noop as _

from dfs_pages.importers.gitbook.account import DEGRADED, MAPPED
from dfs_pages.importers.gitbook.heads import drop
from dfs_pages.importers.gitbook.inline import (
    INLINE_TAGS,
    LINK_IN_A_CAPTION,
    LINK_IN_A_HEADING,
    LINK_IN_A_TITLE,
    NOT_DRAWN,
    Inline,
    contents,
)
from dfs_pages.importers.gitbook.links import Links
from dfs_pages.importers.gitbook.lists import IN_A_TITLE, LONGEST_TITLE, Lists
from dfs_pages.importers.gitbook.pictures import Pictures
from dfs_pages.importers.gitbook.special import GitBookBlocks
from dfs_pages.importers.gitbook.tables import LONGEST_CAPTION, card_values, cell_html, is_cards, table_value
from dfs_pages.importers.markup import Blocks

LONGEST_HINT_TITLE = 120
BETWEEN = _("what stood between tabs or steps stands below them")
WORDS = (INLINE_TAGS - {"img"}) | {"p"}
HINTS = {"info": "note", "success": "success", "warning": "warning", "danger": "danger"}
NOT_DRAWN_HERE = {"math": "formula", "mermaid": "drawing", "plantuml": "drawing"}  # by the language of the code
LOOKS = {"icon", "width", "fullwidth", "style", "format", "grouped", "expanded"}
THROUGH = frozenset(
    [
        "article",
        "aside",
        "center",
        "div",
        "footer",
        "header",
        "main",
        "nav",
        "gb-columns",
        "gb-column",
        "gb-code",
        "li",
        "picture",
    ]
)


class Page(GitBookBlocks, Pictures):
    """Builds the blocks of one page; `inside` is whether a block is being filled, which has no headings."""

    def __init__(self, links: Links, owner: str, title: str) -> None:
        self.links, self.title = links, title
        self.out = Blocks(owner)
        self.inside = False
        self.inclusions: list[str] = []
        self.latest_heading = title
        self.captioned: Counter[str] = Counter()  # tables by the heading above them
        self.code_title = ""
        self.number = 0

    def fill(self, element: Any) -> "Page":
        """Blocks in order; loose words between them become paragraphs."""
        loose: list[Any] = []
        for part in contents(element):
            if isinstance(part, str) or part.tag in INLINE_TAGS:
                loose.append(part)
            else:
                self.paragraph(loose)
                loose = []
                self.block(part)
        self.paragraph(loose)
        return self

    def block(self, element: Any) -> None:
        tag = element.tag
        if re.fullmatch("h[1-6]", tag):
            self.heading(element, int(tag[1]))
        elif tag in THROUGH:
            self.through(element)
        else:
            name = tag.removeprefix("gb-").replace("-", "_")
            getattr(self, f"block_{name}", self.other)(element)

    def through(self, element: Any) -> None:
        if element.tag == "gb-columns":
            self.met("columns", DEGRADED, _("columns stand one below the other"))
        before, self.code_title = self.code_title, element.get("title") or ""
        self.fill(element)
        self.code_title = before

    def other(self, element: Any) -> None:
        """A tag of GitBook or HTML without a block of its own: what it holds is kept, and what it says of itself."""
        said = ", ".join(f"{name}: {value}" for name, value in element.attrib.items())
        self.met(
            element.tag.removeprefix("gb-"), DEGRADED, _("there is no such block here; what it holds is kept"), said
        )
        if element.tag.startswith("gb-"):
            words = ", ".join(f"{name}: {value}" for name, value in element.attrib.items() if name not in LOOKS)
            self.lead(bold(words))
        self.fill(element)

    def paragraph(self, parts: Iterable[Any]) -> None:
        inline = Inline(self.links)
        html = inline.html(list(parts))
        if html:
            self.out.add("paragraph", f"<p>{html}</p>")
            self.met("paragraph", MAPPED)
        self.pictures(inline, among_words=bool(html))

    def block_p(self, element: Any) -> None:
        self.paragraph(contents(element))

    def block_video(self, element: Any) -> None:
        self.paragraph([element])

    block_audio = block_video

    def heading(self, element: Any, level: int) -> None:
        inline = Inline(self.links)
        text = inline.plain(element, lost=LINK_IN_A_HEADING)
        if not text:
            return self.pictures(inline)
        self.latest_heading = text
        if len(text) > LONGEST_TITLE:
            self.met("heading", DEGRADED, _("a long heading became a paragraph in bold type"), text)
        elif self.inside:
            reason = _("a heading inside another block became a paragraph in bold type")
            self.met("heading", DEGRADED, reason, text)
        else:
            kind = "heading" if level <= 2 else "subheading"
            self.met(
                "heading", DEGRADED if level > 3 or level == 1 else MAPPED, _("its level is the nearest there is"), text
            )
            self.out.add(kind, text)
            return self.pictures(inline)
        self.lead(bold(text))
        return self.pictures(inline)

    def block_ul(self, element: Any) -> None:
        Lists(self).write(element)

    block_ol = block_ul

    def block_dl(self, element: Any) -> None:
        terms: list[tuple[str, str]] = []
        after: list[Any] = []
        for child in element.iter("dt", "dd"):
            inline = Inline(self.links)
            if child.tag == "dt":
                term, in_full = self.fitting(inline.plain(child, lost=LINK_IN_A_TITLE), LONGEST_TITLE)
                terms.append((term or "…", in_full))
            else:
                term, text = terms.pop() if terms else ("…", "")
                terms.append((term, text + self.lines(child, inline)))
            after += inline.pictures
        self.out.add("definitions", self.out.items({"term": term, "text": text} for term, text in terms))
        self.met("definitions", MAPPED)
        self.follow(after, _("a picture among definitions stands below them"))

    def lines(self, element: Any, inline: Inline) -> str:
        """Of a place that holds words and links, but no lists or blocks."""
        if any(isinstance(part.tag, str) and part.tag not in WORDS for part in element.iterdescendants()):
            reason = _("a list or block inside a definition or footnote became lines")
            self.met("nested block", DEGRADED, reason)
        html = cell_html(element, inline)
        return f"<p>{html}</p>" if html else ""

    def block_hr(self, element: Any) -> None:
        if "footnotes-sep" in (element.get("class") or ""):
            return
        self.met("rule", DEGRADED, _("a line between paragraphs was left out"))

    def block_pre(self, element: Any) -> None:
        code = element.find("code")
        names = [
            name
            for name in ((code.get("class") or "") if code is not None else "").split()
            if name.startswith("language-")
        ]
        language = re.sub(r"[^\w+#.-]", "", names[0].removeprefix("language-"))[:30] if names else ""
        kind = NOT_DRAWN_HERE.get(language, "code")
        value = {
            "title": self.code_title[:LONGEST_TITLE],
            "language": "latex" if kind == "formula" else language,
            "code": element.text_content().rstrip("\n"),
        }
        self.out.add("code", value)
        self.met(kind, MAPPED if kind == "code" else DEGRADED, NOT_DRAWN)

    def block_blockquote(self, element: Any) -> None:
        """Plain words are a quotation; with links, lists or emphasis they are a note, which can have them."""
        plain = not any(True for part in element.iter() if part is not element and part.tag not in ("p", "br"))
        if plain:
            paragraphs = [" ".join(p.text_content().split()) for p in element.iter("p")] or [
                element.text_content().strip()
            ]
            self.out.add("quote", {"text": "\n\n".join(filter(None, paragraphs)), "source": "", "url": ""})
            return self.met("quotation", MAPPED)
        self.met("quotation", DEGRADED, _("a quotation with links, lists or emphasis became a note"))
        return self.note(element, "note")

    def block_hint(self, element: Any) -> None:
        style = element.get("style") or "info"
        self.met("hint", MAPPED if style in HINTS else DEGRADED, _("its style is not known here"), style)
        self.note(element, HINTS.get(style, "note"))

    def note(self, element: Any, kind: str) -> None:
        """Words and lists stay together; other blocks follow it, as a hint holds text only."""
        title, text, after = Lists(self).text(element)
        title, in_full = self.fitting(title, LONGEST_HINT_TITLE)
        text = in_full + text
        if text or title:
            value = {"kind": kind, "title": title, "text": text}
            if not text:
                value |= {"title": "", "text": f"<p>{escape(title, quote=False)}</p>"}
            self.out.add("hint", value)
        self.follow(after, _("a block inside a hint stands below it"))

    def follow(self, after: list[Any], reason: str) -> None:
        for block in after:
            self.met("nested block", DEGRADED, reason, block.tag)
            if block.tag == "img":
                self.figure(block, "")
            else:
                self.block(block)

    def block_details(self, element: Any) -> None:
        summary = element.find("summary")
        inline = Inline(self.links)
        title = inline.plain(summary, lost=LINK_IN_A_TITLE) if summary is not None else ""
        if summary is not None:
            drop(summary)
        self.met("expandable", MAPPED)
        self.opening("expandable", title, element, inline.pictures)

    def opening(self, kind: str, title: str, element: Any, pictures: Sequence[Any] = ()) -> None:
        if self.inside:
            self.met(
                "nested block",
                DEGRADED,
                _("what opens inside another block became text below a line in bold type"),
                title,
            )
            self.lead(bold(title))
            self.follow(pictures, IN_A_TITLE)
            self.fill(element)
            return
        title, in_full = self.fitting(title, LONGEST_TITLE)
        self.out.add(kind, {"title": title or "…", "content": self.within(element, in_full, pictures)})

    def fitting(self, title: str, longest: int) -> tuple[str, str]:
        """A title that fits its field, and all of it as a paragraph where it had to be shortened."""
        if len(title) <= longest:
            return title, ""
        self.met("title", DEGRADED, _("a long title was shortened and stands in full below"), title)
        return title[: longest - 1] + "…", bold(title)

    def lead(self, html: str) -> None:
        if html:
            self.out.add("paragraph", html)

    def within(self, element: Any, lead: str = "", pictures: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """The blocks of an element, to stand inside another one."""
        out, self.number = self.out, self.number + 1
        self.out, self.inside = Blocks(f"{out.owner}/in/{self.number}"), True
        self.lead(lead)
        self.follow(pictures, IN_A_TITLE)
        self.fill(element)
        found, self.out, self.inside = self.out.blocks, out, False
        return found

    def block_tabs(self, element: Any) -> None:
        tabs, others = parted(element, "gb-tab")
        self.met("tabs", MAPPED)
        if self.inside:
            for tab in tabs:
                self.opening("expandable", tab.get("title") or "", tab)
            self.follow(others, BETWEEN)
            return
        values = []
        for tab in tabs:
            title, in_full = self.fitting(tab.get("title") or "", LONGEST_TITLE)
            values.append({"title": title or "…", "content": self.within(tab, in_full)})
        self.out.add("tabs", self.out.items(values))
        self.follow(others, BETWEEN)

    def block_tab(self, element: Any) -> None:
        self.opening("expandable", element.get("title") or "", element)

    def block_stepper(self, element: Any) -> None:
        steps, others = parted(element, "gb-step")
        Lists(self).steps(steps)
        self.follow(others, BETWEEN)

    def block_table(self, element: Any) -> None:
        inline = Inline(self.links)
        if is_cards(element):
            values = card_values(element, inline)
            self.met("cards", MAPPED if not self.inside else DEGRADED, _("cards inside another block became a list"))
            self.cards(values)
        elif value := table_value(element, inline, self.caption_of(element), self.out.items):
            self.out.add("table", value)
            self.met("table", MAPPED)
        self.pictures(inline, among_words=True)

    def caption_of(self, element: Any) -> str:
        """Without one of its own that of its section, numbered, so that no two tables are called the same."""
        caption = element.find("caption")
        if caption is None:
            self.captioned[self.latest_heading] += 1
            number = self.captioned[self.latest_heading]
            return self.latest_heading if number == 1 else f"{self.latest_heading} ({number})"
        text, in_full = self.fitting(Inline(self.links).plain(caption, lost=LINK_IN_A_CAPTION), LONGEST_CAPTION)
        self.lead(in_full)
        return text

    def cards(self, values: list[dict[str, Any]]) -> None:
        if not self.inside:
            self.out.add("cards", self.out.items(values))
            return
        self.out.add("list", self.out.items(f"<p>{card_line(value)}</p>" for value in values))


def parted(element: Any, tag: str) -> tuple[list[Any], list[Any]]:
    """The children with this tag, and all that stands between them; loose words in an element of their own."""
    wanted, others = [], []
    for part in contents(element):
        if not isinstance(part, str):
            (wanted if part.tag == tag else others).append(part)
        elif part.strip():
            loose = element.makeelement("p")
            loose.text = part
            others.append(loose)
    return wanted, others


def bold(text: str) -> str:
    return f"<p><b>{escape(text, quote=False)}</b></p>" if text else ""


def card_line(value: dict[str, Any]) -> str:
    title = escape(value["title"], quote=False)
    if value["page"]:
        title = f'<a id="{value["page"]}" linktype="page">{title}</a>'
    elif value["url"]:
        title = f'<a href="{escape(value["url"])}">{title}</a>'
    return f"<b>{title}</b> {escape(value['text'], quote=False)}".strip()
