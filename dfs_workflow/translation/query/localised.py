"""Texts that each language has of its own place, such as an example that names a law of a country.

A model names them as `localised_texts`, patterns of paths: `("variables.*.example",)`.
"""

from collections.abc import Collection
from fnmatch import fnmatchcase
from typing import Any

from wagtail_localize.models import TranslationSource


def is_localised(model: Any, path: str) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in getattr(model, "localised_texts", ()))


def models_of(keys: Collection[Any]) -> dict[str, Any]:
    """By translation key, one query."""
    sources = TranslationSource.objects.filter(object_id__in=keys).select_related("specific_content_type")
    return {str(source.object_id): source.specific_content_type.model_class() for source in sources}
