"""The strings that code and templates mark for translation, as makemessages would find them, without GNU gettext."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

# Context if any, the words, their plural if any.
Marked = tuple[str | None, ...]

IN_CONTEXT = {"pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
PLAIN = {"_": None, "gettext": None, "gettext_noop": None, "ngettext": (1, 2)}
LAZY = {f"{name}_lazy": places for name, places in {**PLAIN, **IN_CONTEXT}.items()}
KEYWORDS = {**PLAIN, **IN_CONTEXT, **LAZY}


@cache
def marked_in(folder: Path) -> dict[Marked, str]:
    """Each with the first place where it stands; a folder inside that has catalogues of its own answers for itself."""
    apart = [path.parent for path in folder.glob("*/locale")]
    found: dict[Marked, str] = {}
    for path in sorted(folder.rglob("*")):
        if not any(path.is_relative_to(other) for other in apart):
            for words, line in marks(path):
                found.setdefault(words, f"{path.relative_to(folder)}:{line}")
    return found


def marks(path: Path) -> Iterator[tuple[Marked, int]]:
    for line, words, _comments, context in extract("python", BytesIO(as_python(path).encode()), keywords=KEYWORDS):
        yield (context, *(words if isinstance(words, tuple) else (words,))), line


def as_python(path: Path) -> str:
    if path.suffix == ".py":
        return path.read_text("utf-8")
    if "templates" in path.parts and path.is_file():
        # In brackets, as the indentation of a template means nothing.
        return f"({templatize(path.read_text('utf-8'))})"
    return ""
