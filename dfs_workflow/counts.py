"""A number of things, written as the reader's language groups its digits: 12,345, 12 345 or 12.345."""

from babel.core import UnknownLocaleError
from babel.numbers import format_decimal
from django.utils.translation import get_language, to_locale


class Count(int):
    """Counts as any number, so that a plural can be chosen by it. Years and numbers of rows aren't counts."""

    def __str__(self) -> str:
        try:
            return format_decimal(int(self), locale=to_locale(get_language() or "en"))
        except (UnknownLocaleError, ValueError):
            return int.__str__(self)
