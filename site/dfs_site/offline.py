"""Offline reading: the worker that keeps copies of public pages in a reader's browser, or the one that removes them."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from dfs_workflow.conf import interface_language
from dfs_workflow.language_marks import direction

MARK = "Offline-Copy"  # an answer without it is never kept
FILES = ("dfs_workflow/look.css", "dfs_workflow/enhance.js", "dfs_site/icon.svg")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """From the root, as a worker may not reach above its own folder. Browsers look for a new one by themselves, so
    one that was switched off removes itself from those that have it."""
    if settings.DFS_OFFLINE_DAYS:
        text = render_to_string("dfs_site/offline.js", {"settings": json.dumps(worker_settings())})
    else:
        text = render_to_string("dfs_site/no_offline.js")
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


def worker_settings() -> dict[str, object]:
    codes = [code for code, _name in settings.LANGUAGES]
    return {
        "days": settings.DFS_OFFLINE_DAYS,
        "files": [address for address in map(static, FILES) if address.startswith("/")],
        "languages": codes,
        "words": {code: words(code) for code in codes},
    }


def words(code: str) -> dict[str, str]:
    language = interface_language(code)
    with override(language):
        return {
            "title": _("You are offline"),
            "copy": _("You are offline. This is a copy of {date}; the page may have changed since."),
            "nothing": _("There is no copy of this page on this device. Try again when you are connected."),
            "list": _("Pages of which you have a copy"),
            "lang": language,
            "dir": direction(language),
        }
