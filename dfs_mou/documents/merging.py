"""Two people change the answers of one agreement: what each changed is kept, and where both did, nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Place = tuple[str, str]  # the language, empty for an answer that all languages share, and the name
ABSENT = object()


@dataclass(frozen=True)
class Conflict:
    language: str
    name: str
    theirs: Any
    mine: Any


@dataclass(frozen=True)
class Merged:
    """`answers` hold everybody's changes; in a conflict they hold mine."""

    answers: Json
    conflicts: tuple[Conflict, ...]


def merge(base: Json, theirs: Json, mine: Json) -> Merged:
    before, others, own = (flat(answers) for answers in (base, theirs, mine))
    merged, conflicts = dict(others), []
    for place in {**before, **own}:
        wanted, was, now = (answers.get(place, ABSENT) for answers in (own, before, others))
        if wanted == was:
            continue
        if now not in (was, wanted):
            shown = [None if value is ABSENT else value for value in (now, wanted)]
            conflicts.append(Conflict(*place, *shown))
        if wanted is ABSENT:
            merged.pop(place, None)
        else:
            merged[place] = wanted
    return Merged(folded(merged) | {"parties": mine.get("parties", {})}, tuple(conflicts))


def flat(answers: Json) -> dict[Place, Any]:
    rows: dict[Place, Any] = {("", name): value for name, value in answers.get("common", {}).items()}
    for language, part in answers.get("values", {}).items():
        rows |= {(language, name): value for name, value in part.items()}
    return {place: value for place, value in rows.items() if value is not None}


def folded(rows: Mapping[Place, Any]) -> Json:
    common: Json = {}
    values: dict[str, Json] = {}
    for (language, name), value in rows.items():
        (values.setdefault(language, {}) if language else common)[name] = value
    return {"common": common, "values": values}
