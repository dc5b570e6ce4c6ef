"""Catalogues of controls: their families, risks and items, with the words each catalogue uses."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from dfs_pages.models import CataloguePage, CatalogueTerm, ControlPage, ThreatPage
from dfs_pages.query.entries import Entry, entry, foreign_language, neighbours
from dfs_pages.query.overlay import Pair, Reader
from dfs_workflow.query import page_url


@dataclass(frozen=True)
class Term:
    kind: str
    code: str
    title: str
    description: str = ""
    language: str = ""


@dataclass(frozen=True)
class TermGroup:
    title: str
    terms: Sequence[Term]


@dataclass(frozen=True)
class Vulnerability:
    text: str
    dimensions: Sequence[Term]


@dataclass(frozen=True)
class Group:
    """A risk of a threat with the controls that answer it; `title` is empty where a family has no risks."""

    anchor: str
    title: str
    language: str
    stakeholders: Sequence[Term]
    vulnerabilities: Sequence[Vulnerability]
    note: str
    statements: Sequence[ControlPage]


@dataclass(frozen=True)
class Family:
    page: ThreatPage
    catalogue: Entry
    terms: Mapping[tuple[str, str], Term]
    affected: Sequence[Term]
    groups: Sequence[Group]
    families: Sequence[Entry]
    seen: str
    previous: Entry | None
    next: Entry | None


@dataclass(frozen=True)
class FamilyRow:
    title: str
    url: str
    reference: str
    language: str
    risks: int
    items: int


@dataclass(frozen=True)
class Catalogue:
    page: CataloguePage
    families: Sequence[FamilyRow]
    terms: Sequence[TermGroup]
    risks: int
    items: int
    seen: str


def terms_of(catalogue: CataloguePage, language: str) -> dict[tuple[str, str], Term]:
    """By kind and code, of the catalogue page that is shown."""
    code = foreign_language(catalogue, language)
    return {
        (row.kind, row.code): Term(row.kind, row.code, row.title, row.description, code)
        for row in CatalogueTerm.objects.filter(catalogue_id=catalogue.pk).order_by("sort_order", "pk")
    }


def named(terms: Mapping[tuple[str, str], Term], kind: str, codes: Iterable[str]) -> list[Term]:
    """A code without a word of its own in the catalogue is shown as it is."""
    return [terms.get((kind, code), Term(kind, code, code.replace("_", " "))) for code in codes]


def shown_parent(source: Any, model: type[Any], reader: Reader) -> Pair:
    """The parent of a page of the source, overlaid."""
    return reader.overlay(model, Q(path=source.path[:-4]), also_restricted=True)[0]


def catalogue_overview(page: CataloguePage, reader: Reader) -> Catalogue:
    language = reader.language
    source = reader.source_of(page)
    families = reader.below(source, ThreatPage)
    controls = reader.public(ControlPage.objects.filter(path__startswith=source.path))
    # The items themselves are needed only where their outcomes are counted.
    rows_below = list(controls.only("path", "outcomes") if page.official_outcomes else controls.only("path"))
    items = Counter(control.path[:-4] for control in rows_below)
    rows = [
        FamilyRow(
            pair.shown.title,
            page_url(pair.shown, language),
            pair.shown.reference,
            foreign_language(pair.shown, language),
            len(pair.source.risks),
            items[pair.source.path],
        )
        for pair in families
    ]
    terms = terms_of(page, language)
    return Catalogue(
        page,
        rows,
        [
            TermGroup(str(CatalogueTerm.Kind(kind).label), [term for term in terms.values() if term.kind == kind])
            for kind in CatalogueTerm.Kind.values
            if any(term.kind == kind and term.description for term in terms.values())
        ],
        sum(row.risks for row in rows),
        sum(row.items for row in rows),
        seen_outcomes(page, rows_below),
    )


def seen_outcomes(page: Any, controls: Iterable[ControlPage]) -> str:
    """How much of the official text is here, said openly; empty where no official number is known."""
    if not page.official_outcomes:
        return ""
    seen = sum(len(control.outcomes) for control in controls)
    return _("%(seen)s of %(total)s outcomes of the official text are shown here.") % {
        "seen": seen,
        "total": page.official_outcomes,
    }


def family_document(page: ThreatPage, reader: Reader) -> Family:
    language = reader.language
    source = reader.source_of(page)
    catalogue = shown_parent(source, CataloguePage, reader)
    terms = terms_of(catalogue.shown, language)
    controls = reader.below(source, ControlPage)
    families = [entry(pair.shown, language) for pair in reader.below(catalogue.source, ThreatPage)]
    before, after = neighbours(families, page_url(page, language))
    return Family(
        page=page,
        catalogue=entry(catalogue.shown, language),
        terms=terms,
        affected=named(terms, "stakeholder", page.affected),
        groups=groups_of(page, controls, terms, language),
        families=families,
        seen=seen_outcomes(page, [pair.shown for pair in controls]),
        previous=before,
        next=after,
    )


def groups_of(
    page: ThreatPage, controls: list[Pair], terms: Mapping[tuple[str, str], Term], language: str
) -> list[Group]:
    """Each risk with its controls, then the controls without a risk."""
    groups = []
    for block in page.risks:
        own = [pair.shown for pair in controls if pair.source.risk == block.id]
        groups.append(risk_group(page, block, own, terms, language))
    known = {block.id for block in page.risks}
    others = [pair.shown for pair in controls if pair.source.risk not in known]
    if others:
        groups.append(Group("controls", "", "", (), (), "", others))
    return groups


def risk_group(
    page: ThreatPage, block: Any, controls: list[ControlPage], terms: Mapping[tuple[str, str], Term], language: str
) -> Group:
    value = block.value
    return Group(
        anchor=f"risk-{block.id}",
        title=value["title"],
        language=foreign_language(page, language),
        stakeholders=named(terms, "stakeholder", value["stakeholders"]),
        vulnerabilities=[
            Vulnerability(row["text"], named(terms, "dimension", row["dimensions"])) for row in value["vulnerabilities"]
        ],
        note=value["note"],
        statements=controls,
    )
