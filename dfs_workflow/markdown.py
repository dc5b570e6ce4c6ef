"""Markdown beside HTML at the same address: who is given it, and words that none of its marks hides in."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

MARKDOWN = "text/markdown; charset=utf-8"
MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def prefers_markdown(request: HttpRequest) -> bool:
    """A browser asks for HTML, and for anything else only after it."""
    if getattr(request, "wants_markdown", False):
        return True
    accept = request.headers.get("Accept", "")
    return "text/markdown" in accept and request.get_preferred_type(["text/html", "text/markdown"]) == "text/markdown"


def escaped(text: str) -> str:
    """In one line, none of which is read as a mark."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))


def markdown_response(text: str) -> HttpResponse:
    """In place of HTML at the same address."""
    response = HttpResponse(text, content_type=MARKDOWN)
    patch_vary_headers(response, ["Accept"])
    return response
