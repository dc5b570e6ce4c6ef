"""Catalogues of controls: their families, risks and items, with the words each catalogue uses."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from dfs_pages.models import CataloguePage, CatalogueTerm, ControlPage, ThreatPage
from dfs_pages.query.entries import Entry, entry, foreign_language, neighbours
from dfs_pages.query.matrix import Matrix, light_controls, matrix_of
from dfs_pages.query.newer import mark_newer
from dfs_pages.query.overlay import Pair, Reader
from dfs_pages.query.terms import Term, TermGroup, named, terms_of
from dfs_workflow.query import at_or_below, page_url


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

    @property
    def block_id(self) -> str:
        return self.anchor.removeprefix("risk-")


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
    matrix: Matrix | None


def shown_parent(source: Any, model: type[Any], reader: Reader) -> Pair:
    """The parent of a page of the source, overlaid."""
    return reader.overlay(model, Q(path=source.path[:-4]), also_restricted=True)[0]


def catalogue_overview(page: CataloguePage, reader: Reader, values: Mapping[str, str] | None = None) -> Catalogue:
    """`values` is the query of the address; a catalogue that knows stakeholders is a matrix that it filters."""
    source = reader.source_of(page)
    families = reader.below(source, ThreatPage)
    terms = terms_of(page, reader.language)
    below = controls_below(page, source, reader)
    controls = light_controls(below, families)
    items = Counter(control.threat for control in controls)
    rows = [family_row(pair, items, reader.language) for pair in families]
    has_matrix = any(kind == "stakeholder" for kind, _code in terms)
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
        seen_outcomes(page, below),
        matrix_of(controls, families, terms, values or {}, reader) if has_matrix else None,
    )


def family_row(pair: Pair, items: Mapping[str, int], language: str) -> FamilyRow:
    shown = pair.shown
    return FamilyRow(
        shown.title,
        page_url(shown, language),
        shown.reference,
        foreign_language(shown, language),
        len(pair.source.risks),
        items[pair.source.reference],
    )


def controls_below(page: CataloguePage, source: CataloguePage, reader: Reader) -> list[ControlPage]:
    """What is needed to count them; their outcomes only where the official text says how many there are."""
    names = ["translation_key", "path", "stakeholders", "dimensions", "audit_question"]
    rows = reader.public(ControlPage.objects.filter(at_or_below(source.path)))
    return list(rows.order_by("path").only(*names, *(["outcomes"] if page.official_outcomes else [])))


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
    mark_newer([*controls, Pair(source, page)], reader)
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
