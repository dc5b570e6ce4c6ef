"""The pairs of authorities that the directory has, for whom a template can be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from dfs_mou import query
from dfs_workflow.models import Organisation, OrganisationCountry

NOBODY: Sequence[Organisation | None] = (None,)
Pair = tuple[str, str, Organisation | None, Organisation | None]


def pairs() -> dict[str, Pair]:
    """Every pair of a regulator and a central bank of one country, under a name: country, regulator, bank."""
    kinds = (*query.REGULATORS, *query.CENTRAL_BANKS)
    rows = OrganisationCountry.objects.filter(organisation__kind__in=kinds).select_related("organisation")
    countries: dict[str, tuple[str, list[Organisation], list[Organisation]]] = {}
    for row in rows.order_by("name", "organisation__name", "organisation_id"):
        _name, regulators, banks = countries.setdefault(row.code, (row.name, [], []))
        (regulators if row.organisation.kind in query.REGULATORS else banks).append(row.organisation)
    return {
        f"{code}.{regulator.pk if regulator else 0}.{bank.pk if bank else 0}": (code, name, regulator, bank)
        for code, (name, regulators, banks) in countries.items()
        for regulator, bank in product(regulators or NOBODY, banks or NOBODY)
    }


def pair_of(name: str) -> Pair | None:
    code, *keys = name.split(".")
    if len(keys) != 2:
        return None
    numbers = [query.number(key) for key in keys]
    rows = OrganisationCountry.objects.filter(code=code, organisation_id__in=numbers).select_related("organisation")
    found = {row.organisation_id: row for row in rows}
    if not found:
        return None
    regulator, bank = (found[key].organisation if key in found else None for key in numbers)
    return code, next(iter(found.values())).name, regulator, bank
