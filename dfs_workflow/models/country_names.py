"""Countries are kept by their code, and named in the reader's language by the CLDR."""

from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language

from dfs_workflow.sorting import sort_key


def country_name(code: str, otherwise: str = "") -> str:
    """In the language that is active; `otherwise`, or the code, where the CLDR doesn't know it."""
    return names_in(get_language() or "en").get(code, otherwise or code) if code else otherwise


def countries_by_name(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Code and name of each, for a list to choose from, in the alphabetical order of the reader's language."""
    language = get_language() or "en"
    named = {(code, country_name(code)) for code in codes if code}
    return sorted(named, key=lambda pair: sort_key(pair[1], language))


@cache
def names_in(language: str) -> dict[str, str]:
    try:
        found = Locale.parse(language.replace("-", "_")).territories
    except (ValueError, UnknownLocaleError):
        found = Locale("en").territories
    return {str(code): str(name) for code, name in found.items()}
