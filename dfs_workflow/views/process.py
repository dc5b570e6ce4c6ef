"""For everybody: how long decisions take here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dfs_workflow.reports.process import process


@require_safe
@never_cache  # what waits changes without anything being published
def how_it_works(request: HttpRequest) -> HttpResponse:
    figures = process(timezone.now())
    return render(request, "dfs_workflow/process.html", {"figures": figures})
