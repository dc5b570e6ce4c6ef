from collections.abc import Callable
from contextlib import nullcontext
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from dfs_workflow.models.bundle import remembered_bundles
from dfs_workflow.models.refusal import collected_notices, collected_refusals
from dfs_workflow.views.direction import mark_fields


class ExplainRefusalMiddleware:
    """Turns a refusal of the gate into the message an editor sees, on the page they came from.

    Wagtail answers every `PermissionDenied` with "Sorry, you do not have permission" and its start page. What is under
    review is asked for once in a request that changes nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        looking = request.method in {"GET", "HEAD"}
        bundles = remembered_bundles() if looking else nullcontext()
        with collected_notices() as notices, collected_refusals() as sentences, bundles:
            response = self.get_response(request)
        for notice in dict.fromkeys(notices):
            messages.warning(request, notice, fail_silently=True)
        if sentences and request.method == "POST" and is_denial(response):
            replace_message(request, sentences[-1])
            referer = request.headers.get("Referer", "")
            if url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure()):
                response["Location"] = referer
        return response

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """Every editing screen, of pages and snippets."""
        start = admin_start()
        if start and request.path.startswith(start) and response.context_data:
            mark_fields(response.context_data)
        return response


def is_denial(response: HttpResponseBase) -> bool:
    return response.status_code == 302 and urlsplit(response["Location"]).path == admin_start()


def admin_start() -> str | None:
    """Nothing where the site has no admin."""
    try:
        return reverse("wagtailadmin_home")
    except NoReverseMatch:
        return None


def replace_message(request: HttpRequest, sentence: str) -> None:
    storage = messages.get_messages(request)
    storage._queued_messages = [  # type: ignore[attr-defined]
        message
        for message in storage._queued_messages  # type: ignore[attr-defined]
        if message.level < messages.ERROR
    ]
    messages.error(request, sentence)
