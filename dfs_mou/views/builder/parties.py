"""The first step: the country, its authorities as the directory knows them, the languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from dfs_mou import query
from dfs_mou.documents.edition import Edition
from dfs_mou.exporters.directory_answers import country_label, directory_answers, directory_row
from dfs_mou.views.builder.state import State
from dfs_workflow.models import Organisation
from dfs_workflow.sorting import sort_key

TYPED = "typed"  # instead of an entry of the directory
FACTS = ("text", "long_text", "legal_acts_list", "list_of_contacts")
COUNTRY, REGULATOR, BANK = "country_", "telecom_regulator_", "central_bank_"  # how the names of their questions begin


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool
    note: bool = False


def country_choices(state: State, language: str) -> list[Choice]:
    rows = [(country_label(code, name, language), code) for code, name in query.countries()]
    ordered = sorted(rows, key=lambda row: (sort_key(row[0], language), row[1]))
    return [Choice(code, label, code == state.country) for label, code in ordered]


def authority_choices(found: Sequence[Organisation], chosen: str) -> list[Choice]:
    only = str(found[0].pk) if len(found) == 1 else ""
    return [Choice(str(row.pk), str(row), str(row.pk) == (chosen or only), row.needs_check) for row in found]


def party_context(state: State, language: str) -> dict[str, Any]:
    regulators, banks = query.authorities(state.country) if state.country else ([], [])
    return {
        "countries": country_choices(state, language),
        "regulators": authority_choices(regulators, state.regulator),
        "banks": authority_choices(banks, state.bank),
        "typed": TYPED,
    }


def pair_names(pair: Mapping[str, str], language: str) -> list[str]:
    """The country and the authorities that were chosen, as a reader knows them."""
    country = pair.get("country", "")
    chosen = [query.number(pair.get(name, "")) for name in ("regulator", "bank")]
    known = {row.pk: str(row) for row in Organisation.objects.filter(pk__in=chosen)}
    label = country_label(country, dict(query.countries()).get(country, country), language) if country else ""
    return [name for name in (label, *(known.get(key, "") for key in chosen)) if name]


def with_parties(edition: Edition, state: State, post: QueryDict) -> State:
    """The directory's answers replace earlier ones only when another country or authority was chosen."""
    known = dict(query.countries())
    country = post.get("country", "") if post.get("country") in known else ""
    moved = country != state.country
    regulator = "" if moved else post.get("regulator", "")
    bank = "" if moved else post.get("bank", "")
    if not country:
        return _forgetting(edition, state, replace(state, country="", regulator="", bank=""))
    regulators, banks = query.authorities(country)
    chosen = replace(state, country=country, regulator=_valid(regulators, regulator), bank=_valid(banks, bank))
    row = directory_row(country, known[country], _pick(regulators, chosen.regulator), _pick(banks, chosen.bank))
    return _filled(edition, state, chosen, directory_answers(row, chosen.languages))


def _valid(found: Sequence[Organisation], chosen: str) -> str:
    if chosen == TYPED or chosen in {str(row.pk) for row in found}:
        return chosen
    return str(found[0].pk) if len(found) == 1 else ""


def _pick(found: Sequence[Organisation], chosen: str) -> Organisation | None:
    return next((row for row in found if str(row.pk) == chosen), None)


def _filled(edition: Edition, before: State, chosen: State, answers: dict[str, Any]) -> State:
    same = (before.country, before.regulator, before.bank) == (chosen.country, chosen.regulator, chosen.bank)
    if not same:
        return _forgetting(edition, before, chosen).with_answers(answers)
    # A language that was added later gets what the directory knows, and what was typed stays.
    return chosen.with_answers({**answers, "common": {}}).with_answers(chosen.answers)


def _forgetting(edition: Edition, before: State, chosen: State) -> State:
    """Without what was said of the country or the authority that was chosen before: its names, its city, its law."""
    moved = chosen.country != before.country
    left = moved and bool(before.country)
    prefixes = [COUNTRY] if moved else []
    for prefix, old, new in (
        (REGULATOR, before.regulator, chosen.regulator),
        (BANK, before.bank, chosen.bank),
    ):
        if left or (old and old != new):
            prefixes.append(prefix)
        elif old != new and new != TYPED:  # the first choice: forms of a name that was typed go with that name
            prefixes.append(f"{prefix}name")
    return chosen.without_answers(tuple(prefixes), facts(edition) if left else frozenset())


def facts(edition: Edition) -> frozenset[str]:
    """Questions about one country: a law, an office, a city. What drafters agree on comes with a proposal."""
    return frozenset(row.name for row in edition.variables if row.type in FACTS and row.default is None)
