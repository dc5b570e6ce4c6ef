"""Takes back the last change of one party, as a new change: nobody else's answers move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dfs_mou.actions.agreements import write_version
from dfs_mou.actions.links import NotAllowed, party_of, refuse_if_sealed
from dfs_mou.documents.merging import Json, Place, flat, folded, merge, usual_answers
from dfs_mou.models import AgreementParty, AgreementVersion

CHOSEN = ("languages", "keep")


@dataclass(frozen=True)
class Back:
    language: str
    name: str
    was: Any
    now: Any


@dataclass(frozen=True)
class Undone:
    """`number`: the version that took back; `answers`: those that moved."""

    number: int
    answers: tuple[Back, ...]


@transaction.atomic
def undo(*, by: Any, token: str, at: datetime) -> Undone:
    """What somebody else has changed since stays theirs; a change of which nothing is left is passed over."""
    party = party_of(token, at, by)
    refuse_if_sealed(party.agreement)
    rows = list(party.agreement.versions.all())
    edition = party.agreement.edition
    usual = usual_answers(edition.content, tuple(edition.languages))
    for before, after in last_changes(rows, party):
        newest = rows[-1]
        values = without(before, after, newest)
        moved = tuple(_moved(newest.answers, values["answers"], usual))
        if moved or any(getattr(newest, name) != values[name] for name in CHOSEN if name in values):
            number = write_version(party.agreement, values, party=party, at=at, undoes=after.number)
            return Undone(number, moved)
    raise NotAllowed(_("There is no change of yours left to take back."))


def last_changes(
    rows: Sequence[AgreementVersion], party: AgreementParty
) -> Iterator[tuple[AgreementVersion, AgreementVersion]]:
    """What this party changed, the newest first, with the version before; neither undone yet nor an undoing itself."""
    undone = {row.undoes for row in rows}
    for before, after in reversed(list(pairwise(rows))):
        if after.by_party_id == party.pk and after.undoes is None and after.number not in undone:
            yield before, after


def without(before: AgreementVersion, after: AgreementVersion, newest: AgreementVersion) -> dict[str, Any]:
    """The newest answers as if the change had not been made."""
    merged = merge(after.answers, newest.answers, before.answers)
    theirs = flat(newest.answers)
    rows = flat(merged.answers)
    for conflict in merged.conflicts:
        place = (conflict.language, conflict.name)
        rows.pop(place, None)
        if place in theirs:
            rows[place] = theirs[place]
    values: dict[str, Any] = {"answers": folded(rows) | _parties(before, after, newest)}
    for name in CHOSEN:
        if getattr(newest, name) == getattr(after, name):
            values[name] = getattr(before, name)
    return values


def _parties(before: AgreementVersion, after: AgreementVersion, newest: AgreementVersion) -> Json:
    old, changed, now = (row.answers.get("parties") for row in (before, after, newest))
    chosen = old if now == changed else now
    return {} if chosen is None else {"parties": chosen}


def _moved(before: Json, after: Json, usual: Mapping[Place, Any]) -> Iterator[Back]:
    """Not those that were only seen and left as the model proposes."""
    old, new = flat(before), flat(after)
    for place in {**old, **new}:
        was, now = (answers.get(place, usual.get(place)) for answers in (old, new))
        if was != now:
            yield Back(*place, was, now)
