"""One page of a book: from its elements to the blocks that Wagtail stores."""

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from dfs_pages.importers.gitbook.account import DEGRADED, MAPPED
from dfs_pages.importers.gitbook.heads import drop
from dfs_pages.importers.gitbook.inline import INLINE_TAGS, Inline, contents
from dfs_pages.importers.gitbook.links import Links
from dfs_pages.importers.gitbook.lists import Lists
from dfs_pages.importers.gitbook.special import GitBookBlocks
from dfs_pages.importers.gitbook.tables import card_values, is_cards, table_value
from dfs_pages.importers.markup import Blocks

LONGEST_TITLE = 200
HINTS = {"info": "note", "success": "success", "warning": "warning", "danger": "danger"}
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


class Page(GitBookBlocks):
    """Builds the blocks of one page; `inside` is whether a block is being filled, which has no headings."""

    def __init__(self, links: Links, owner: str, title: str) -> None:
        self.links, self.title = links, title
        self.out = Blocks(owner)
        self.inside = False
        self.inclusions: list[str] = []
        self.latest_heading = title
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
            self.met("columns", DEGRADED, "columns stand one below the other")
        before, self.code_title = self.code_title, element.get("title") or ""
        self.fill(element)
        self.code_title = before

    def other(self, element: Any) -> None:
        """A tag of GitBook or HTML without a block of its own: what it holds is kept."""
        self.met(element.tag.removeprefix("gb-"), DEGRADED, "there is no such block here; what it holds is kept")
        self.fill(element)

    def paragraph(self, parts: Iterable[Any]) -> None:
        inline = Inline(self.links)
        html = inline.html(list(parts))
        if html:
            self.out.add("paragraph", f"<p>{html}</p>")
            self.met("paragraph", MAPPED)
        self.pictures(inline, among_words=bool(html))

    def pictures(self, inline: Inline, *, among_words: bool = False) -> None:
        for picture in inline.pictures:
            if among_words:
                self.met("picture in a line", DEGRADED, "it stands below its paragraph")
            self.figure(picture, "")

    def block_p(self, element: Any) -> None:
        self.paragraph(contents(element))

    def heading(self, element: Any, level: int) -> None:
        inline = Inline(self.links)
        inline.html(element)
        text = " ".join(element.text_content().split())
        if not text:
            return self.pictures(inline)
        self.latest_heading = text
        if len(text) > LONGEST_TITLE:
            self.met("heading", DEGRADED, "a long heading became a paragraph in bold type", text)
        elif self.inside:
            self.met("heading", DEGRADED, "a heading inside another block became a paragraph in bold type", text)
        else:
            kind = "heading" if level <= 2 else "subheading"
            self.met(
                "heading", DEGRADED if level > 3 or level == 1 else MAPPED, "its level is the nearest there is", text
            )
            self.out.add(kind, text)
            return self.pictures(inline)
        self.out.add("paragraph", f"<p><b>{escape(text, quote=False)}</b></p>")
        return self.pictures(inline)

    def block_ul(self, element: Any) -> None:
        Lists(self).write(element)

    block_ol = block_ul

    def block_dl(self, element: Any) -> None:
        terms: list[tuple[str, str]] = []
        for child in element:
            if child.tag == "dt":
                terms.append((" ".join(child.text_content().split())[:LONGEST_TITLE], ""))
            elif child.tag == "dd" and terms:
                terms[-1] = (terms[-1][0], f"<p>{Inline(self.links).html(child)}</p>")
        self.out.add("definitions", self.out.items({"term": term, "text": text} for term, text in terms))
        self.met("definitions", MAPPED)

    def block_hr(self, element: Any) -> None:
        if "footnotes-sep" in (element.get("class") or ""):
            return
        self.met("rule", DEGRADED, "a line between paragraphs was left out")

    def block_pre(self, element: Any) -> None:
        code = element.find("code")
        names = [
            name
            for name in ((code.get("class") or "") if code is not None else "").split()
            if name.startswith("language-")
        ]
        language = re.sub(r"[^\w+#.-]", "", names[0].removeprefix("language-"))[:30] if names else ""
        value = {
            "title": self.code_title[:LONGEST_TITLE],
            "language": language,
            "code": element.text_content().rstrip("\n"),
        }
        self.out.add("code", value)
        self.met("code", MAPPED)

    def block_blockquote(self, element: Any) -> None:
        """Plain words are a quotation; with links, lists or emphasis they are a note, which can have them."""
        plain = not any(True for part in element.iter() if part is not element and part.tag not in ("p", "br"))
        if plain:
            paragraphs = [" ".join(p.text_content().split()) for p in element.iter("p")] or [
                element.text_content().strip()
            ]
            self.out.add("quote", {"text": "\n\n".join(filter(None, paragraphs)), "source": "", "url": ""})
            return self.met("quotation", MAPPED)
        self.met("quotation", DEGRADED, "a quotation with links, lists or emphasis became a note")
        return self.note(element, "note")

    def block_hint(self, element: Any) -> None:
        style = element.get("style") or "info"
        self.met("hint", MAPPED if style in HINTS else DEGRADED, "its style is not known here", style)
        self.note(element, HINTS.get(style, "note"))

    def note(self, element: Any, kind: str) -> None:
        """Words and lists stay together; other blocks follow it, as a hint holds text only."""
        title, text, after = Lists(self).text(element)
        if text or title:
            value = {"kind": kind, "title": title[:120], "text": text or f"<p>{escape(title, quote=False)}</p>"}
            if not text:
                value["title"] = ""
            self.out.add("hint", value)
        self.follow(after, "a block inside a hint stands below it")

    def follow(self, after: list[Any], reason: str) -> None:
        for block in after:
            self.met("nested block", DEGRADED, reason, block.tag)
            if block.tag == "img":
                self.figure(block, "")
            else:
                self.block(block)

    def block_details(self, element: Any) -> None:
        summary = element.find("summary")
        title = " ".join(summary.text_content().split()) if summary is not None else ""
        if summary is not None:
            drop(summary)
        self.met("expandable", MAPPED)
        self.opening("expandable", title, element)

    def opening(self, kind: str, title: str, element: Any) -> None:
        if self.inside:
            self.met(
                "nested block", DEGRADED, "what opens inside another block became text below a line in bold type", title
            )
            if title:
                self.out.add("paragraph", f"<p><b>{escape(title, quote=False)}</b></p>")
            self.fill(element)
            return
        self.out.add(kind, {"title": shortened(title) or "…", "content": self.within(element)})

    def within(self, element: Any) -> list[dict[str, Any]]:
        """The blocks of an element, to stand inside another one."""
        out, self.number = self.out, self.number + 1
        self.out, self.inside = Blocks(f"{out.owner}/in/{self.number}"), True
        self.fill(element)
        found, self.out, self.inside = self.out.blocks, out, False
        return found

    def block_tabs(self, element: Any) -> None:
        tabs = [child for child in element if child.tag == "gb-tab"]
        self.met("tabs", MAPPED)
        if self.inside:
            for tab in tabs:
                self.opening("expandable", tab.get("title") or "", tab)
            return
        values = [{"title": shortened(tab.get("title") or "") or "…", "content": self.within(tab)} for tab in tabs]
        self.out.add("tabs", self.out.items(values))

    def block_tab(self, element: Any) -> None:
        self.opening("expandable", element.get("title") or "", element)

    def block_stepper(self, element: Any) -> None:
        Lists(self).steps([child for child in element if child.tag == "gb-step"])

    def block_table(self, element: Any) -> None:
        inline = Inline(self.links)
        if is_cards(element):
            values = card_values(element, inline)
            self.met("cards", MAPPED if not self.inside else DEGRADED, "cards inside another block became a list")
            self.cards(values)
        elif value := table_value(element, inline, self.caption_of(element), self.out.items):
            self.out.add("table", value)
            self.met("table", MAPPED)
        self.pictures(inline, among_words=True)

    def caption_of(self, element: Any) -> str:
        caption = element.find("caption")
        return " ".join(caption.text_content().split()) if caption is not None else self.latest_heading

    def cards(self, values: list[dict[str, Any]]) -> None:
        if not self.inside:
            self.out.add("cards", self.out.items(values))
            return
        self.out.add("list", self.out.items(f"<p>{card_line(value)}</p>" for value in values))

    def block_figure(self, element: Any) -> None:
        caption = element.find(".//figcaption")
        text = " ".join(caption.text_content().split()) if caption is not None else ""
        if caption is not None:
            for link in caption.iter("a"):
                if link.get("href"):
                    self.met("link", DEGRADED, "a link in a caption became words", link.get("href"))
            drop(caption)
        pictures = list(element.iter("img"))
        for picture in pictures:
            self.figure(picture, text)
        if not pictures:
            self.fill(element)
            self.paragraph([text])

    def figure(self, picture: Any, caption: str) -> None:
        alt = " ".join((picture.get("alt") or "").split())
        src = picture.get("src") or ""
        number = self.links.image(src)
        if number is not None:
            mark = f"{self.links.mark}image:{number}:"
            self.out.add("figure", {"image": mark, "alt_text": alt[:400], "caption": caption[:400]})
            if not alt:
                self.met("alternative text", DEGRADED, "a picture has no words for who can't see it", src)
            return
        words = caption or alt
        if src.startswith(("http://", "https://")):
            self.out.add("paragraph", f'<p><a href="{escape(src)}">{escape(words or src, quote=False)}</a></p>')
        elif words:
            self.out.add("paragraph", f"<p><i>{escape(words, quote=False)}</i></p>")


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + "…"


def card_line(value: dict[str, Any]) -> str:
    title = escape(value["title"], quote=False)
    if value["page"]:
        title = f'<a id="{value["page"]}" linktype="page">{title}</a>'
    elif value["url"]:
        title = f'<a href="{escape(value["url"])}">{title}</a>'
    return f"<b>{title}</b> {escape(value['text'], quote=False)}".strip()
