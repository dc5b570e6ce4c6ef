"""What readers may see, and under which address. Every list, feed, search, API and export asks here."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import get_script_prefix
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.query import PageQuerySet

from dfs_workflow.conf import reading_order, source_language
from dfs_workflow.models import BundleItem, ContentVersion, Decision, PermanentReference, Referenced
from dfs_workflow.models.reference import permanent_path

__all__ = [
    "in_open_bundles",
    "last_shown",
    "page_url",
    "permanent_url",
    "reading_url",
    "public",
    "restricted_for",
    "restricted_pages",
    "reviewed_at",
    "source_language",
    "translations_of",
    "withdrawal",
]


def public(queryset: QuerySet[Any], *, restricted: Q | None = None) -> QuerySet[Any]:
    """Live, and not under any view restriction, whoever asks.

    A page that makes several lists passes what `restricted_pages()` gave it, so that it is asked for only once.
    """
    live = queryset.filter(live=True)
    if not isinstance(live, PageQuerySet):
        return live
    open_to_all: QuerySet[Any] = live.exclude(restricted_pages() if restricted is None else restricted)
    return open_to_all


def in_open_bundles() -> list[tuple[int, str]]:
    """Content type and key of all that is listed in a bundle under review."""
    return list(BundleItem.objects.filter(bundle__closed_at=None).values_list("content_type_id", "object_id"))


def restricted_pages() -> Q:
    """One query; what to leave out of every list of pages. As Wagtail's `private_q()`, which makes SQLite read every
    page where hardly any is restricted; by hand, as most requests ask it."""
    restrictions = f"SELECT page_id FROM {PageViewRestriction._meta.db_table}"
    hidden = Q(pk__in=[])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT path FROM {Page._meta.db_table} WHERE id IN ({restrictions})")
        tops = cursor.fetchall()
    for (path,) in tops:
        hidden |= Q(path__startswith=path)
    return hidden


def at_or_below(path: str) -> Q:
    """Pages by their place in the tree, as a range: SQLite finds no beginnings of texts in an index."""
    depth, last = len(path) // Page.steplen, Page._str2int(path[-Page.steplen :])
    return Q(path__gte=path, path__lt=Page._get_path(path, depth, last + 1))


def restricted_for(request: HttpRequest) -> Q:
    """The same for everything that one request asks."""
    if not hasattr(request, "dfs_restricted"):
        request.dfs_restricted = restricted_pages()  # type: ignore[attr-defined]
    restricted: Q = request.dfs_restricted  # type: ignore[attr-defined]
    return restricted


def content_version(request: Any) -> int:
    """Read once for each request, or anew where there is none."""
    if request is None:
        return ContentVersion.current()
    if not hasattr(request, "content_version"):
        request.content_version = ContentVersion.current()
    return int(request.content_version)


def translations_of(page: Any, request: HttpRequest | None) -> list[Any]:
    """The page in every language, live or not, with the date of its review; asked for once in a request."""
    known: dict[Any, list[Any]] = request.__dict__.setdefault("dfs_translations", {}) if request else {}
    if page.translation_key not in known:
        reviews = Decision.objects.filter(revision_id=OuterRef("live_revision_id"), kind=Decision.Kind.REVIEW)
        rows = type(page)._default_manager.filter(translation_key=page.translation_key)
        rows = rows.annotate(reviewed_at=Subquery(reviews.order_by("-at").values("at")[:1]))
        known[page.translation_key] = list(rows.select_related("locale").order_by("locale__language_code"))
    page.locale = next((row.locale for row in known[page.translation_key] if row.pk == page.pk), None) or page.locale
    return known[page.translation_key]


def reviewed_at(page: Any, request: HttpRequest | None = None) -> datetime | None:
    """When a second person approved what is live; nothing for what was loaded and nobody has reviewed yet."""
    rows = translations_of(page, request)
    return next((row.reviewed_at for row in rows if row.pk == page.pk), None)


def permanent_url(reference: str, language: str) -> str:
    return permanent_path(reference, language)


def page_url(page: Page, language: str) -> str:
    """Without a query: all homes stand at the top of the tree, and slugs are the same in all languages."""
    if isinstance(page, Referenced):
        return permanent_path(page.reference, language)
    below_home = page.url_path.split("/", 2)[2]
    return f"{get_script_prefix()}{language}/{below_home}"


def reading_url(subject: Any, language: str) -> str:
    """Of a page, or of a snippet that says where it is read: `read_at()`, in the language of the request."""
    if isinstance(subject, Page):
        return page_url(subject, language)
    return str(subject.read_at()) if hasattr(subject, "read_at") else ""


def last_shown(entry: PermanentReference, language: str) -> Page | None:
    """What readers saw of it, in the first of their languages in which it was ever published."""
    pages = Page.objects.filter(translation_key=entry.translation_key).exclude(first_published_at=None).public()
    by_language = {page.locale.language_code: page for page in pages.select_related("locale")}
    return next((by_language[code] for code in reading_order(language) if code in by_language), None)


def withdrawal(entry: PermanentReference, language: str) -> dict[str, Any]:
    """When and why it was withdrawn, what takes its place, and the words that readers saw last."""
    page = last_shown(entry, language)
    decisions = Decision.known_to_readers().filter(
        content_type=ContentType.objects.get_for_model(Page), object_id=str(page.pk if page else "")
    )
    gone = decisions.filter(kind__in=(Decision.Kind.WITHDRAW, Decision.Kind.DELETE)).order_by("at").last()
    published = decisions.filter(kind__in=Decision.PUBLISHING).order_by("at").last()
    revision = Revision.objects.filter(pk=published.revision_id).first() if published else None
    return {
        "reference": entry.reference,
        "entry": entry,
        "date": gone.at if gone else None,
        "last": None if entry.hides_words or revision is None else revision.content,
        "language": page.locale.language_code if page else "",
    }
