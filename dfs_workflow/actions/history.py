"""Adding to the history, sealing what other logs say, and forgetting a person without breaking the chain."""

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from dfs_workflow.models import Decision, HistoryEntry, HistoryHead, HistoryPerson, Organisation, name_of
from dfs_workflow.models.digest import digest

BATCH = 500
LOOK_BACK = 200
FORGOTTEN = "history.forgotten"


def record(
    *,
    action: str,
    by: Any,
    at: datetime | None = None,
    about: Any = None,
    details: dict[str, Any] | None = None,
    page: Page | None = None,
    organisation: Organisation | None = None,
) -> HistoryEntry:
    """`about` is the person whom it concerns; the details are then forgotten together with that person."""
    people = {"by": by, "about": about}
    values: dict[str, Any] = {part: {"id": user.pk, "name": name_of(user)} for part, user in people.items() if user}
    if details:
        values["details"] = details
    owners = {part: user.pk for part, user in {**people, "details": about}.items() if user and part in values}
    draft = Draft(
        action, at or timezone.now(), values, owners, getattr(page, "pk", None), getattr(organisation, "pk", None)
    )
    (entry,) = append([draft])
    return entry


class Draft:
    def __init__(
        self,
        action: str,
        at: datetime,
        values: dict[str, Any],
        owners: dict[str, int],
        page_id: int | None = None,
        organisation_id: int | None = None,
        source: str | None = None,
    ) -> None:
        self.action, self.at, self.values, self.owners = action, at.astimezone(UTC), values, owners
        self.page_id, self.organisation_id, self.source = page_id, organisation_id, source


@transaction.atomic
def append(drafts: Iterable[Draft], *, sealed: dict[str, int] | None = None) -> list[HistoryEntry]:
    """The only writer: locks the head, so that two processes never add the same number."""
    head, _created = HistoryHead.objects.select_for_update().get_or_create(pk=1)
    entries: list[HistoryEntry] = []
    people: list[HistoryPerson] = []
    for draft in drafts:
        entry = linked(draft, head)
        entries.append(entry)
        people += [HistoryPerson(entry=entry, user_id=pk, part=part) for part, pk in draft.owners.items()]
        head.number, head.hash = entry.number, entry.hash
    HistoryEntry.objects.bulk_create(entries)
    HistoryPerson.objects.bulk_create(people)
    if sealed:
        head.sealed = {**head.sealed, **sealed}
    head.save()
    return entries


def linked(draft: Draft, head: HistoryHead) -> HistoryEntry:
    parts = {part: {"salt": secrets.token_hex(16), "value": value} for part, value in draft.values.items()}
    entry = HistoryEntry(
        number=head.number + 1,
        at=draft.at,
        action=draft.action,
        page_id=draft.page_id,
        organisation_id=draft.organisation_id,
        source=draft.source,
        parts=parts,
        digests={part: digest(content) for part, content in parts.items()},
        previous=head.hash,
    )
    entry.hash = entry.computed_hash()
    return entry


def seal_history() -> int:
    """Takes over what Wagtail's logs and the gate have recorded since; safe to run at any time."""
    head = HistoryHead.objects.filter(pk=1).first()
    sealed = head.sealed if head else {}
    return sum(seal(model, sealed.get(model._meta.label, 0)) for model in (Decision, PageLogEntry, ModelLogEntry))


def seal(model: type[Any], last: int) -> int:
    """Looks back a little, as a transaction that began earlier may have ended later."""
    label, count = model._meta.label, 0
    related = ["content_type"] if model is Decision else ["content_type", "user"]
    last = max(0, last - LOOK_BACK)
    while rows := list(model.objects.filter(pk__gt=last).select_related(*related).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        sources = [f"{label}:{row.pk}" for row in rows]
        known = set(HistoryEntry.objects.filter(source__in=sources).values_list("source", flat=True))
        drafts = [sealing(row) for row, source in zip(rows, sources, strict=True) if source not in known]
        if drafts:
            append(drafts, sealed={label: last})
        count += len(drafts)
    return count


def sealing(row: Any) -> Draft:
    values = sealed_values(row)
    user_id = row.by_id if isinstance(row, Decision) else row.user_id
    if user_id:
        values["by"] = {"id": user_id, "name": sealed_name(row)}
    is_decision = isinstance(row, Decision)
    action = f"decision.{row.kind}" if is_decision else row.action
    at = row.at if is_decision else row.timestamp
    source = f"{row._meta.label}:{row.pk}"
    return Draft(action, at, values, {"by": user_id} if user_id else {}, *sealed_places(row), source=source)


def sealed_name(row: Any) -> str:
    return row.by_name if isinstance(row, Decision) else row.user_display_name


def sealed_values(row: Any) -> dict[str, Any]:
    """What must not change any more in the row itself."""
    if isinstance(row, Decision):
        told = {"public_reason": row.public_reason} if row.public_reason else {}
        return {"details": {"title": row.title, "reason": row.reason, "sha256": row.sha256, **told}}
    return {"details": {"title": row.label, "data": row.data or {}}}


def sealed_places(row: Any) -> tuple[int | None, int | None]:
    """Page and organisation."""
    if isinstance(row, PageLogEntry):
        return row.page_id, None
    model = row.content_type.model_class() if row.content_type else None
    key = int(row.object_id) if str(row.object_id).isdecimal() else None
    if model is not None and issubclass(model, Page):
        return key, None
    return None, key if model is Organisation else None


@transaction.atomic
def forget(*, user_id: int, by: Any, at: datetime | None = None) -> int:
    """Empties the parts that tell about a person; says in the chain itself which, so that it can't be done quietly."""
    rows = list(HistoryPerson.objects.filter(user_id=user_id).select_related("entry"))
    emptied: dict[int, HistoryEntry] = {}
    for row in rows:
        entry = emptied.setdefault(row.entry_id, row.entry)
        entry.parts[row.part] = None
    HistoryEntry.objects.bulk_update(emptied.values(), ["parts"], batch_size=BATCH)
    HistoryPerson.objects.filter(user_id=user_id).delete()
    if rows:
        named = sorted([row.entry_id, row.part] for row in rows)
        author = None if by is None or by.pk == user_id else by
        record(action=FORGOTTEN, by=author, at=at, details={"emptied": named})
    return len(rows)
