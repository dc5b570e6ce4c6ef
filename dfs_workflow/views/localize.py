"""wagtail-localize under review: its editor saves drafts and submits them."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail_localize.models import Translation

from dfs_workflow import actions, permissions
from dfs_workflow.forms import TranslationForm
from dfs_workflow.models import PublicationRefused, is_governed
from dfs_workflow.translation.permissions import can_translate
from dfs_workflow.views.comparison import comparison_url
from dfs_workflow.views.editing import edit_url
from dfs_workflow.views.unscheduling import unschedule_url

LOCKED = gettext_lazy("“%(title)s” is locked or under review.")


def take_over_publish(request: HttpRequest, instance: Any) -> HttpResponseBase | None:
    """Runs before wagtail-localize's own hook: "publish" in its editor means "submit for review" here."""
    if not is_governed(instance) or not hasattr(instance, "translation_key"):
        return None
    translation = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale_id=instance.locale_id, enabled=True
    ).first()
    if translation is None:
        return None
    if request.method == "POST" and request.POST.get("action") == "publish":
        return submit(request, translation, request.path)
    if request.method == "GET":
        offer_next_step(request, translation)
    return None


def offer_next_step(request: HttpRequest, translation: Translation) -> None:
    """The editor's own buttons know nothing of a review."""
    row = translation.get_target_instance()
    if is_locked(row, request.user):
        url = unschedule_url(row, request.user)
        buttons = [messages.button(url, _("Take back the date of publication"))] if url else []
        messages.warning(request, LOCKED % {"title": row}, buttons=buttons)
    elif permissions.can_decide(request.user, row):
        offer_decision(request, row)
    else:
        offer_submit(request, translation, row)


def offer_decision(request: HttpRequest, row: Any) -> None:
    buttons = [
        messages.button(comparison_url(row, row.latest_revision), _("Compare with what is live")),
        messages.button(reverse("wagtailadmin_home"), _("Decide on the start page")),
    ]
    sentence = _("This translation waits for your review.")
    at = row.get_latest_revision_as_object().go_live_at
    if at and at > timezone.now():
        sentence += " " + _("It is to go live at %(date)s.") % {"date": localize(timezone.localtime(at))}
    messages.info(request, sentence, buttons=buttons)


def offer_submit(request: HttpRequest, translation: Translation, row: Any) -> None:
    state = row.current_workflow_state
    if state is None or state.status == state.STATUS_NEEDS_CHANGES:
        url = reverse("dfs_workflow_submit_translation", args=[translation.pk])
        side_by_side = reverse("dfs_translation_side_by_side", args=[translation.pk])
        buttons = [messages.button(side_by_side, _("Side by side")), messages.button(url, _("Submit for review"))]
        messages.info(request, _("When it is ready:"), buttons=buttons)


def submit_translation(request: HttpRequest, translation_id: int) -> HttpResponseBase:
    translation = get_object_or_404(Translation.objects.select_related("source", "target_locale"), pk=translation_id)
    row = target_of(translation) or translation.source.get_source_instance()
    if not is_governed(row) or not can_translate(request.user, target_of(translation)):
        raise PermissionDenied
    form = TranslationForm(target_of(translation), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return submit(request, translation, edit_url(row), **form.cleaned_data)
    language = translation.target_locale.get_display_name()
    context = {"row": row, "language": language, "back": edit_url(row), "form": form}
    return render(request, "dfs_workflow/admin/submit_translation.html", context)


def submit(
    request: HttpRequest,
    translation: Translation,
    back: str,
    *,
    go_live_at: datetime | None = None,
    public_reason: str = "",
) -> HttpResponseBase:
    row = target_of(translation)
    try:
        if row is not None and is_locked(row, request.user):
            raise PublicationRefused(LOCKED % {"title": row})
        actions.save_translation_as_draft(
            translation=translation, by=request.user, go_live_at=go_live_at, public_reason=public_reason
        )
    except PublicationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        made = translation.get_target_instance()
        back = back if row is not None else edit_url(made)
        messages.success(request, _("The translation of “%(title)s” was submitted for review.") % {"title": made})
    return redirect(back)


def target_of(translation: Translation) -> Any:
    """Nothing where it was not made yet: its first submission makes it."""
    try:
        return translation.get_target_instance()
    except ObjectDoesNotExist:
        return None


def is_locked(row: Any, user: Any) -> bool:
    lock = row.get_lock()
    return bool(lock and lock.for_user(user))
