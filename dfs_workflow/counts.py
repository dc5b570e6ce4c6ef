"""A number of things, written as the reader's language groups its digits: 12,345, 12 345 or 12.345."""

from functools import lru_cache

from babel.core import UnknownLocaleError
from babel.numbers import format_decimal
from django.utils.translation import get_language, to_locale


class Count(int):
    """Counts as any number, so that a plural can be chosen by it. Years and numbers of rows aren't counts."""

    def __str__(self) -> str:
        return written(int(self), get_language() or "en")


@lru_cache(maxsize=4096)
def written(number: int, language: str) -> str:
    """Kept, as a page of results shows forty counts."""
    try:
        return format_decimal(number, locale=to_locale(language))
    except (UnknownLocaleError, ValueError):
        return str(number)
