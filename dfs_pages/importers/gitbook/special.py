"""Blocks that only GitBook knows: references to pages, embeds, files, inclusions, drawn specifications."""

import posixpath
from html import escape
from typing import Any

from dfs_pages.importers.gitbook.account import DEGRADED, MAPPED, REFUSED
from dfs_pages.importers.gitbook.inline import Inline
from dfs_pages.importers.gitbook.links import Links
from dfs_pages.importers.gitbook.markdown import parse
from dfs_pages.importers.gitbook.store import read_text
from dfs_pages.importers.markup import Blocks

DEEPEST_INCLUSION = 5


class GitBookBlocks:
    """Part of `Page`, which has the rest."""

    links: Links
    out: Blocks
    inside: bool
    inclusions: list[str]

    def met(self, kind: str, outcome: str, reason: str = "", what: str = "") -> None:
        self.links.met(kind, outcome, reason, what)

    def fill(self, element: Any) -> Any:
        raise NotImplementedError

    def lines(self, element: Any, inline: Inline) -> str:
        raise NotImplementedError

    def follow(self, after: list[Any], reason: str) -> None:
        raise NotImplementedError

    def block_content_ref(self, element: Any) -> None:
        href = element.get("url") or ""
        place = self.links.place(href)
        for _link in element.iter("a"):
            self.links.met("link", MAPPED)
        self.met(
            "content-ref", MAPPED if place else REFUSED, "it leads nowhere in the source; its words are kept", href
        )
        if isinstance(place, tuple) and not self.inside:
            self.out.add("page_link", {"page": place[0], "title": ""})
        elif isinstance(place, tuple):
            words = escape(" ".join(element.text_content().split()) or href, quote=False)
            self.out.add("paragraph", f'<p><a id="{place[0]}" linktype="page">{words}</a></p>')
        else:
            self.link_line(place or "", " ".join(element.text_content().split()) or href)

    def link_line(self, address: str, words: str) -> None:
        text = escape(words, quote=False)
        self.out.add("paragraph", f'<p><a href="{escape(address)}">{text}</a></p>' if address else f"<p>{text}</p>")

    def block_embed(self, element: Any) -> None:
        """Nothing is loaded from other sites."""
        address = element.get("url") or element.get("src") or element.get("value") or ""
        self.met("embed", DEGRADED, "nothing is loaded from other sites: it became a link", address)
        self.fill(element)
        place = self.links.place(address) if address else None
        self.link_line(place if isinstance(place, str) else "", address)

    block_iframe = block_video = block_audio = block_embed

    def block_openapi(self, element: Any) -> None:
        """What was drawn from a specification becomes the line that names it."""
        method, path = element.get("method") or "", element.get("path") or element.get("summary") or ""
        self.met("openapi", DEGRADED, "the operation is named, its specification is not drawn", f"{method} {path}")
        if method or path:
            self.out.add("code", {"title": "OpenAPI", "language": "http", "code": f"{method.upper()} {path}".strip()})
        self.fill(element)
        if src := element.get("src"):
            self.paragraph_html(self.links.opening(src), src)

    block_swagger = block_openapi_operation = block_openapi

    def paragraph_html(self, opening: str, words: str) -> None:
        text = escape(posixpath.basename(words), quote=False)
        self.out.add("paragraph", f"<p>{opening}{text}</a></p>" if opening else f"<p>{text}</p>")

    def block_file(self, element: Any) -> None:
        src = element.get("src") or ""
        title = " ".join(element.text_content().split()) or posixpath.basename(src)
        path = self.links.target(src) if "://" not in src else ""
        number, problem = self.links.assets.number("document", path) if path else (-1, "the file is not in the book")
        self.met("file", REFUSED if problem else MAPPED, problem, src)
        if problem:
            self.link_line(src if src.startswith(("http://", "https://")) else "", title)
        else:
            self.out.add("file", {"file": f"{self.links.mark}document:{number}:", "title": title[:200]})

    def block_include(self, element: Any) -> None:
        """Reused text is written out where it stands."""
        name = element.get("value") or element.get("file") or ""
        path = self.links.target(name)
        if not path.lower().endswith(".md") or path in self.inclusions or len(self.inclusions) >= DEEPEST_INCLUSION:
            return self.met("include", REFUSED, "the text to include is missing, or includes itself", name)
        self.met("include", MAPPED)
        self.inclusions.append(path)
        self.fill(parse(path, read_text(self.links.book.source, path)))
        self.inclusions.pop()
        return None

    def block_svg(self, element: Any) -> None:
        self.met("drawing", REFUSED, "a drawing written into the page can hold scripts")

    def block_section(self, element: Any) -> None:
        if "footnotes" not in (element.get("class") or ""):
            self.fill(element)
            return
        for number, item in enumerate(element.iter("li"), 1):
            inline = Inline(self.links)
            html = self.lines(item, inline)
            if self.inside:
                self.out.add("paragraph", html.replace("<p>", f"<p>[{number}] ", 1))
            else:
                self.out.add("footnote", {"mark": str(number), "text": html})
            self.met("footnote", MAPPED)
            self.follow(inline.pictures, "a picture in a footnote stands below it")
