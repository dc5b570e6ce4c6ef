"""What was published or withdrawn lately and why, in one language, of the whole site or below one page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape, format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from dfs_pages.exporters.twin import absolute
from dfs_workflow.language_marks import foreign_marks
from dfs_workflow.models import Decision, PermanentReference, own_reasons
from dfs_workflow.models.gated import governed_types
from dfs_workflow.query import at_or_below, permanent_url, restricted_pages
from dfs_workflow.told import Told, told

LONGEST = 50
ASKED = 400  # decisions looked at for the newest one of each page


@dataclass(frozen=True)
class News:
    title: str
    path: str
    number: int
    at: datetime
    is_withdrawn: bool
    why: str
    why_language: str


def news(language: str, top: Page | None = None) -> list[News]:
    """The newest decision about each page."""
    kinds = (*Decision.PUBLISHING, Decision.Kind.WITHDRAW)
    page_type = ContentType.objects.get_for_model(Page)
    decisions = list(
        Decision.known_to_readers().filter(kind__in=kinds, content_type=page_type).order_by("-at", "-pk")[: ASKED * 6]
    )
    shown = Page.objects.filter(
        pk__in={int(row.object_id) for row in decisions},
        locale__language_code=language,
        content_type__in=governed_types(Page),
    ).exclude(restricted_pages())
    if top is not None:
        shown = shown.filter(at_or_below(top.path))
    pages = {str(page.pk): page for page in shown}
    keys = [page.translation_key for page in pages.values()]
    references = {row.translation_key: row for row in PermanentReference.objects.filter(translation_key__in=keys)}
    newest = newest_of(decisions, pages)
    said = told(newest, {key: page.translation_key for key, page in pages.items()}, language)
    found = []
    for decision in newest:
        page = pages[decision.object_id]
        found.append(entry(page, decision, references.get(page.translation_key), said.get(decision.pk), language))
    return found


def newest_of(decisions: list[Decision], pages: dict[str, Page]) -> list[Decision]:
    found: dict[str, Decision] = {}
    for decision in decisions:
        page = pages.get(decision.object_id)
        if page is None or decision.object_id in found or len(found) == LONGEST:
            continue
        if (decision.kind == Decision.Kind.WITHDRAW) != page.live:  # else overtaken, or never shown
            found[decision.object_id] = decision
    return list(found.values())


def entry(page: Page, decision: Decision, known: PermanentReference | None, said: Told | None, language: str) -> News:
    is_withdrawn = decision.kind == Decision.Kind.WITHDRAW
    reference = known.reference if known else ""
    path = permanent_url(reference, language) if reference else f"/{language}/{page.url_path.split('/', 2)[2]}"
    title = f"{reference} {page.title}".strip()
    words, spoken = (said.text, said.language) if said else (why(decision, known), "")
    return News(title, path, decision.pk, decision.at, is_withdrawn, words, spoken)


def why(decision: Decision, known: PermanentReference | None) -> str:
    """Where readers were told nothing. What people wrote to each other in a review is not public."""
    if decision.kind == Decision.Kind.REVIEW:
        return _("Approved by a second person.")
    is_by_system = decision.by_id is None and not decision.by_name
    if decision.kind == Decision.Kind.SYSTEM or is_by_system:
        return own_reasons.read(decision.reason)
    if decision.kind == Decision.Kind.WITHDRAW:
        return (known.withdrawal_reason if known else "") or _("Withdrawn, decided by two people.")
    return f"{capfirst(decision.get_kind_display())}."


def atom(language: str, title: str, address: str, rows: list[News]) -> Any:
    feed = Atom1Feed(
        title=title,
        link=absolute(address.rsplit("/", 1)[0] + "/"),
        feed_url=absolute(address),
        description=_("What was published or withdrawn, and why."),
        language=language,
    )
    for row in rows:
        words = _("Withdrawn: %(title)s") if row.is_withdrawn else _("Published: %(title)s")
        feed.add_item(
            title=words % {"title": row.title},
            link=absolute(row.path),
            description=as_html(row.why, foreign_marks(row.why_language, language)),
            unique_id=f"{absolute(row.path)}#decision-{row.number}",
            pubdate=row.at,
            updateddate=row.at,
        )
    return feed.writeString("utf-8")


def as_html(text: str, marks: str) -> str:
    """Django declares summaries to be HTML."""
    return format_html("<span{}>{}</span>", marks, text) if marks else escape(text)
