"""Was this page helpful? A plain form, without a name, for every public page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from dfs_pages import actions
from dfs_pages.forms import OpinionForm
from dfs_pages.query import Reader, source_language
from dfs_pages.query.places import find_page
from dfs_workflow.models import is_governed
from dfs_workflow.query import page_url
from dfs_workflow.views.people import limited


@limited("opinion")
def helpful(request: HttpRequest, path: str = "") -> HttpResponse:
    language = get_language() or source_language()
    page = find_page(path, Reader(language, request))
    if page is None or not is_governed(page):
        raise Http404
    form = OpinionForm(request.POST or None, initial={"answer": request.GET.get("answer", "")})
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent:
        actions.keep_opinion(
            path=path,
            language=language,
            is_helpful=form.cleaned_data["answer"] == "yes",
            reason=form.cleaned_data["reason"],
            on=timezone.localdate(),
        )
    context = {"form": form, "page": page, "address": page_url(page, language), "is_sent": is_sent}
    response = render(request, "dfs_pages/helpful.html", context, status=200 if is_sent or not form.is_bound else 422)
    response["Cache-Control"] = "no-store"
    return response
