"""What the results can be narrowed to, each with the number of results it would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page, get_page_models

from dfs_pages import conf
from dfs_pages.models import CatalogueTerm, GlossaryTerm
from dfs_pages.search.matching import Filters, Group
from dfs_workflow.conf import reading_order
from dfs_workflow.query import public
from dfs_workflow.sorting import sort_key

# Over a platform with many chapters, listing all of them took longer than finding the texts.
MOST_OPTIONS = 12


@dataclass(frozen=True)
class Option:
    key: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """`key` is the name of its parameter in the address; `total` counts also the choices that are left out."""

    key: str
    name: str
    options: Sequence[Option]
    total: int


def count_of(groups: Iterable[Group], filters: Filters) -> int:
    return sum(group.number for group in groups if passes(group, filters))


def passes(group: Group, filters: Filters) -> bool:
    is_wanted = group.language == filters.language if filters.language else group.is_shown
    return is_wanted and is_like(group, filters)


def is_like(group: Group, filters: Filters) -> bool:
    """In whatever language."""
    return (
        filters.kind in ("", group.kind)
        and filters.section in ("", group.section)
        and (not filters.stakeholder or filters.stakeholder in group.stakeholders)
    )


def facets_of(
    groups: Sequence[Group], others: Mapping[str, int], filters: Filters, language: str, restricted: Q, whole: str = ""
) -> list[Facet]:
    """Each counted with the other filters, so that its own choice can be changed; `others` are the languages beside
    those of the groups. The one named by `whole` is listed to its end."""
    found = [
        ("kind", _("Kind"), counted(groups, replace(filters, kind=""), "kind"), kind_names()),
        ("section", _("Chapter or catalogue"), counted(groups, replace(filters, section=""), "section"), None),
        ("stakeholder", _("Whom it concerns"), stakeholders(groups, replace(filters, stakeholder="")), None),
        ("language", _("Language"), languages(groups, filters) + Counter(others), None),
    ]
    facets = []
    for key, name, counts, names in found:
        chosen = getattr(filters, key)
        listed = counts if key == whole else most_of(counts, chosen)
        if names is None:
            names = NAMES[key](listed, language, restricted)
        options = [
            Option(value, names[value], count, value == chosen)
            for value, count in sorted(
                listed.items(), key=lambda pair: (-pair[1], sort_key(names.get(pair[0], ""), language))
            )
            if value in names
        ]
        if len(options) > 1 or chosen:
            facets.append(Facet(key, name, options, len(options) + len(counts) - len(listed)))
    return facets


def most_of(counts: Counter[str], chosen: str) -> dict[str, int]:
    """The largest; one or two more are not worth another link. What is chosen can always be taken away."""
    if len(counts) <= MOST_OPTIONS + 2:
        return dict(counts)
    largest = sorted(counts.items(), key=lambda pair: (pair[0] != chosen, -pair[1], pair[0]))
    return dict(largest[:MOST_OPTIONS])


def counted(groups: Iterable[Group], filters: Filters, name: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for group in groups:
        if passes(group, filters) and getattr(group, name):
            counts[getattr(group, name)] += group.number
    return counts


def stakeholders(groups: Iterable[Group], filters: Filters) -> Counter[str]:
    counts: Counter[str] = Counter()
    for group in groups:
        if passes(group, filters):
            for code in group.stakeholders:
                counts[code] += group.number
    return counts


def languages(groups: Iterable[Group], filters: Filters) -> Counter[str]:
    """What there is in other languages is offered too; the reader's own are counted without the fallback."""
    counts: Counter[str] = Counter()
    for group in groups:
        if is_like(group, filters):
            counts[group.language] += group.number
    return counts


def kind_names() -> dict[str, str]:
    return kind_names_in(get_language() or "")


@lru_cache(maxsize=64)
def kind_names_in(language: str) -> dict[str, str]:
    """In the active language; it is named only to be kept apart."""
    models = [*get_page_models(), GlossaryTerm]
    return {str(model._meta.model_name): capfirst(str(model._meta.verbose_name)) for model in models}


def section_names(counts: Iterable[str], language: str, restricted: Q) -> dict[str, str]:
    """In the reader's language where there is a translation."""
    wanted = Q(translation_key__in=list(counts), locale__language_code__in=reading_order(language))
    shown = public(Page.objects.filter(wanted), restricted=restricted)
    rows = shown.values_list("translation_key", "title", "locale__language_code")
    return {str(key): title for key, title, code in worst_first(rows, language)}


def worst_first(rows: Iterable[tuple[Any, str, str]], language: str) -> list[tuple[Any, str, str]]:
    """Key, title and language, so that the best of a key comes last."""
    order = reading_order(language)
    return sorted(rows, key=lambda row: -order.index(row[2]))


def stakeholder_names(counts: Iterable[str], language: str, restricted: Q) -> dict[str, str]:
    known = {code: str(name) for code, name in conf.audiences().items()}
    if unknown := set(counts) - set(known):
        wanted = Q(code__in=unknown, locale__language_code__in=reading_order(language), catalogue__live=True)
        found = CatalogueTerm.objects.filter(wanted, kind=CatalogueTerm.Kind.STAKEHOLDER)
        rows = found.values_list("code", "title", "locale__language_code")
        known |= {code: title for code, title, _code in worst_first(rows, language)}
    return known


def language_names(counts: Iterable[str], language: str, restricted: Q) -> dict[str, str]:
    return {code: get_language_info(code)["name_local"] for code in counts}


NAMES = {"section": section_names, "stakeholder": stakeholder_names, "language": language_names}
