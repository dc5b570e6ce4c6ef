"""Chapter by language, page by language; a translator's next sentence; the public summary."""

from datetime import timedelta
from typing import Any

from babel.numbers import format_percent
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from dfs_workflow.counts import Count
from dfs_workflow.translation import conf, permissions, query


def dashboard(request: HttpRequest) -> HttpResponseBase:
    require_access(request)
    locales = list(target_locales())
    context = {
        "locales": locales,
        "rows": table(query.chapters(), locales),
        "workers": workers(locales),
    }
    return render(request, "dfs_translation/admin/dashboard.html", context)


def workers(locales: list[Locale]) -> list[tuple[query.Worker, str]]:
    names = {locale.pk: str(locale) for locale in locales}
    found = query.workers(timezone.now() - timedelta(days=30))
    return [(worker, names[worker.locale_id]) for worker in found if worker.locale_id in names]


def chapter(request: HttpRequest, path: str) -> HttpResponseBase:
    require_access(request)
    locales = list(target_locales())
    page = get_object_or_404(Page, path=path)
    rows = query.pages_below(path)
    keys = Translation.objects.filter(source_id__in=[row.source_id for row in rows], enabled=True)
    links = {(source, locale): pk for pk, source, locale in keys.values_list("pk", "source_id", "target_locale_id")}
    table_rows = [
        (row, [(row.cells.get(locale.pk), links.get((row.source_id, locale.pk))) for locale in locales]) for row in rows
    ]
    return render(request, "dfs_translation/admin/chapter.html", {"page": page, "locales": locales, "rows": table_rows})


def next_segment(request: HttpRequest, code: str) -> HttpResponseBase:
    require_access(request)
    locale = get_object_or_404(Locale, language_code=code)
    found = query.next_segment(permissions.workable(request.user, locale))
    if found is None:
        messages.success(request, _("Nothing is left to translate into this language."))
        return redirect("dfs_translation_dashboard")
    url = reverse("dfs_translation_side_by_side", args=[found["pk"]])
    return redirect(f"{url}#segment-{found['segment']}")


def summary(request: HttpRequest) -> HttpResponseBase:
    """For everybody: how much of what is public can be read in which language, and how much of it is reviewed."""
    pages = conf.public(Page.objects.all())
    total, read = query.pages_read(pages)
    rows = query.languages(list(target_locales()), pages.values("translation_key"))
    shown = [(locale, read.get(locale.pk, 0), figures_of(cell)) for locale, cell in rows]
    context = {"rows": shown, "total": total}
    return render(request, "dfs_translation/summary.html", context)


def figures_of(cell: query.Cell) -> list[str]:
    """Written as the reader's language writes numbers."""
    locale = to_locale(get_language() or settings.LANGUAGE_CODE)
    shares = [format_percent(share / 100, locale=locale) for share in (cell.percent, cell.percent_reviewed)]
    return [*shares, str(Count(cell.outdated))]


def table(rows: list[query.Row], locales: list[Locale]) -> list[tuple[query.Row, list[query.Cell | None]]]:
    return [(row, [row.cells.get(locale.pk) for locale in locales]) for row in rows]


def target_locales() -> Any:
    """Languages that something is translated into."""
    return Locale.objects.filter(pk__in=Translation.objects.values("target_locale")).order_by("language_code")


def require_access(request: HttpRequest) -> None:
    if not permissions.can_see_work(request.user):
        raise PermissionDenied
