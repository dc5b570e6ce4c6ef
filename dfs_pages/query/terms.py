"""The words a catalogue has for its codes: stakeholders, security dimensions, kinds of outcomes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wagtail.models import Page

from dfs_pages import conf
from dfs_pages.models import CatalogueTerm
from dfs_pages.query.entries import foreign_language


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


def terms_of(catalogue: Page, language: str) -> dict[tuple[str, str], Term]:
    """By kind and code, of the catalogue page that is shown."""
    code = foreign_language(catalogue, language)
    return {
        (row.kind, row.code): Term(row.kind, row.code, row.title, row.description, code)
        for row in CatalogueTerm.objects.filter(catalogue_id=catalogue.pk).order_by("sort_order", "pk")
    }


def named(terms: Mapping[tuple[str, str], Term], kind: str, codes: Iterable[str]) -> list[Term]:
    """A code without a word of its own in the catalogue is named as the recommendations name whom they address."""
    known = conf.audiences()
    return [
        terms.get((kind, code)) or Term(kind, code, str(known.get(code) or code.replace("_", " "))) for code in codes
    ]
