"""A code is frozen; what it is called is the interface's. A model can name its codes by `names_of_codes`."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from dfs_workflow.models.gated import governed_models


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
