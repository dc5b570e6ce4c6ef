"""What became of one statement: each version that readers saw, with what it changed. Nobody is named."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from dfs_workflow.conf import source_language
from dfs_workflow.editions.snapshot import plain
from dfs_workflow.models import Decision, ProposalItem, own_reasons
from dfs_workflow.redline import Redline, compare
from dfs_workflow.told import Told, Words, told_of_one

# What readers see of a statement; notes for editors are none of it.
FIELDS = ("title", "statement", "detail", "audit_question", "outcomes", "note")
SHOWN = (*Decision.PUBLISHING, Decision.Kind.WITHDRAW, Decision.Kind.MOVE)


@dataclass(frozen=True)
class Event:
    at: datetime
    kind: str
    reason: str
    is_review: bool
    is_withdrawal: bool
    told: Told | None = None
    proposal: str = ""
    proposed_by: str = ""


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    redline: Redline


@dataclass(frozen=True)
class Version:
    event: Event
    is_first: bool
    changes: Sequence[Change]
    is_hidden: bool = False


def decisions_on(page: Page) -> list[Decision]:
    kinds = Decision.known_to_readers().filter(content_type=ContentType.objects.get_for_model(Page), kind__in=SHOWN)
    applied = ProposalItem.objects.filter(
        result_revision__object_id=str(page.pk), result_revision__lte=OuterRef("revision_id")
    ).order_by("-result_revision")
    own = Q(object_id=str(page.pk))
    if page.locale.language_code != source_language():
        own |= told_by_source(page)  # in the same query, as every reader of the page asks it
    rows = kinds.filter(own).annotate(
        proposal=Subquery(applied.values("proposal__number")[:1]),
        proposed_by=Subquery(applied.values("proposal__organisation__name")[:1]),
    )
    return once(rows.order_by("at", "pk"))


def told_by_source(page: Page) -> Q:
    source = Page.objects.filter(translation_key=page.translation_key, locale__language_code=source_language())
    return Q(object_id__in=source.values(key=Cast("pk", CharField()))) & ~Q(public_reason="")


def once(decisions: Iterable[Any]) -> list[Decision]:
    """The version that a proposal went into names it, later ones don't."""
    found, named = [], set[str]()
    for decision in decisions:
        if decision.proposal in named:
            decision.proposal = decision.proposed_by = ""
        named.add(decision.proposal)
        found.append(decision)
    return found


def events(page: Page) -> list[Event]:
    """The newest first."""
    decisions, said = with_words(page)
    return [event(decision, said.get(decision.pk)) for decision in reversed(decisions)]


def with_words(page: Page) -> tuple[list[Decision], dict[int, Told]]:
    """The decisions on the page itself, and what readers are told about each."""
    rows = decisions_on(page)
    own = [row for row in rows if row.object_id == str(page.pk)]
    source = [Words(row.at, row.public_reason) for row in rows if row.object_id != str(page.pk)]
    return own, told_of_one(own, source, page.locale.language_code)


def event(decision: Decision, said: Told | None) -> Event:
    """The words of reviewers are for editors; what the system did says why by itself."""
    return Event(
        decision.at,
        decision.get_kind_display(),
        own_reasons.read(decision.reason) if decision.kind == Decision.Kind.SYSTEM else "",
        decision.kind == Decision.Kind.REVIEW,
        decision.kind == Decision.Kind.WITHDRAW,
        said,
        getattr(decision, "proposal", None) or "",
        getattr(decision, "proposed_by", None) or "",
    )


def versions(page: Page) -> list[Version]:
    """The newest first, each compared with the one before it."""
    decisions, said = with_words(page)
    revisions = Revision.objects.in_bulk([decision.revision_id for decision in decisions if decision.revision_id])
    found: list[Version] = []
    before: dict[str, str] | None = None
    for decision in decisions:
        revision = revisions.get(decision.revision_id) if decision.revision_id else None
        after = texts(page, revision) if revision else before
        changed: list[Change] = list(changes(page, before, after)) if before is not None and after is not None else []
        found.append(Version(event(decision, said.get(decision.pk)), before is None, changed))
        before = after if after is not None else before
    return found[::-1]


def without_words(found: Iterable[Version]) -> list[Version]:
    """When and why, of what was withdrawn because its words do harm."""
    return [replace(version, changes=(), is_hidden=True) for version in found]


def changes(page: Page, before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    for name in after:
        redline = compare(before.get(name, ""), after[name], page.locale.language_code)
        if redline.is_changed:
            label = str(type(page)._meta.get_field(name).verbose_name)
            yield Change(label[:1].upper() + label[1:], before.get(name, ""), redline)


def texts(page: Page, revision: Revision) -> dict[str, str]:
    """By field; no query, as foreign keys are not followed."""
    version = type(page).from_serializable_data(revision.content, check_fks=False)
    fields = {field.name: field for field in type(page)._meta.get_fields() if field.name in FIELDS}
    return {name: text_of(version, fields[name]) for name in FIELDS if name in fields}


def text_of(version: Any, field: Any) -> str:
    value = getattr(version, field.name)
    if not isinstance(field, StreamField):
        return str(value or "")
    return "\n".join(plain(str(block.render())) for block in value)
