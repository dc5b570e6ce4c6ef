"""The public register of concluded MOUs."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dfs_mou import query

A_PAGE = 50


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    page = Paginator(query.register(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "dfs_mou/register.html", {"page_of_rows": page})
