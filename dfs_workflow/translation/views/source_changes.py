"""What changed in a source, what that costs its translators, and whether the meaning stayed the same."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import TranslatableMixin
from wagtail_localize.models import StringTranslation, TranslationSource

from dfs_workflow.counts import Count
from dfs_workflow.redline import compare
from dfs_workflow.translation import actions, permissions, query
from dfs_workflow.translation.models import SourceChange


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


def offer_changes(request: HttpRequest, instance: Any) -> None:
    """To who opens a source: changes that a language waits for, though they may say the same as before."""
    if request.method != "GET" or not isinstance(instance, TranslatableMixin):
        return
    source = TranslationSource.objects.get_for_instance_or_none(instance)
    if source is None or source.locale_id != instance.locale_id:
        return
    if not permissions.can_judge_meaning(request.user, instance):
        return
    count = sum(actions.can_be_unchanged(change) for change in open_changes(source).filter(is_waited_for()))
    if count:
        sentence = ngettext(
            "%(count)s changed sentence waits for its translators. Does it still mean the same?",
            "%(count)s changed sentences wait for their translators. Do they still mean the same?",
            count,
        )
        button = messages.button(reverse("dfs_translation_source", args=[source.pk]), _("See what changed"))
        messages.info(request, sentence % {"count": Count(count)}, buttons=[button])


def is_waited_for() -> Exists:
    """For changes: some language has a translation of the old wording and none of the new one."""
    place = {"context_id": OuterRef("context_id"), "has_error": False}
    new = StringTranslation.objects.filter(
        **place, translation_of_id=OuterRef(OuterRef("new_id")), locale_id=OuterRef("locale_id")
    )
    old = StringTranslation.objects.filter(**place, translation_of_id=OuterRef("old_id"))
    return Exists(old.exclude(Exists(new)))


def tell_cost(request: HttpRequest, page: Any) -> None:
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
