"""Values of filters that can't be right are refused, so that a slip doesn't read as an empty list."""

from collections.abc import Iterable

from django.db.models import QuerySet
from ninja.errors import ValidationError

from dfs_pages import conf
from dfs_pages.models import CataloguePage, CatalogueTerm, ControlPage, RecommendationPage


def require_audience(code: str, rows: QuerySet[RecommendationPage]) -> None:
    known = conf.audiences()
    if code not in known and not rows.filter(audiences__has_code=code).exists():
        raise unknown("audience", known)


def require_stakeholder(code: str, rows: QuerySet[ControlPage], catalogues: QuerySet[CataloguePage]) -> None:
    """A catalogue may leave its words to those that the recommendations have."""
    if code in conf.audiences():
        return
    known = {*conf.audiences(), *words_of(catalogues, CatalogueTerm.Kind.STAKEHOLDER)}
    if code not in known and not rows.filter(stakeholders__has_code=code).exists():
        raise unknown("stakeholder", known)


def require_dimension(code: str, rows: QuerySet[ControlPage], catalogues: QuerySet[CataloguePage]) -> None:
    known = words_of(catalogues, CatalogueTerm.Kind.DIMENSION)
    if code not in known and not rows.filter(dimensions__has_code=code).exists():
        raise unknown("dimension", known)


def words_of(catalogues: QuerySet, kind: str) -> set[str]:
    terms = CatalogueTerm.objects.filter(kind=kind, catalogue__in=catalogues.order_by())
    return set(terms.values_list("code", flat=True))


def unknown(name: str, known: Iterable[str]) -> ValidationError:
    return wrong(name, f"there is no such value; known are: {', '.join(sorted(known)) or 'none'}")


def wrong(name: str, message: str) -> ValidationError:
    return ValidationError([{"loc": ("query", name), "msg": message, "type": "unknown_value"}])
