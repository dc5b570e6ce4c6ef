import os
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from dfs_site.urls import urlpatterns as site_urlpatterns

BODIES = Path(os.environ.get("BENCHMARK_BODIES", "."))


def bare(request: HttpRequest, name: str) -> HttpResponse:
    """The same bytes as the page, made by nothing."""
    return HttpResponse((BODIES / name).read_bytes())


urlpatterns = [path("bare/<str:name>", bare), *site_urlpatterns]
