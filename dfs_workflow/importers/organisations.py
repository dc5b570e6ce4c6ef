"""The directory of organisations: one row a country in the file, one object an organisation here."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.text import slugify

from dfs_workflow.models import Organisation, OrganisationCountry

SHIPPED = Path(__file__).resolve().parent.parent / "content" / "organisations.csv"
COLUMNS = [
    *("iso2", "iso3", "country_en"),
    *("telecom_regulator", "telecom_regulator_acronym", "telecom_regulator_website"),
    *("central_bank", "central_bank_acronym", "central_bank_website", "sources", "needs_check"),
]
LOADED = "Loaded from the directory file"
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class DirectoryError(ValueError):
    """The file can't be used; says where and why in one sentence."""


@dataclass(frozen=True)
class Country:
    code: str
    name: str
    source_note: str
    needs_check: bool


@dataclass
class Entry:
    key: str
    kind: str
    name: str
    acronym: str
    website: str
    countries: list[Country] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        sources = {source for country in self.countries for source in country.source_note.split("+")}
        return {
            "kind": self.kind,
            "name": self.name,
            "acronym": self.acronym,
            "website": self.website,
            "source_note": "+".join(sorted(sources)),
            "needs_check": any(country.needs_check for country in self.countries),
        }


@dataclass
class Report:
    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        counts = f"{len(self.created)} created, {len(self.updated)} updated, {len(self.unchanged)} unchanged"
        return [f"Organisations: {counts}.", *(f"Left alone, edited here: {key}" for key in self.left_alone)]


@transaction.atomic
def load_organisations(path: Path = SHIPPED, *, dry_run: bool = False) -> Report:
    """All or nothing; what a steward has edited since is never touched."""
    report = Report()
    for entry in entries(read_rows(path)):
        load_entry(entry, report)
    if dry_run:
        transaction.set_rollback(True)
    return report


def read_rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = list(reader)
            if reader.fieldnames != COLUMNS:
                raise DirectoryError(f"{path.name}: the first line must be: {','.join(COLUMNS)}")
    except FileNotFoundError as error:
        raise DirectoryError(f"{path.name}: there is no such file.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise DirectoryError(f"{path.name}: this is not a CSV file in UTF-8.") from error
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        if problem := row_problem(row, seen):
            raise DirectoryError(f"{path.name}, row {number}: {problem}")
    return rows


def row_problem(row: dict[str, Any], seen: set[str]) -> str:
    if None in row or None in row.values():
        return "the number of columns differs from the first line."
    if not re.fullmatch("[A-Z]{2}", row["iso2"]) or row["iso2"] in seen:
        return f"the country code {row['iso2'][:10]!r} is unknown or there twice."
    seen.add(row["iso2"])
    if row["needs_check"] not in {"yes", "no"}:
        return "needs_check must be yes or no."
    for column, value in row.items():
        if CONTROL.search(value) or len(value) > 255:
            return f"{column} holds control characters or more than 255 characters."
        if column.endswith("_website") and value and not is_web_address(value):
            return f"{column} is not a web address."
    return ""


def is_web_address(value: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        return False
    return True


def entries(rows: list[dict[str, str]]) -> Iterator[Entry]:
    """A regulator serves one country; a central bank named alike in several rows is one that serves them all."""
    banks: dict[tuple[str, str], Entry] = {}
    taken: dict[str, int] = defaultdict(int)
    for row in rows:
        country = Country(row["iso2"], row["country_en"], row["sources"], row["needs_check"] == "yes")
        name, acronym, website = (row[f"telecom_regulator{part}"] for part in ("", "_acronym", "_website"))
        if name or acronym:
            key = f"telecom-regulator-{country.code.lower()}"
            yield Entry(key, Organisation.Kind.TELECOM_REGULATOR, name, acronym, website, [country])
        name, acronym, website = (row[f"central_bank{part}"] for part in ("", "_acronym", "_website"))
        if not (name or acronym):
            continue
        bank = banks.get((name or acronym, website))
        if bank is None:
            slug = slugify(f"central-bank-{name or acronym}")[:100]
            taken[slug] += 1
            key = slug if taken[slug] == 1 else f"{slug}-{country.code.lower()}"
            bank = banks[(name or acronym, website)] = Entry(
                key, Organisation.Kind.CENTRAL_BANK, name, acronym, website
            )
        bank.countries.append(country)
    yield from banks.values()


def load_entry(entry: Entry, report: Report) -> None:
    existing = Organisation.objects.filter(key=entry.key).first()
    if existing is None:
        write(Organisation(key=entry.key, **entry.columns()), entry)
        report.created.append(entry.key)
    elif same(existing, entry):
        report.unchanged.append(entry.key)
    elif edited(existing):
        report.left_alone.append(entry.key)
    else:
        for name, value in entry.columns().items():
            setattr(existing, name, value)
        write(existing, entry)
        report.updated.append(entry.key)


def same(organisation: Organisation, entry: Entry) -> bool:
    columns = {name: getattr(organisation, name) for name in entry.columns()}
    return columns == entry.columns() and countries_of(organisation) == set(entry.countries)


def countries_of(organisation: Organisation) -> set[Country]:
    return {Country(row.code, row.name, row.source_note, row.needs_check) for row in organisation.countries.all()}


def edited(organisation: Organisation) -> bool:
    """By its history: somebody else than this load wrote it last, or one of its countries."""
    records = [organisation.history.first()]
    records += OrganisationCountry.history.filter(organisation_id=organisation.pk)
    return any(record is None or record.history_change_reason != LOADED for record in records)


def write(organisation: Organisation, entry: Entry) -> None:
    organisation._change_reason = LOADED  # type: ignore[attr-defined]
    organisation.save()
    present = {country.code: country for country in organisation.countries.all()}
    wanted = {country.code: country for country in entry.countries}
    for code in present.keys() - wanted.keys():
        present[code]._change_reason = LOADED  # type: ignore[attr-defined]
        present[code].delete()
    for code, country in wanted.items():
        row = present.get(code) or OrganisationCountry(organisation=organisation, code=code)
        row.name, row.source_note, row.needs_check = country.name, country.source_note, country.needs_check
        row._change_reason = LOADED  # type: ignore[attr-defined]
        row.save()
