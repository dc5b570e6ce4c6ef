"""What the text of a page names by id or reference, written out for the reader: links, statements, images, footnotes.

Each kind costs a constant number of queries, however much of it a page holds.
"""

import re
from typing import Any

from django.db.models import Q
from django.utils.html import escape, format_html
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from dfs_pages.query.entries import Entry, foreign_language
from dfs_pages.query.overlay import Reader
from dfs_pages.query.statements import by_references
from dfs_workflow.language_marks import marks
from dfs_workflow.query import page_url

LINK = re.compile(r"""<a\b(?=[^>]*\blinktype="page")(?=[^>]*\bid="(\d+)")[^>]*>(</a>)?""")
ANCHOR = re.compile(r"""\bdata-anchor="([^"<>]+)["]""")
STATEMENT = re.compile(r"""<p class="xref" data-statement="([A-Z0-9-]+)"></p>""")
IMAGE = re.compile(r"""<img data-image="(\d+)" alt="([^"]*)">""")
FOOTNOTE = re.compile(r"""<aside class="note footnote" role="note" data-footnote="([^"]+)"><sup>[^<]*</sup>""")
MARK = re.compile(r"\[\^([^\]\s<>]{1,10})\]")
WIDTHS = ("width-320|format-webp", "width-640|format-webp", "width-1024|format-webp")
PRINTED = "width-1024"  # the fallback keeps the format of the original, for what can't show WebP


def expand_links(html: str, reader: Reader) -> str:
    html = expand_pages(html, reader)
    html = expand_statements(html, reader)
    html = expand_images(html)
    return str(expand_db_html(link_footnotes(html)))


def expand_pages(html: str, reader: Reader) -> str:
    """A page that is gone or not public leaves its words without a link."""
    found = LINK.findall(html)
    if not found:
        return html
    ids = {int(number) for number, _ending in found}
    public = {page.pk: page for page in reader.public(Page.objects.filter(pk__in=ids)).select_related("locale")}
    titles = shown_titles(public, reader) if any(ending for _number, ending in found) else {}

    def link(match: re.Match[str]) -> str:
        page = public.get(int(match[1]))
        if not match[2]:
            anchor = ANCHOR.search(match[0])
            end = f"#{anchor[1]}" if anchor else ""
            return format_html('<a href="{}">', page_url(page, reader.language) + end) if page else "<a>"
        return written(titles[page.pk]) if page else ""

    return LINK.sub(link, html)


def shown_titles(pages: dict[int, Any], reader: Reader) -> dict[int, Entry]:
    """For links without words of their own: the title in the reader's language."""
    keys = [page.translation_key for page in pages.values()]
    shown = {pair.source.translation_key: pair.shown for pair in reader.overlay(Page, Q(translation_key__in=keys))}
    entries = {}
    for pk, page in pages.items():
        best = shown.get(page.translation_key, page)
        entries[pk] = Entry(
            best.title, page_url(page, reader.language), language=foreign_language(best, reader.language)
        )
    return entries


def written(entry: Entry) -> str:
    language = marks(entry.language) if entry.language else ""
    return format_html('<a href="{}"{}>{}</a>', entry.url, language, entry.title)


def expand_statements(html: str, reader: Reader) -> str:
    """The reference and title of a statement; of one that is withdrawn or not public only the reference."""
    references = set(STATEMENT.findall(html))
    if not references:
        return html
    known = by_references(references, reader)

    def statement(match: re.Match[str]) -> str:
        entry = known.get(match[1])
        if entry is None:
            return format_html('<p class="xref"><bdi class="ref" dir="ltr">{}</bdi></p>', match[1])
        language = marks(entry.language) if entry.language else ""
        return format_html(
            '<p class="xref"><a class="ref" href="{}">{}</a> <span{}>{}</span></p>',
            entry.url, entry.reference, language, entry.title,
        )  # fmt: skip

    return STATEMENT.sub(statement, html)


def expand_images(html: str) -> str:
    ids = {int(number) for number, _alt in IMAGE.findall(html)}
    if not ids:
        return html
    images = get_image_model()._default_manager.filter(pk__in=ids).prefetch_renditions(*WIDTHS, PRINTED)
    shown = {image.pk: image for image in images}

    def image(match: re.Match[str]) -> str:
        found = shown.get(int(match[1]))
        return picture(found, match[2]) if found else ""

    return IMAGE.sub(image, html)


def picture(image: Any, alt: str) -> str:
    """`alt` comes escaped from the template."""
    fallback = image.get_rendition(PRINTED)
    sizes = {rendition.width: rendition.url for rendition in map(image.get_rendition, WIDTHS)}
    addresses = ", ".join(f"{escape(url)} {width}w" for width, url in sorted(sizes.items()))
    return (
        f'<picture><source type="image/webp" srcset="{addresses}" sizes="(min-width: 40rem) 36rem, 100vw">'
        f'<img src="{escape(fallback.url)}" width="{fallback.width}" height="{fallback.height}" alt="{alt}"'
        ' loading="lazy"></picture>'
    )


def link_footnotes(html: str) -> str:
    """A mark leads to the next footnote below it with that mark, and the footnote back to its first mark."""
    notes = [(match.start(), match[1]) for match in FOOTNOTE.finditer(html)]
    if not notes:
        return html
    used: set[int] = set()

    def mark(match: re.Match[str]) -> str:
        number = next((n for n, (place, name) in enumerate(notes) if place > match.start() and name == match[1]), None)
        if number is None:
            return match[0]
        anchor = "" if number in used else f' id="fnref-{number}"'
        used.add(number)
        return f'<sup><a{anchor} href="#fn-{number}" role="doc-noteref">{match[1]}</a></sup>'

    linked = MARK.sub(mark, html)
    counter = iter(range(len(notes)))

    def note(match: re.Match[str]) -> str:
        number = next(counter)
        sign = f'<a href="#fnref-{number}" role="doc-backlink">{match[1]}</a>' if number in used else match[1]
        return f'<aside class="note footnote" role="note" id="fn-{number}"><sup>{sign}</sup>'

    return FOOTNOTE.sub(note, linked)
