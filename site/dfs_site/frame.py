"""What stands around every page: languages, menu, footer. Read only when a template asks for it."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from dfs_pages import query
from dfs_site.languages import WITHOUT_LANGUAGE
from dfs_workflow.query import content_version


class LanguageLink(NamedTuple):
    code: str
    name: str
    url: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    if request.path_info.startswith("/admin/"):
        return {}
    return {
        "frame_languages": SimpleLazyObject(lambda: language_links(request, get_language() or "en")),
        "frame_menu": SimpleLazyObject(lambda: menu(request, get_language() or "en")),
        "frame_foot": SimpleLazyObject(lambda: foot(get_language() or "en", settings.DFS_OPERATOR)),
        "is_kept_offline": bool(settings.DFS_OFFLINE_DAYS),
    }


def menu(request: HttpRequest, language: str) -> list[query.Entry]:
    """Kept until the next publication, as every page shows it."""
    version = content_version(request)
    found: list[query.Entry] = cache.get_or_set(
        f"menu:{version}:{language}", lambda: query.menu(query.Reader(language, request)), 3600
    )
    return found


@lru_cache(maxsize=64)
def foot(language: str, operator: str) -> SafeString:
    """In the active language; it is named only to be kept apart."""
    return render_to_string("dfs_site/foot.html", {"language": language, "operator": operator})


def language_links(request: HttpRequest, current: str) -> list[LanguageLink]:
    """The same page in each language: only the prefix differs, so no query is needed. What was asked goes along, but
    not the page of the results, which another language may not have."""
    asked = request.GET.copy()
    asked.pop("page", None)
    rest = path_without_language(request.path_info) + (f"?{asked.urlencode()}" if asked else "")
    return [
        LanguageLink(code, get_language_info(code)["name_local"].capitalize(), f"/{code}{rest}", code == current)
        for code, name in settings.LANGUAGES
    ]


def path_without_language(path: str) -> str:
    if path.startswith(WITHOUT_LANGUAGE):
        return "/"
    first, _, rest = path.lstrip("/").partition("/")
    return f"/{rest}" if first in dict(settings.LANGUAGES) else "/"
