"""Chapter by language, page by language; a translator's next sentence; what changed in a source; the public summary."""

from datetime import timedelta
from typing import Any

from babel.numbers import format_percent
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from dfs_workflow.counts import Count
from dfs_workflow.redline import compare
from dfs_workflow.translation import actions, conf, permissions, query
from dfs_workflow.translation.models import SourceChange


def dashboard(request: HttpRequest) -> HttpResponseBase:
    require_access(request)
    locales = list(target_locales())
    context = {
        "locales": locales,
        "rows": table(query.chapters(), locales),
        "workers": query.workers(timezone.now() - timedelta(days=30)),
        "names": {locale.pk: str(locale) for locale in locales},
    }
    return render(request, "dfs_translation/admin/dashboard.html", context)


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
    found = query.next_segment(locale)
    if found is None:
        messages.success(request, _("Nothing is left to translate into this language."))
        return redirect("dfs_translation_dashboard")
    url = reverse("dfs_translation_side_by_side", args=[found["pk"]])
    return redirect(f"{url}#segment-{found['segment']}")


def source_changes(request: HttpRequest, source_id: int) -> HttpResponseBase:
    """An editor of the source says which changes leave the meaning as it was."""
    source = get_object_or_404(TranslationSource.objects.select_related("locale"), pk=source_id)
    if not permissions.can_judge_meaning(request.user, source.get_source_instance()):
        raise PermissionDenied
    changes = list(open_changes(source))
    if request.method == "POST":
        declare(request, [change for change in changes if str(change.pk) in request.POST.getlist("unchanged")])
        return redirect(request.path)
    language = source.locale.language_code
    rows = [
        (change, compare(change.old.data, change.new.data, language), actions.can_be_unchanged(change))
        for change in changes
    ]
    context = {"source": source, "rows": rows, "any_unchanged": any(possible for _change, _redline, possible in rows)}
    return render(request, "dfs_translation/admin/source_changes.html", context)


def declare(request: HttpRequest, ticked: list[SourceChange]) -> None:
    try:
        actions.declare_meaning_unchanged(by=request.user, changes=ticked)
    except actions.MeaningChanged as refusal:
        messages.error(request, str(refusal))
        return
    count = len(ticked)
    sentence = ngettext("%(count)s change recorded.", "%(count)s changes recorded.", count)
    messages.success(request, sentence % {"count": count})


def open_changes(source: TranslationSource) -> Any:
    """Of the wording of now, not declared yet."""
    rows = SourceChange.objects.filter(
        context__object_id=source.object_id, unchanged_at=None, new__segments__source=source
    )
    return rows.select_related("old", "new__locale", "context").order_by("-changed_at", "pk").distinct()


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


def tell_cost(request: HttpRequest, page: Page) -> None:
    """After a draft of a source is saved: what publishing it will ask of its translators."""
    if request.method != "POST" or not hasattr(page, "translation_key"):
        return
    cost = query.cost_of(page.get_latest_revision_as_object() if page.latest_revision_id else page)
    if cost:
        parts = {
            "segments": ngettext("%(count)s segment", "%(count)s segments", cost.segments)
            % {"count": Count(cost.segments)},
            "languages": ngettext("%(count)s language", "%(count)s languages", cost.languages)
            % {"count": cost.languages},
        }
        messages.info(
            request, _("When this is published, translators have to do: %(segments)s × %(languages)s.") % parts
        )
