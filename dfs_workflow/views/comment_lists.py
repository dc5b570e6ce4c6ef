"""Comments of all pages together: the newest, and as an Atom feed. Never kept by a cache, as a flag hides at once."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dfs_workflow import permissions
from dfs_workflow.comments import feed, places, visible
from dfs_workflow.comments.reading import readings
from dfs_workflow.models import ReaderComment
from dfs_workflow.models.country_names import countries_by_name
from dfs_workflow.restrictions import passed_by
from dfs_workflow.views.comments import language
from dfs_workflow.views.people import people_view

ON_A_PAGE, IN_A_FEED = 30, 50


@people_view
@require_safe
def latest(request: HttpRequest) -> HttpResponseBase:
    """Filters stand in the address: kind, country, language."""
    rows = visible.comments_for(request.user, passed_by(request)).order_by("-submit_date", "-pk")
    countries = set(rows.order_by().exclude(country="").values_list("country", flat=True).distinct())
    chosen = {name: request.GET.get(name, "")[:20] for name in ("kind", "country")}
    for name, value in chosen.items():
        if value:
            rows = rows.filter(**{name: value})
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    comments = list(page.object_list)
    found = places.places_of(comments, language())
    known = permissions.standing(request.user)
    read = readings(comments, reader=request.user, known=known, at=timezone.now())
    context: dict[str, Any] = {
        "rows": [(row, found[row.comment.translation_key]) for row in read],
        "page": page,
        "kinds": ReaderComment.Kind.choices,
        "countries": countries_by_name(countries),
        "chosen": chosen,
    }
    return render(request, "dfs_workflow/comments/latest.html", context)


@people_view
@require_safe
def comments_feed(request: HttpRequest, path: str = "") -> HttpResponseBase:
    passed = passed_by(request)
    rows = visible.comments_for(request.user, passed).filter(state=ReaderComment.State.SHOWN)
    place = places.find(path, language(), request.user, passed) if path else None
    if path and place is None:
        raise Http404
    if place:
        rows = rows.filter(translation_key=place.page.translation_key)
    comments = list(rows.order_by("-submit_date", "-pk")[:IN_A_FEED])
    body = feed.atom(comments, places.places_of(comments, language()), place, language(), request.get_full_path())
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
