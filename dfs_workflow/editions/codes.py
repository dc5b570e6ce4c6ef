"""What codes are called. A model can name its codes by `names_of_codes`: those names are written by editors in other
texts, such as a catalogue or a threat, so an edition keeps them as they were. The choices of a field are the site's.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils import translation

from dfs_workflow.conf import source_language
from dfs_workflow.models.edition import Edition
from dfs_workflow.models.gated import governed_models

Kept = dict[str, dict[str, dict[str, dict[str, str]]]]


def names_today(kinds: Iterable[str], languages: Iterable[str]) -> Kept:
    """By language, kind of text, field and code."""
    kinds, kept = sorted(set(kinds)), {}
    for language in sorted({*languages, source_language()}):
        with translation.override(language):
            kept[language] = {kind: names for kind in kinds if (names := names_of_kind(kind))}
    return kept


def names_of_kind(kind: str) -> dict[str, dict[str, str]]:
    model = model_of(kind)
    if model is None or not hasattr(model, "names_of_codes"):
        return {}
    fields = (one.name for one in model._meta.concrete_fields)
    return {name: dict(found) for name in fields if (found := model.names_of_codes(name))}


def names_in(edition: Edition, kind: str, name: str) -> dict[str, str]:
    """As the edition kept them, in the reader's language or else the source's; today's for what it did not keep."""
    for language in (translation.get_language(), source_language()):
        if found := edition.names.get(language, {}).get(kind, {}).get(name):
            return dict(found)
    return choices_of(kind, name)


def choices_of(kind: str, name: str) -> dict[str, str]:
    model, found = model_of(kind), field_of(kind, name)
    if model and hasattr(model, "names_of_codes") and (names := model.names_of_codes(name)):
        return dict(names)
    return {str(code): str(words) for code, words in getattr(found, "flatchoices", ())}


def named(text: str, names: Mapping[str, str]) -> str:
    """One code, or several with commas."""
    return ", ".join(names.get(code, code) for code in text.split(", ")) if names else text


def model_of(kind: str) -> Any:
    return next((model for model in governed_models() if model._meta.model_name == kind), None)


def field_of(kind: str, name: str) -> Any:
    model = model_of(kind)
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
