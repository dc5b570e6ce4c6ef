import html
import re
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.http import urlencode
from django.utils.translation import get_language

from dfs_pages import actions, conf, query
from dfs_pages.exporters.twin import glossary_twin
from dfs_pages.query.spreadsheets import MOST_RESULTS
from dfs_pages.search import Filters, Results, find, suggest
from dfs_pages.search.facets import kind_names
from dfs_workflow.markdown import markdown_response, prefers_markdown


def search(request: HttpRequest) -> HttpResponse:
    """The address is the question: `q`, the filters, `page` and `all`, the filter whose choices are listed to the end;
    whatever is wrong in it is left out, and filters that were are named."""
    text, language = request.GET.get("q", ""), get_language() or query.source_language()
    filters = filters_of(request)
    page, whole = number_of(request.GET.get("page", "")), request.GET.get("all", "")
    results = find(text, language, filters, page=page, whole=whole)
    chosen = {name: value for name, value in vars(filters).items() if value}
    context = {"results": results, "chosen": chosen, "unknown": unknown_filters(request, filters)}
    context["strange"] = strange(results, chosen)
    if results.total:
        query_string = urlencode({"q": results.text, **chosen})
        context["downloads"] = {"address": reverse("dfs_pages:search").rstrip("/"), "query": f"?{query_string}"}
        context["most"] = MOST_RESULTS if results.total > MOST_RESULTS else 0
    context["page_numbers"] = page_numbers(results.page, results.pages)
    response = render(request, "dfs_pages/search.html", context)
    if results.text and not results.total and not chosen:
        actions.count_missed_search(text=results.text, language=language, on=timezone.localdate())
        response["Cache-Control"] = "no-store"  # or the next one who looks for it would not be counted
    return response


def filters_of(request: HttpRequest) -> Filters:
    kind, stakeholder = (request.GET.get(name, "") for name in ("kind", "stakeholder"))
    language = request.GET.get("language", "")
    return Filters(
        kind=kind if re.fullmatch(r"[a-z]{1,60}", kind) else "",
        section=key_of(request.GET.get("section", "")),
        stakeholder=stakeholder if re.fullmatch(r"[\w-]{1,60}", stakeholder) else "",
        language=language if language in dict(settings.LANGUAGES) else "",
    )


def strange(results: Results, chosen: Mapping[str, str]) -> list[tuple[str, str]]:
    """Filters that none of the choices stands for: nothing that was found has them, or nothing at all."""
    known = {facet.key for facet in results.facets for option in facet.options if option.is_chosen}
    return [(name, str(value_name(name, value))) for name, value in chosen.items() if name not in known]


def value_name(name: str, value: str) -> str:
    names = {"kind": kind_names, "stakeholder": conf.audiences, "language": lambda: dict(settings.LANGUAGES)}
    return names[name]().get(value, value) if name in names else value


def unknown_filters(request: HttpRequest, filters: Filters) -> list[str]:
    """What the address asks for and the search doesn't know."""
    return [value for name, known in vars(filters).items() if (value := request.GET.get(name)) and not known]


def key_of(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def number_of(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def page_numbers(page: int, pages: int) -> list[int]:
    """The first, the last, and those near to the one that is shown."""
    return [number for number in range(1, pages + 1) if number in (1, pages) or abs(number - page) <= 3]


def suggestions(request: HttpRequest) -> JsonResponse:
    """For the search field, where scripts run: titles and addresses of what begins like this."""
    hits = suggest(request.GET.get("q", "")[:100], get_language() or query.source_language())
    found = [
        {
            "title": html.unescape(strip_tags(hit.title)),
            "reference": hit.reference,
            "url": hit.url,
            "lang": hit.language,
        }
        for hit in hits
    ]
    return JsonResponse({"suggestions": found})


def glossary(request: HttpRequest) -> HttpResponse:
    if prefers_markdown(request):
        return markdown_response(glossary_twin(get_language() or query.source_language()))
    terms = query.glossary(get_language() or query.source_language())
    address = reverse("dfs_pages:glossary").rstrip("/")
    return render(request, "dfs_pages/glossary.html", {"terms": terms, "address": address})
