"""The one exception of the gate. It keeps its sentence for the screen, wherever it is caught on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise

_sentences: ContextVar[list[str] | None] = ContextVar("dfs_workflow_refusals", default=None)

_notices: ContextVar[list[str] | None] = ContextVar("dfs_workflow_notices", default=None)


class PublicationRefused(PermissionDenied):
    """Something governed was about to change for readers without the decision that it needs."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        explain(sentence)


def explain(sentence: str | Promise) -> None:
    """Says why, for a refusal that Wagtail makes itself and gives no reason for."""
    collected = _sentences.get()
    if collected is not None:
        collected.append(str(sentence))


def notice(sentence: str | Promise) -> None:
    """Something was done, but not all that follows from it; said to whoever did it."""
    collected = _notices.get()
    if collected is not None:
        collected.append(str(sentence))


@contextmanager
def collected_notices() -> Iterator[list[str]]:
    sentences: list[str] = []
    token = _notices.set(sentences)
    try:
        yield sentences
    finally:
        _notices.reset(token)


@contextmanager
def collected_refusals() -> Iterator[list[str]]:
    """Wagtail turns a refusal into its own message; this remembers what ours said."""
    sentences: list[str] = []
    token = _sentences.set(sentences)
    try:
        yield sentences
    finally:
        _sentences.reset(token)
