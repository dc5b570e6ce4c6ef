"""Two people change the answers of one agreement: what each changed is kept, and where both did, nothing is lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Place = tuple[str, str]  # the language, empty for an answer that all languages share, and the name
PAIR = "parties"  # what was chosen from the directory, as one choice: an authority belongs to its country


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


def merge(base: Json, theirs: Json, mine: Json, usual: Mapping[Place, Any] | None = None) -> Merged:
    """`usual`: what a question says that nobody answered; to leave it so is no change."""
    usual = usual or {}
    before, others, own = (flat(answers) for answers in (base, theirs, mine))
    merged, conflicts = dict(others), []
    for place in {**before, **own}:
        wanted, was, now = (answers.get(place, usual.get(place)) for answers in (own, before, others))
        if wanted == was:
            if place not in before:  # seen and left as it was
                merged.setdefault(place, own[place])
            continue
        if now not in (was, wanted):
            conflicts.append(Conflict(*place, now, wanted))
        if place in own:
            merged[place] = own[place]
        else:
            merged.pop(place, None)
    pair, was, now = (answers.get(PAIR) or {} for answers in (mine, base, theirs))
    if PAIR not in mine or _chosen(pair) in (_chosen(was), _chosen(now)):
        pair = now
    elif _chosen(now) != _chosen(was):
        conflicts.append(Conflict("", PAIR, now, pair))
    return Merged(folded(merged) | {PAIR: pair}, tuple(conflicts))


def _chosen(pair: Mapping[str, str]) -> Json:
    return {name: value for name, value in pair.items() if value}


def merge_choice(base: Collection[str], theirs: Collection[str], mine: Collection[str]) -> set[str]:
    """What either side added, without what either took away."""
    return (set(theirs) - (set(base) - set(mine))) | (set(mine) - set(base))


def usual_answers(content: Json, languages: tuple[str, ...]) -> dict[Place, Any]:
    """The defaults of an edition, by place."""
    found: dict[Place, Any] = {}
    for variable in content["variables"]:
        default = variable["default"]
        for language in languages if variable["localised"] else ("",):
            own = default.get(language) if variable["localised"] and isinstance(default, dict) else default
            if own is not None:
                found[language, variable["name"]] = own
    return found


def flat(answers: Json) -> dict[Place, Any]:
    rows: dict[Place, Any] = {("", name): value for name, value in answers.get("common", {}).items()}
    for language, part in answers.get("values", {}).items():
        rows |= {(language, name): value for name, value in part.items()}
    return rows


def folded(rows: Mapping[Place, Any]) -> Json:
    common: Json = {}
    values: dict[str, Json] = {}
    for (language, name), value in rows.items():
        (values.setdefault(language, {}) if language else common)[name] = value
    return {"common": common, "values": values}
