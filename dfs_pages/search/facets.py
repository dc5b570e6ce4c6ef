"""What the results can be narrowed to, each with the number of results it would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, gettext_lazy
from wagtail.models import Page, get_page_models

from dfs_pages import conf
from dfs_pages.models import CatalogueTerm, GlossaryTerm, SearchEntry
from dfs_pages.search.matching import MOST_COUNTED, Filters, Group
from dfs_pages.search.state import state
from dfs_workflow.conf import reading_order
from dfs_workflow.query import public
from dfs_workflow.sorting import sort_key

# Over a platform with many chapters, listing all of them took longer than finding the texts.
MOST_OPTIONS = 12


@dataclass(frozen=True)
class Option:
    """`is_more` where counting ended before all were counted."""

    key: str
    name: str
    count: int
    is_chosen: bool
    is_more: bool = False


@dataclass(frozen=True)
class Facet:
    """`key` is the name of its parameter in the address; `total` counts also the choices that are left out."""

    key: str
    name: str
    options: Sequence[Option]
    total: int


class Tally(NamedTuple):
    """How many rows have all that is asked for, and for each filter how many each of its choices would leave."""

    total: int
    counts: Mapping[str, Counter[str]]


def tally(groups: Iterable[Group], filters: Filters) -> Tally:
    """Each filter is counted with the others but without itself, so that its choice can be changed."""
    total, counts = 0, {name: Counter[str]() for name in NAMES}
    for group in groups:
        missed = misses(group, filters)
        if len(missed) > 1:
            continue
        if not missed:
            total += group.number
        for name in missed or NAMES:
            for value in values_of(group, name):
                counts[name][value] += group.number
    return Tally(total, counts)


def misses(group: Group, filters: Filters) -> list[str]:
    """The filters that leave this group out. Without a language it is that in which a text is shown to this reader."""
    missed = []
    if filters.kind not in ("", group.kind):
        missed.append("kind")
    if filters.section not in ("", group.section):
        missed.append("section")
    if filters.stakeholder and filters.stakeholder not in group.stakeholders:
        missed.append("stakeholder")
    if group.language != filters.language if filters.language else not group.is_shown:
        missed.append("language")
    return missed


def values_of(group: Group, name: str) -> Iterable[str]:
    if name == "stakeholder":
        return group.stakeholders
    value: str = getattr(group, name)
    return (value,) if value else ()


def facets_of(
    counts: Mapping[str, Counter[str]], others: Mapping[str, int], filters: Filters, language: str, whole: str = ""
) -> list[Facet]:
    """`others` are the languages that aren't shown, counted up to a limit. The facet named by `whole` is listed to its
    end."""
    counts = {**counts, "language": counts["language"] + Counter(others)}
    facets = []
    for key, (title, names_of) in NAMES.items():
        chosen = getattr(filters, key)
        listed = counts[key] if key == whole else most_of(counts[key], chosen)
        names = names_of(listed, language)
        options = [
            option_of(value, names[value], count, is_chosen=value == chosen, is_counted=value not in others)
            for value, count in sorted(
                listed.items(), key=lambda pair: (-pair[1], sort_key(names.get(pair[0], ""), language))
            )
            if value in names
        ]
        if len(options) > 1 or chosen:
            facets.append(Facet(key, str(title), options, len(options) + len(counts[key]) - len(listed)))
    return facets


def option_of(key: str, name: str, count: int, *, is_chosen: bool, is_counted: bool) -> Option:
    is_more = not is_counted and count > MOST_COUNTED
    return Option(key, name, MOST_COUNTED if is_more else count, is_chosen, is_more)


def most_of(counts: Counter[str], chosen: str) -> dict[str, int]:
    """The largest; one or two more are not worth another link. What is chosen can always be taken away."""
    if len(counts) <= MOST_OPTIONS + 2:
        return dict(counts)
    largest = sorted(counts.items(), key=lambda pair: (pair[0] != chosen, -pair[1], pair[0]))
    return dict(largest[:MOST_OPTIONS])


def kind_names() -> dict[str, str]:
    return kind_names_in(get_language() or "")


@lru_cache(maxsize=64)
def kind_names_in(language: str) -> dict[str, str]:
    """In the active language; it is named only to be kept apart."""
    models = [*get_page_models(), GlossaryTerm]
    return {str(model._meta.model_name): capfirst(str(model._meta.verbose_name)) for model in models}


def names_of_kinds(counts: Iterable[str], language: str) -> dict[str, str]:
    return kind_names()


def names_of_sections(counts: Iterable[str], language: str) -> dict[str, str]:
    return section_names(state(), language)


@lru_cache(maxsize=32)
def section_names(kept_for: str, language: str) -> dict[str, str]:
    """Of all chapters and catalogues, in the reader's language where there is a translation; read once in each process
    after each publication."""
    sections = SearchEntry.objects.exclude(section=None).order_by().values("section").distinct()
    wanted = Q(translation_key__in=sections, locale__language_code__in=reading_order(language))
    rows = public(Page.objects.filter(wanted)).values_list("translation_key", "title", "locale__language_code")
    return {str(key): title for key, title, _code in worst_first(rows, language)}


def worst_first(rows: Iterable[tuple[Any, str, str]], language: str) -> list[tuple[Any, str, str]]:
    """Key, title and language, so that the best of a key comes last."""
    order = reading_order(language)
    return sorted(rows, key=lambda row: -order.index(row[2]))


def names_of_stakeholders(counts: Iterable[str], language: str) -> dict[str, str]:
    known = {code: str(name) for code, name in conf.audiences().items()}
    if unknown := set(counts) - set(known):
        wanted = Q(code__in=unknown, locale__language_code__in=reading_order(language), catalogue__live=True)
        found = CatalogueTerm.objects.filter(wanted, kind=CatalogueTerm.Kind.STAKEHOLDER)
        rows = found.values_list("code", "title", "locale__language_code")
        known |= {code: title for code, title, _code in worst_first(rows, language)}
    return known


def names_of_languages(counts: Iterable[str], language: str) -> dict[str, str]:
    return {code: get_language_info(code)["name_local"] for code in counts}


# What results can be narrowed by, with its title and the names of its choices.
NAMES = {
    "kind": (gettext_lazy("Kind"), names_of_kinds),
    "section": (gettext_lazy("Chapter or catalogue"), names_of_sections),
    "stakeholder": (gettext_lazy("Whom it concerns"), names_of_stakeholders),
    "language": (gettext_lazy("Language"), names_of_languages),
}
