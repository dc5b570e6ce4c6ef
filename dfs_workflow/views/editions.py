"""Editions for readers: permanent addresses, whatever happens to what is live."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from dfs_workflow.conf import source_language
from dfs_workflow.editions import changes, downloads, reading, twin
from dfs_workflow.markdown import markdown_response, prefers_markdown
from dfs_workflow.models.edition import Edition, EditionFile, EditionItem

YEAR = 365 * 86400
# What a browser may show itself; anything else is downloaded.
SHOWN = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
         "avif": "image/avif"}  # fmt: skip


def language() -> str:
    return get_language() or source_language()


def editions(request: HttpRequest) -> HttpResponse:
    return render(request, "dfs_workflow/editions/list.html", {"editions": reading.frozen_editions()})


def frozen(number: str) -> Edition:
    return get_object_or_404(reading.frozen_editions(), number=number)


def edition(request: HttpRequest, number: str) -> HttpResponse:
    found = frozen(number)
    if prefers_markdown(request):
        return markdown_response(twin.edition_twin(found, language()))
    every = list(reading.frozen_editions())
    older = every[every.index(found) + 1 :]
    context = {
        "edition": found,
        "contents": reading.contents(found, language()),
        "previous": older[0] if older else None,
        "is_newest": every[0] == found,
    }
    return render(request, "dfs_workflow/editions/edition.html", context)


def edition_reference(request: HttpRequest, number: str, reference: str) -> HttpResponse:
    found = frozen(number)
    if reference != reference.upper():
        return redirect(reading.edition_url(number, language(), f"r/{reference.upper()}/"), permanent=True)
    return show(request, found, reading.find(found, language(), reference=reference))


def edition_path(request: HttpRequest, number: str, path: str) -> HttpResponse:
    found = frozen(number)
    item = reading.find(found, language(), path=path)
    if item and item.reference:
        return redirect(reading.edition_url(number, language(), reading.place_of(item)), permanent=True)
    return show(request, found, item)


def show(request: HttpRequest, found: Edition, item: EditionItem | None) -> HttpResponse:
    if item is None:
        raise Http404
    if prefers_markdown(request):
        return markdown_response(twin.item_twin(item, found, language()))
    context = {
        "edition": found,
        "item": item,
        "reading": reading.reading(item, found, language()),
        "foreign": "" if item.language == language() else item.language,
    }
    return render(request, "dfs_workflow/editions/item.html", context)


def edition_changes(request: HttpRequest) -> HttpResponse:
    """`from` an edition `to` another one or, without it, to today; also as a file: `format=csv` or `format=md`."""
    every = list(reading.frozen_editions())
    chosen = {row.number: row for row in every}
    start, end = request.GET.get("from", ""), request.GET.get("to", changes.TODAY)
    context: dict[str, Any] = {"editions": every, "from_number": start, "to_number": end}
    if start and (start not in chosen or end not in {*chosen, changes.TODAY}):
        raise Http404
    if start:
        found = changes.between(chosen[start], chosen.get(end), language())
        if answer := as_file(request.GET.get("format", ""), found):
            return answer
        context["changes"] = found
    return render(request, "dfs_workflow/editions/changes.html", context)


def as_file(kind: str, found: changes.Changes) -> HttpResponse | None:
    if kind == "csv":
        answer = HttpResponse(downloads.as_csv(found), content_type="text/csv; charset=utf-8")
    elif kind == "md":
        answer = HttpResponse(downloads.as_markdown(found), content_type="text/markdown; charset=utf-8")
    else:
        return None
    name = f"changes-{found.before}-{found.after}-{found.language}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def edition_file(request: HttpRequest, digest: str) -> HttpResponse:
    """By its hash, so it may be kept for ever."""
    file = get_object_or_404(EditionFile, pk=digest)
    shown_as = SHOWN.get(file.name.rpartition(".")[2].lower())
    answer = HttpResponse(bytes(file.content), content_type=shown_as or "application/octet-stream")
    if not shown_as:
        answer["Content-Disposition"] = f'attachment; filename="{digest[:12]}.{file.name.rpartition(".")[2]}"'
    answer["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
