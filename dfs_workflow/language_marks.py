"""`lang` and `dir` for texts that are not in the language of the frame around them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from dfs_workflow.conf import interface_language


def direction(code: str) -> str:
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


def marks(code: str) -> SafeString:
    return format_html(' lang="{}" dir="{}"', code, direction(code))


def foreign_marks(code: str, reader_language: str) -> SafeString:
    """Nothing for an empty code, nor for the language in which this reader gets menus and labels."""
    return marks(code) if code and code != interface_language(reader_language) else SafeString("")


def apart(text: str, code: str) -> str:
    """A number such as 2026-1 inside right-to-left text, where its parts would change places; also where no markup can
    be, as in titles and what is copied."""
    return f"\u2066{text}\u2069" if direction(code) == "rtl" else text
