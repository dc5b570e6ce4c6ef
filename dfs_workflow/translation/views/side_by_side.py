"""Source and translation beside each other, sentence by sentence: to translate, to check, to review."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task_backends
from django_tasks.exceptions import TaskResultDoesNotExist, TaskResultMismatch
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from dfs_workflow.translation import actions, conf, permissions, query
from dfs_workflow.translation.forms import Typed, typed
from dfs_workflow.translation.tasks import translate_by_machine

MACHINE_BEGINS = gettext_lazy("The machine drafts what has no translation yet; look again in a while.")
MACHINE_FAILED = gettext_lazy("The machine gave no answer, so not everything has a draft. Try again later.")


def side_by_side(request: HttpRequest, translation_id: int) -> HttpResponseBase:
    rows = Translation.objects.select_related("source__locale", "target_locale", "source__specific_content_type")
    translation = get_object_or_404(rows, pk=translation_id)
    row = target_of(translation)
    if not permissions.can_translate(request.user, row):
        raise PermissionDenied
    locked = bool(row and (lock := row.get_lock()) and lock.for_user(request.user))
    if request.method == "POST" and "machine" in request.POST:
        return machine_draft(request, translation)
    if request.method == "POST":
        return save(request, translation, locked)
    tell_of_machine(request)
    return render(
        request, "dfs_translation/admin/side_by_side.html", context_of(request.user, translation, row, locked)
    )


def target_of(translation: Translation) -> Any:
    """The translated page or snippet; nothing where it was not made yet."""
    try:
        row = translation.get_target_instance()
    except ObjectDoesNotExist:
        return None
    return row.specific if isinstance(row, Page) else row


def context_of(user: Any, translation: Translation, row: Any, locked: bool) -> dict[str, Any]:
    checked = query.checked_segments(translation)
    suggestions = query.matches(translation, [each.segment for each in checked])
    view = conf.submit_view()
    return {
        "translation": translation,
        "row": row,
        "entries": [(each, suggestions.get(each.segment.pk, [])) for each in checked],
        "locked": locked,
        "machine": get_machine_translator(),
        "source_info": direction(translation.source.locale.language_code),
        "target_info": direction(translation.target_locale.language_code),
        "submit_url": reverse(view, args=[translation.pk]) if view else "",
        "edit_url": "" if view or row is None else AdminURLFinder(user).get_edit_url(row),
    }


def direction(code: str) -> dict[str, str]:
    return {"code": code, "dir": "rtl" if get_language_info(code)["bidi"] else "ltr"}


def save(request: HttpRequest, translation: Translation, locked: bool) -> HttpResponseBase:
    """Comments also where the text is locked: that is when reviewers write theirs."""
    saved = refused = 0
    for segment in StringSegment.objects.filter(source_id=translation.source_id).select_related("string", "context"):
        words = typed(request.POST, segment.pk)
        refused += bool(locked and words.text is not None)
        saved += save_segment(request.user, translation, segment, words, locked)
    if "take" in request.POST and not locked:
        saved += take(request.user, translation, request.POST["take"])
    if refused:
        messages.error(request, _("This is locked or under review: the texts were not changed."))
    if saved:
        messages.success(request, saved_as_drafts())
    return redirect(request.path + anchor_of(request.POST.get("take", "")))


def anchor_of(choice: str) -> str:
    """Who took over a suggestion goes on where it stood."""
    key = choice.partition(":")[0]
    return f"#segment-{key}" if key.isdecimal() else ""


def saved_as_drafts() -> str:
    """A second person is asked for only where the site has a review."""
    if conf.submit_view():
        return _("Saved as drafts. Readers see nothing of it until a second person approves.")
    return _("Saved as drafts. Readers see nothing of it until the translation is published.")


def machine_draft(request: HttpRequest, translation: Translation) -> HttpResponseBase:
    """In the background, as a machine may take its time."""
    back = reverse("dfs_translation_side_by_side", args=[translation.pk])
    try:
        actions.require_allowed(translation=translation)
    except actions.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        result = translate_by_machine.enqueue(translation.pk)
        if result.status == TaskResultStatus.FAILED:
            messages.error(request, MACHINE_FAILED)
        else:
            messages.success(request, MACHINE_BEGINS)
            return redirect(f"{back}?{urlencode({'machine': result.id})}")
    return redirect(back)


def tell_of_machine(request: HttpRequest) -> None:
    """What became of a draft that was asked for, where the queue keeps that."""
    key = request.GET.get("machine", "")
    if not key or not task_backends[translate_by_machine.backend].supports_get_result:
        return
    try:
        result = translate_by_machine.get_result(key)
    except (TaskResultDoesNotExist, TaskResultMismatch, ValidationError):
        return
    if result.status == TaskResultStatus.FAILED:
        messages.error(request, MACHINE_FAILED)


def take(user: Any, translation: Translation, choice: str) -> int:
    """A suggestion of the memory, by one click; those that change what is demanded have no such button."""
    key, _colon, index = choice.partition(":")
    found = next((row for row in query.segments(translation) if str(row.pk) == key), None)
    suggestions = query.matches(translation, [found]).get(found.pk, []) if found else []
    match = suggestions[int(index)] if index.isdecimal() and int(index) < len(suggestions) else None
    if found is None or match is None or not match.can_be_taken:
        return 0
    segment = StringSegment.objects.get(pk=found.pk)
    actions.save_text(by=user, translation=translation, segment=segment, text=match.text)
    return 1


def save_segment(user: Any, translation: Translation, segment: StringSegment, words: Typed, locked: bool) -> int:
    saved = 0
    if words.text is not None and not locked:
        actions.save_text(by=user, translation=translation, segment=segment, text=words.text)
        saved += 1
    if words.reasons and not locked:
        row = StringTranslation.objects.filter(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale_id=translation.target_locale_id,
        ).first()
        for code, reason in words.reasons.items() if row else ():
            actions.give_reason(by=user, row=row, code=code, reason=reason)
            saved += 1
    if words.comment:
        actions.comment(by=user, translation=translation, segment=segment, text=words.comment)
        saved += 1
    return saved
