from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return render(request, "dfs_mou/builder/refused.html", {"sentence": sentence}, status=status)


def not_available(request: HttpRequest) -> HttpResponse:
    return refused(request, _("The model MOU has not been published yet."), 404)


def too_often(request: HttpRequest) -> HttpResponse:
    response = refused(request, _("Too many documents were asked for in a short time. Wait a minute."), 429)
    response["Retry-After"] = "60"
    return response
