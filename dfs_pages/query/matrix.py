"""A catalogue as a matrix: how many controls there are for each threat and stakeholder, and which they are.

The address is the filter: every number is a link to the list it counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext as _

from dfs_pages.models import ControlPage
from dfs_pages.query.entries import foreign_language
from dfs_pages.query.overlay import Pair, Reader
from dfs_pages.query.terms import Term, named
from dfs_workflow.query import page_url

HEAT = (1, 3, 6, 9)  # from how many controls on a cell is as dark as the next step
PER_PAGE = 150
CODES = ("threat", "stakeholder", "dimension")
AUDITED = "audited"


@dataclass(frozen=True)
class Filters:
    """What is in the address."""

    threat: str = ""
    stakeholder: str = ""
    dimension: str = ""
    audited: bool = False

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "Filters":
        return cls(**{name: values.get(name, "") for name in CODES}, audited=values.get("only") == AUDITED)

    def known(self, threats: Sequence[str], terms: Mapping[tuple[str, str], Term]) -> "Filters":
        return replace(
            self,
            threat=self.threat if self.threat in threats else "",
            stakeholder=self.stakeholder if ("stakeholder", self.stakeholder) in terms else "",
            dimension=self.dimension if ("dimension", self.dimension) in terms else "",
        )

    def fit(self, control: "Light") -> bool:
        return (
            (not self.threat or self.threat == control.threat)
            and (not self.stakeholder or self.stakeholder in control.stakeholders)
            and (not self.dimension or self.dimension in control.dimensions)
            and (not self.audited or control.audited)
        )

    def count(self, controls: Sequence["Light"]) -> int:
        return sum(map(self.fit, controls))

    @property
    def url(self) -> str:
        values = {"threat": self.threat, "stakeholder": self.stakeholder, "dimension": self.dimension}
        chosen = {name: value for name, value in values.items() if value} | ({"only": AUDITED} if self.audited else {})
        return f"?{urlencode(chosen)}#list" if chosen else "?show=all#list"


@dataclass(frozen=True)
class Light:
    """What of a control is needed to count it."""

    key: Any
    threat: str
    stakeholders: Sequence[str]
    dimensions: Sequence[str]
    audited: bool


@dataclass(frozen=True)
class Cell:
    count: int
    url: str
    heat: int
    current: bool


@dataclass(frozen=True)
class Choice:
    """A filter one can choose, with the number of controls it leads to."""

    title: str
    url: str
    count: int
    current: bool
    language: str = ""


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    reference: str
    language: str
    cells: Sequence[Cell]
    total: Cell


@dataclass(frozen=True)
class Matrix:
    columns: Sequence[Term]
    rows: Sequence[Row]
    totals: Sequence[Cell]
    total: Cell
    dimensions: Sequence[Choice]
    flags: Sequence[Choice]
    is_filtered: bool
    unknown: Sequence[str]  # what the address asks for and the catalogue doesn't have
    heading: str
    statements: Sequence[ControlPage] | None
    number: int
    page_links: Sequence[Choice]


def matrix_of(
    controls: Sequence[Light],
    families: Sequence[Pair],
    terms: Mapping[tuple[str, str], Term],
    values: Mapping[str, str],
    reader: Reader,
) -> Matrix:
    """`values` is the query of the address."""
    filters = Filters.of(values).known([pair.source.reference for pair in families], terms)
    unknown = unknown_values(values, filters)
    columns = [term for term in terms.values() if term.kind == "stakeholder"]
    is_filtered = filters != Filters()
    keys = [] if unknown else [control.key for control in controls if filters.fit(control)]
    page_links = links_of_pages(filters, len(keys), values.get("page", ""))
    now = next((place for place, link in enumerate(page_links) if link.current), 0)
    is_listed = is_filtered or bool(unknown) or values.get("show") == "all"
    return Matrix(
        columns=columns,
        rows=[row(pair, columns, controls, filters, reader) for pair in families],
        totals=cells(filters, columns, controls, replace(filters, threat="")),
        total=cell(filters, controls, replace(filters, threat="", stakeholder="")),
        dimensions=dimensions(terms, controls, filters),
        flags=flags(controls, filters),
        is_filtered=is_filtered,
        unknown=unknown,
        heading=heading(filters, families, terms),
        statements=shown_controls(keys[now * PER_PAGE : (now + 1) * PER_PAGE], reader) if is_listed else None,
        number=len(keys),
        page_links=page_links,
    )


def unknown_values(values: Mapping[str, str], filters: Filters) -> list[str]:
    """A slip, or what was taken out of the catalogue: it must not read as a full list, nor as an empty one."""
    asked = [values.get(name, "") for name in CODES if values.get(name, "") != getattr(filters, name)]
    only = values.get("only", "")
    return [value.replace("\0", "�") for value in [*asked, *([only] if only not in ("", AUDITED) else [])]]


def light_controls(controls: Sequence[ControlPage], families: Sequence[Pair]) -> list[Light]:
    references = {pair.source.path: pair.source.reference for pair in families}
    return [
        Light(
            control.translation_key,
            references[control.path[:-4]],
            control.stakeholders,
            control.dimensions,
            bool(control.audit_question),
        )
        for control in controls
        if control.path[:-4] in references
    ]


def row(pair: Pair, columns: Sequence[Term], controls: Sequence[Light], filters: Filters, reader: Reader) -> Row:
    here = replace(filters, threat=pair.source.reference)
    return Row(
        title=pair.shown.title,
        url=page_url(pair.shown, reader.language),
        reference=pair.source.reference,
        language=foreign_language(pair.shown, reader.language),
        cells=cells(filters, columns, controls, here),
        total=cell(filters, controls, replace(here, stakeholder="")),
    )


def cells(now: Filters, columns: Sequence[Term], controls: Sequence[Light], here: Filters) -> list[Cell]:
    return [cell(now, controls, replace(here, stakeholder=term.code)) for term in columns]


def cell(now: Filters, controls: Sequence[Light], wanted: Filters) -> Cell:
    number = wanted.count(controls)
    return Cell(number, wanted.url, sum(number >= step for step in HEAT), wanted == now)


def dimensions(terms: Mapping[tuple[str, str], Term], controls: Sequence[Light], filters: Filters) -> list[Choice]:
    """Each beside what else is chosen, the first of them takes the choice back."""
    known = [term for term in terms.values() if term.kind == "dimension"]
    everything = replace(filters, dimension="")
    found = [choice(_("All dimensions"), filters, controls, everything)]
    for term in known:
        found.append(choice(term.title, filters, controls, replace(filters, dimension=term.code), term.language))
    return found if known else []


def flags(controls: Sequence[Light], filters: Filters) -> list[Choice]:
    if not any(control.audited for control in controls):
        return []
    wanted = choice(_("With an audit question"), filters, controls, replace(filters, audited=True))
    back = replace(filters, audited=False)
    return [replace(wanted, url=back.url) if filters.audited else wanted]


def choice(title: str, now: Filters, controls: Sequence[Light], wanted: Filters, language: str = "") -> Choice:
    return Choice(title, wanted.url, wanted.count(controls), wanted == now, language)


def heading(filters: Filters, families: Sequence[Pair], terms: Mapping[tuple[str, str], Term]) -> str:
    """What was chosen, in words."""
    threat = [pair.shown.title for pair in families if pair.source.reference == filters.threat]
    stakeholder = named(terms, "stakeholder", [filters.stakeholder]) if filters.stakeholder else []
    dimension = named(terms, "dimension", [filters.dimension]) if filters.dimension else []
    words = [*threat, *(term.title for term in (*stakeholder, *dimension))]
    return " · ".join([*words, *([_("With an audit question")] if filters.audited else [])])


def shown_controls(keys: Sequence[Any], reader: Reader) -> list[ControlPage]:
    return [pair.shown for pair in reader.overlay(ControlPage, Q(translation_key__in=keys))] if keys else []


def links_of_pages(filters: Filters, number: int, asked: str) -> list[Choice]:
    """Only where one page is not enough for the list."""
    last = -(-number // PER_PAGE)
    now = min(int(asked), last) if asked.isdecimal() and len(asked) < 5 and asked != "0" else 1
    address, _hash, anchor = filters.url.partition("#")
    links = [Choice(str(page), f"{address}&page={page}#{anchor}", PER_PAGE, page == now) for page in range(1, last + 1)]
    return links if last > 1 else []
