"""While pages are written in bulk, the text of a body is read once, however many indexes ask for it.

Wagtail's backends ask three times for each page, and taking the tags out of rich text is the dearest part of an import.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

Texts = list[str]
_texts: ContextVar[dict[int, tuple[Any, Texts]] | None] = ContextVar("dfs_workflow_texts", default=None)


@contextmanager
def texts_read_once() -> Iterator[None]:
    """Only around code that changes none of them."""
    token = _texts.set({})
    try:
        yield
    finally:
        _texts.reset(token)


def text_of(value: Any, read: Callable[[Any], Texts]) -> Texts:
    """The value is kept beside its text, so that no other one can get its id meanwhile."""
    texts = _texts.get()
    if texts is None:
        return read(value)
    if id(value) not in texts:
        texts[id(value)] = (value, read(value))
    return texts[id(value)][1]
