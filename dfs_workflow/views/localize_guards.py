"""The addresses of wagtail-localize that write something, each with what has to hold before."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.views import edit_translation, update_translations
from wagtail_localize.views.report import TranslationsReportView

from dfs_workflow.models import PublicationRefused, is_governed
from dfs_workflow.translation.actions import NotAllowed, keep_authorship, machine_text, require_allowed
from dfs_workflow.translation.importers import FileError, po_file
from dfs_workflow.translation.permissions import can_translate
from dfs_workflow.translation.query.units import LARGEST
from dfs_workflow.translation.tasks import translate_by_machine
from dfs_workflow.translation.views.side_by_side import MACHINE_BEGINS, machine_draft
from dfs_workflow.views.editing import edit_url
from dfs_workflow.views.localize import LOCKED, is_locked, target_of

CONNECTED = gettext_lazy("“%(title)s” stays connected with its source: its sentences are checked and kept up to date.")
FOLLOWS = gettext_lazy("Translations follow their source by themselves when it is published.")
MARK = "X-WagtailLocalize-TranslationID"


def respecting_locks(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """These endpoints write strings straight away, whatever lock the page is under."""

    @wraps(view)
    def guarded(request: HttpRequest, translation_id: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        row = target_of(get_object_or_404(Translation, pk=translation_id))
        if row is None:
            raise Http404
        if is_governed(row) and is_locked(row, request.user):
            sentence = str(LOCKED % {"title": row})
            if request.method == "POST":
                raise PublicationRefused(sentence)
            return JsonResponse({"detail": sentence}, status=403)
        return view(request, translation_id, *args, **kwargs)

    # wagtail-localize's views are exempt from Django's check because they make their own.
    guarded.csrf_exempt = getattr(view, "csrf_exempt", False)  # type: ignore[attr-defined]
    return guarded


def answering_json(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Its own script asks for nothing else, and there are no pages for people behind these addresses."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.META["HTTP_ACCEPT"] = "application/json"
        try:
            return view(request, *args, **kwargs)
        except MultiValueDictKeyError as missing:
            return JsonResponse({"detail": _("“%(name)s” is missing.") % {"name": missing.args[0]}}, status=400)

    return guarded


def once_it_is_made(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A language that was only offered to translators has no page to show yet."""

    @wraps(view)
    def guarded(request: HttpRequest, translation_id: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if target_of(get_object_or_404(Translation, pk=translation_id)) is None:
            raise Http404
        return view(request, translation_id, *args, **kwargs)

    return guarded


def keeping_who_wrote(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same words again are still those of a machine, until a second person has approved them."""

    @wraps(view)
    def guarded(request: HttpRequest, translation_id: int, string_segment_id: int, **kwargs: Any) -> HttpResponseBase:
        translation = get_object_or_404(Translation, pk=translation_id)
        segment = get_object_or_404(StringSegment, pk=string_segment_id)
        before = machine_text(translation=translation, segment=segment)
        response = view(request, translation_id, string_segment_id, **kwargs)
        if before is not None:
            keep_authorship(before=before)
        return response

    return guarded


def with_readable_file(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The upload takes for granted that there is a file, and that it was written here."""

    @wraps(view)
    def guarded(request: HttpRequest, translation_id: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        upload = request.FILES.get("file")
        if request.method == "POST" and (problem := why_unreadable(upload)):
            raise PublicationRefused(problem)
        return view(request, translation_id, *args, **kwargs)

    return guarded


def why_unreadable(upload: Any) -> str:
    """Empty where it can be read."""
    if upload is None:
        return _("Choose a file.")
    if upload.size > LARGEST:
        return _("The file is larger than %(size)s MB.") % {"size": LARGEST // 1_000_000}
    try:
        file = po_file(upload.read())
    except FileError as problem:
        return str(problem)
    finally:
        upload.seek(0)
    if MARK not in file.metadata:
        return _("This file was not made here for this page: import it at “Files” of the translations.")
    return ""


def never_for_governed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A translation that was stopped is written like any page, past its sentences and their checks."""

    @wraps(view)
    def guarded(request: HttpRequest, translation_id: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        row = target_of(get_object_or_404(Translation, pk=translation_id))
        if row is not None and is_governed(row):
            raise PublicationRefused(CONNECTED % {"title": row})
        return view(request, translation_id, *args, **kwargs)

    return guarded


@require_POST
def draft_by_machine(request: HttpRequest, translation_id: int) -> HttpResponseBase:
    """wagtail-localize asks the machine while its editor waits, and for whatever is wanted."""
    translation = get_object_or_404(Translation, pk=translation_id)
    if not can_translate(request.user, target_of(translation)):
        raise PermissionDenied
    return machine_draft(request, translation)


def machine_afterwards(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same for all languages of a source at once, when its translations are brought up to date."""

    @wraps(view)
    def guarded(request: HttpRequest, translation_source_id: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or "use_machine_translation" not in request.POST:
            try:
                return view(request, *args, translation_source_id=translation_source_id, **kwargs)
            except ObjectDoesNotExist:  # it lists the pages of all languages, also of those only offered
                messages.info(request, FOLLOWS)
                source = get_object_or_404(TranslationSource, pk=translation_source_id)
                return redirect(edit_url(source.get_source_instance()))
        wanted = list(Translation.objects.filter(source_id=translation_source_id, enabled=True))
        for translation in wanted:
            require_allowed_by_machine(translation)
        request.POST = request.POST.copy()
        for name in ("use_machine_translation", "publish_translations"):  # drafts of a machine are read before
            request.POST.pop(name, None)
        response = view(request, *args, translation_source_id=translation_source_id, **kwargs)
        if response.status_code == 302:
            for translation in wanted:
                translate_by_machine.enqueue(translation.pk)
            messages.success(request, MACHINE_BEGINS)
        return response

    return guarded


def require_allowed_by_machine(translation: Translation) -> None:
    try:
        require_allowed(translation=translation)
    except NotAllowed as refusal:
        raise PublicationRefused(str(refusal)) from refusal


class OrderedReport(TranslationsReportView):
    """In pages, so a row may stand on one of them only: the text that changed last first."""

    def get_queryset(self) -> Any:
        return super().get_queryset().order_by("-source__last_updated_at", "pk")


def guarded_urls() -> list[URLPattern]:
    """At the addresses of wagtail-localize, and found before them."""
    base = "localize/translate/<int:translation_id>/"
    return [
        path(
            f"{base}strings/<int:string_segment_id>/edit/",
            answering_json(respecting_locks(keeping_who_wrote(edit_translation.edit_string_translation))),
        ),
        path(
            f"{base}overrides/<int:overridable_segment_id>/edit/",
            answering_json(respecting_locks(edit_translation.edit_override)),
        ),
        path(f"{base}preview/", once_it_is_made(edit_translation.preview_translation)),
        path(f"{base}preview/<str:mode>/", once_it_is_made(edit_translation.preview_translation)),
        path(f"{base}pofile/download/", once_it_is_made(edit_translation.download_pofile)),
        path(f"{base}disable/", never_for_governed(edit_translation.stop_translation)),
        path(f"{base}pofile/upload/", respecting_locks(with_readable_file(edit_translation.upload_pofile))),
        path(f"{base}machine_translate/", draft_by_machine),
        path(
            "localize/update/<int:translation_source_id>/",
            machine_afterwards(update_translations.UpdateTranslationsView.as_view()),
        ),
        path("localize/reports/translations/", OrderedReport.as_view()),
        path("localize/reports/translations/results/", OrderedReport.as_view(results_only=True)),
    ]
