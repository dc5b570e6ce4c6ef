"""Reasons that the platform itself gives: stored once, as what is sealed never changes, and read in each language."""

from django.utils.translation import gettext, gettext_noop

NOT_CONFIRMED = gettext_noop("Not confirmed within a year.")
ON_REQUEST = gettext_noop("Erased on request.")
SOURCE_GONE = gettext_noop("The text that it translates is not live any more.")
NOTHING_LIVE = gettext_noop("Changed while nothing of it was live.")
CONTENT_LOADED = gettext_noop("Load of the shipped content")
MODEL_LOADED = gettext_noop("Load of the supplied model MOU")
OURS = frozenset({NOT_CONFIRMED, ON_REQUEST, SOURCE_GONE, NOTHING_LIVE, CONTENT_LOADED, MODEL_LOADED})


def read(reason: str) -> str:
    """In the language that is active; what a person wrote stays as it was written."""
    return gettext(reason) if reason in OURS else reason
