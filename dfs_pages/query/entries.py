from dataclasses import dataclass, replace
from typing import Any

from wagtail.models import Page

from dfs_workflow.conf import interface_language
from dfs_workflow.query import page_url


@dataclass(frozen=True)
class Entry:
    """One line of a list. `language` is set only where the text is not in the language of the frame."""

    title: str
    url: str
    reference: str = ""
    summary: str = ""
    count: str = ""
    language: str = ""
    current: bool = False

    def marked(self, *, current: bool) -> "Entry":
        return replace(self, current=current)


def entry(page: Page, language: str, **more: Any) -> Entry:
    return Entry(
        title=getattr(page, "short_title", "") or page.title,
        url=page_url(page, language),
        reference=getattr(page, "reference", ""),
        language=foreign_language(page, language),
        **more,
    )


def foreign_language(page: Any, language: str) -> str:
    code: str = page.locale.language_code
    return "" if code == interface_language(language) else code


def neighbours(entries: list[Entry], url: str) -> tuple[Entry | None, Entry | None]:
    """The entries before and after the one with this address."""
    urls = [row.url for row in entries]
    if url not in urls:
        return None, None
    place = urls.index(url)
    return (entries[place - 1] if place else None), (entries[place + 1] if place + 1 < len(entries) else None)
