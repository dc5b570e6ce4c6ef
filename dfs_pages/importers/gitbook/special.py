"""Blocks that only GitBook knows: references to pages, embeds, files, inclusions, drawn specifications."""

import posixpath
import re
from html import escape
from typing import Any

from django.utils.translation import gettext_noop as _

from dfs_pages.importers.gitbook.account import DEGRADED, MAPPED, REFUSED
from dfs_pages.importers.gitbook.heads import fill_in
from dfs_pages.importers.gitbook.inline import NOT_LOADED, Inline
from dfs_pages.importers.gitbook.links import BROKEN, NOT_IN_THE_BOOK, Links
from dfs_pages.importers.gitbook.markdown import parse
from dfs_pages.importers.gitbook.store import read_text
from dfs_pages.importers.markup import Blocks

DEEPEST_INCLUSION = 5
LONGEST_TITLE = 200
LONGEST_LANGUAGE = 30


class GitBookBlocks:
    """Part of `Page`, which has the rest."""

    links: Links
    out: Blocks
    inside: bool
    inclusions: list[str]

    def met(self, kind: str, outcome: str, reason: str = "", what: str = "") -> None:
        self.links.met(kind, outcome, reason, what)

    def lost(self, kind: str, reason: str, what: str) -> None:
        self.met(kind, DEGRADED, reason, what)

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
        self.met("content-ref", MAPPED if place else REFUSED, BROKEN, href)
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
        self.met("embed", DEGRADED, NOT_LOADED, address)
        self.fill(element)
        place = self.links.place(address) if address else None
        self.link_line(place if isinstance(place, str) else "", address)

    block_iframe = block_embed

    def block_openapi(self, element: Any) -> None:
        """What was drawn from a specification becomes the line that names it."""
        method, path = element.get("method") or "", element.get("path") or ""
        address = (element.get("baseurl") or element.get("host") or "") + path
        self.met(
            "openapi", DEGRADED, _("the operation is named, its specification is not drawn"), f"{method} {address}"
        )
        if method or address:
            title = (element.get("summary") or "OpenAPI")[:LONGEST_TITLE]
            self.out.add("code", {"title": title, "language": "http", "code": f"{method.upper()} {address}".strip()})
        self.fill(element)
        if src := element.get("src"):
            self.paragraph_html(self.links.opening(src), src)

    block_swagger = block_openapi_operation = block_api_method = block_openapi

    def block_integration(self, element: Any) -> None:
        """Something that another program draws, such as `{% @mermaid/diagram content="…" %}`."""
        name = element.get("integration")
        said = ", ".join(f"{key}: {value}" for key, value in element.attrib.items())
        self.met("integration", DEGRADED, _("it is not drawn: its source or its address is kept"), said)
        if source := element.get("content"):
            language = name.lstrip("@").split("/")[0][:LONGEST_LANGUAGE]
            self.out.add("code", {"title": "", "language": language, "code": source.strip("\n")})
        if address := element.get("url"):
            place = self.links.place(address)
            self.link_line(place if isinstance(place, str) else "", address)
        self.fill(element)

    def block_if(self, element: Any) -> None:
        reason = _("what only some readers saw on GitBook is for all here")
        self.met("if", DEGRADED, reason, element.get("condition"))
        self.fill(element)

    def block_updates(self, element: Any) -> None:
        self.met("updates", MAPPED)
        self.fill(element)

    def block_update(self, element: Any) -> None:
        tags = ", ".join(filter(None, re.split(r"\s*,\s*", element.get("tags") or "")))
        words = " · ".join(filter(None, [element.get("date") or "", tags]))
        self.met("update", DEGRADED, _("its date stands above it in bold type"), words)
        if words:
            self.out.add("paragraph", f"<p><b>{escape(words, quote=False)}</b></p>")
        self.fill(element)

    def paragraph_html(self, opening: str, words: str) -> None:
        text = escape(posixpath.basename(words), quote=False)
        self.out.add("paragraph", f"<p>{opening}{text}</a></p>" if opening else f"<p>{text}</p>")

    def block_file(self, element: Any) -> None:
        src = element.get("src") or ""
        title = " ".join(element.text_content().split()) or posixpath.basename(src)
        path = self.links.target(src) if "://" not in src else ""
        number, problem = self.links.assets.number("document", path) if path else (-1, NOT_IN_THE_BOOK)
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
            return self.met("include", REFUSED, _("the text to include is missing, or includes itself"), name)
        self.met("include", MAPPED)
        self.inclusions.append(path)
        tree = parse(path, read_text(self.links.book.source, path), lost=self.lost)
        fill_in(tree, self.links)
        self.fill(tree)
        self.inclusions.pop()
        return None

    def block_svg(self, element: Any) -> None:
        self.met("drawing", REFUSED, _("a drawing written into the page can hold scripts"))

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
            self.follow(inline.pictures, _("a picture in a footnote stands below it"))
