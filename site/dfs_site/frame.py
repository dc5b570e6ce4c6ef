"""What stands around every page: languages, menu, footer. Read only when a template asks for it."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from dfs_site.languages import WITHOUT_LANGUAGE


class LanguageLink(NamedTuple):
    code: str
    name: str
    url: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    if request.path_info.startswith("/admin/"):
        return {}
    return {
        "frame_languages": SimpleLazyObject(lambda: language_links(request.path_info, get_language() or "en")),
        "operator": settings.DFS_OPERATOR,
    }


def language_links(path: str, current: str) -> list[LanguageLink]:
    """The same page in each language: only the prefix differs, so no query is needed."""
    rest = path_without_language(path)
    return [
        LanguageLink(code, get_language_info(code)["name_local"].capitalize(), f"/{code}{rest}", code == current)
        for code, name in settings.LANGUAGES
    ]


def path_without_language(path: str) -> str:
    if path.startswith(WITHOUT_LANGUAGE):
        return "/"
    first, _, rest = path.lstrip("/").partition("/")
    return f"/{rest}" if first in dict(settings.LANGUAGES) else "/"
