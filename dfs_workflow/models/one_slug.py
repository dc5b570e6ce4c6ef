"""One slug in all languages: a translation has that of its source, whatever its own versions say."""

from typing import Any

from wagtail.models import Page

from dfs_workflow.conf import source_language


def source_of(page: Any) -> Page | None:
    """The page whose slug it takes; none for the source itself, and none for home pages."""
    rows = Page.objects.filter(translation_key=page.translation_key, content_type=page.content_type_id)
    source = rows.filter(locale__language_code=source_language()).exclude(pk=page.pk).first()
    return None if source is None or stand_together(source.path, page.path) else source


def stand_together(path: str, other: str) -> bool:
    """As the home pages of all languages do: below one page no two can have the same slug."""
    return path[: -Page.steplen] == other[: -Page.steplen]


def takes_slug_of_source(page: Any) -> bool:
    source = source_of(page)
    return source is not None and source.live and source.slug == page.slug
