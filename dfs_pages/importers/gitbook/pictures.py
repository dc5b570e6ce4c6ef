"""Pictures of a page: as figures with their words, or as the address of what is not in the book."""

from html import escape
from typing import Any

from django.utils.translation import gettext_noop as _

from dfs_pages.importers.gitbook.account import DEGRADED
from dfs_pages.importers.gitbook.heads import drop
from dfs_pages.importers.gitbook.inline import LINK_IN_A_CAPTION, SECOND_PICTURE, Inline, words_of
from dfs_pages.importers.gitbook.links import Links
from dfs_pages.importers.markup import Blocks

LONGEST_LINE = 400  # of a caption, and of the words for who can't see a picture


class Pictures:
    """Part of `Page`, which has the rest."""

    links: Links
    out: Blocks

    def met(self, kind: str, outcome: str, reason: str = "", what: str = "") -> None:
        raise NotImplementedError

    def fill(self, element: Any) -> Any:
        raise NotImplementedError

    def paragraph(self, parts: Any) -> None:
        raise NotImplementedError

    def follow(self, after: list[Any], reason: str) -> None:
        raise NotImplementedError

    def fitting(self, title: str, longest: int) -> tuple[str, str]:
        raise NotImplementedError

    def lead(self, html: str) -> None:
        raise NotImplementedError

    def pictures(self, inline: Inline, *, among_words: bool = False) -> None:
        for picture in inline.pictures:
            if among_words:
                self.met("picture in a line", DEGRADED, _("it stands below its paragraph"))
            self.figure(picture, "")

    def block_figure(self, element: Any) -> None:
        caption = element.find(".//figcaption")
        inline = Inline(self.links)
        text = inline.plain(caption, lost=LINK_IN_A_CAPTION) if caption is not None else ""
        if caption is not None:
            drop(caption)
        for source in element.iter("source"):
            self.block_source(source)
        pictures = list(element.iter("img"))
        for picture in pictures:
            self.figure(picture, text)
        self.follow(inline.pictures, _("a picture in a caption stands below it"))
        if not pictures:
            self.fill(element)
            self.paragraph([text])

    def block_source(self, element: Any) -> None:
        self.met("image", DEGRADED, SECOND_PICTURE, element.get("srcset") or element.get("src") or "")

    def figure(self, picture: Any, caption: str) -> None:
        alt = " ".join((picture.get("alt") or "").split())
        src = picture.get("src") or ""
        number = self.links.image(src)
        if number is not None:
            self.picture(picture, f"{self.links.mark}image:{number}:", alt, caption)
            return
        words = caption or alt
        if src.startswith(("http://", "https://")):
            self.out.add("paragraph", f'<p><a href="{escape(src)}">{escape(words or src, quote=False)}</a></p>')
        elif words:
            self.out.add("paragraph", f"<p><i>{escape(words, quote=False)}</i></p>")
        self.way_on(picture, words)

    def picture(self, picture: Any, mark: str, alt: str, caption: str) -> None:
        caption, in_full = self.fitting(caption, LONGEST_LINE)
        short_alt, alt_in_full = self.fitting(alt, LONGEST_LINE)
        self.out.add("figure", {"image": mark, "alt_text": short_alt, "caption": caption})
        if not alt:
            reason = _("a picture has no words for who can't see it")
            self.met("alternative text", DEGRADED, reason, picture.get("src"))
        self.lead(in_full + alt_in_full)
        self.way_on(picture, caption or alt)

    def way_on(self, picture: Any, words: str) -> None:
        """A picture can't be a link here: where it leads stands below it."""
        link = next(picture.iterancestors("a"), None)
        href = link.get("href") if link is not None and not words_of(link) else None
        if not href:
            return
        self.met("picture with a link", DEGRADED, _("the link stands below the picture"), href)
        if opening := self.links.opening(href):
            self.lead(f"<p>{opening}{escape(words or href, quote=False)}</a></p>")
