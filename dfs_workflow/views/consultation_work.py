"""The work on a consultation: opening it, what becomes of each answer, closing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from dfs_workflow import actions, permissions
from dfs_workflow.comments import places
from dfs_workflow.conf import source_language
from dfs_workflow.consultations import visible
from dfs_workflow.forms.consultations import (
    AnswerFilter,
    AnswerForm,
    DispositionForm,
    FileForm,
    OpenForm,
    PlaceAnswerForm,
)
from dfs_workflow.models import Consultation, ConsultationAnswer, PeopleRefused
from dfs_workflow.restrictions import passed_by
from dfs_workflow.views.consultations import clauses_of, disposition_of, seen, shown
from dfs_workflow.views.people import done, members_only

MOST_DIGITS = 9  # of the number of an answer; the database has no larger ones


@members_only
def open_consultation(request: HttpRequest) -> HttpResponseBase:
    """`page`: the address below the language of a chapter, a catalogue or a template."""
    actions.consultations.require_manager(request.user)
    path = request.GET.get("page", "").strip("/")
    place = places.find(path, source_language(), request.user, passed_by(request)) if path else None
    form = OpenForm(request.POST or None, initial={"title": place.title if place else ""})
    if request.method == "POST" and place is not None and form.is_valid():
        try:
            made = actions.open_consultation(by=request.user, page=place.page, at=timezone.now(), **form.cleaned_data)
        except PeopleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, _("The consultation is open."), "dfs_workflow:consultation", made.pk)
    context = {"form": form, "place": place, "path": path, "tops": tops()}
    return render(request, "dfs_workflow/consultations/open.html", context)


def tops() -> Any:
    """Two levels below the home page of the source: chapters, catalogues, templates."""
    rows = Page.objects.filter(live=True, depth__in=(3, 4), locale__language_code=source_language()).order_by("path")
    return [(row.url_path.split("/", 2)[2].strip("/"), row.title, row.depth == 4) for row in rows]


@members_only
@require_POST
def close_consultation(request: HttpRequest, pk: int) -> HttpResponseBase:
    row: Consultation = seen(request, pk)
    passed = passed_by(request)
    actions.close_consultation(by=request.user, consultation=row, at=timezone.now(), passed=passed)
    return done(request, _("The consultation is closed; its table is public."), "dfs_workflow:consultation", row.pk)


@members_only
@require_POST
def dispose_chosen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same disposition for all that is ticked in the table, or for all that its filter finds."""
    row, known = seen(request, pk), permissions.standing(request.user)
    actions.consultations.require_manager(request.user)
    answers, form = chosen(request, row, known), DispositionForm(request.POST)
    if form.is_valid():
        try:
            actions.dispose(by=request.user, answers=answers, at=timezone.now(), **form.cleaned_data)
        except PeopleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Dispositions saved: %(count)d.") % {"count": len(answers)})
            return redirect(address_of_table(request, row))
    answering = AnswerForm(clauses=clauses_of(request, row), for_others=True)
    return shown(request, row, known, answering, FileForm(), decision=form)


def chosen(request: HttpRequest, row: Consultation, known: Any) -> list[ConsultationAnswer]:
    """`every`: the number of the newest answer when the table was read, as nobody decides about what came since."""
    answers = visible.answers_for(row, request.user, known, passed_by(request))
    newest = request.POST.get("every", "")
    if newest.isdecimal() and len(newest) <= MOST_DIGITS:
        return list(
            AnswerFilter(request.GET, clauses=clauses_of(request, row)).found(answers).filter(number__lte=newest)
        )
    numbers = set(request.POST.getlist("answers"))
    found = [answer for answer in answers if str(answer.pk) in numbers]
    if len(found) < len(numbers):
        raise Http404
    return found


def address_of_table(request: HttpRequest, row: Consultation) -> str:
    """With the same filter, at the same page."""
    return f"{reverse('dfs_workflow:consultation', args=[row.pk])}?{request.GET.urlencode()}"


def answer_seen(request: HttpRequest, pk: int) -> ConsultationAnswer:
    found = ConsultationAnswer.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    consultation, known = seen(request, found.consultation_id), permissions.standing(request.user)
    rows = visible.answers_for(consultation, request.user, known, passed_by(request))
    row: ConsultationAnswer | None = rows.select_related("consultation").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@members_only
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Where it belongs and taking it back, and for who manages it what becomes of it."""
    row = answer_seen(request, pk)
    actions.consultations.require_own(request.user, row)
    clauses = visible.clauses_for(row.consultation, request.user, passed_by(request))
    place = PlaceAnswerForm(request.POST or None, clauses=clauses, initial={"clause": row.clause})
    is_decision = "outcome" in request.POST
    decision = DispositionForm(request.POST if is_decision else None, instance=disposition_of(row))
    if request.method == "POST":
        try:
            if sentence := changed(request, row, place, decision if is_decision else None):
                return done(request, sentence, "dfs_workflow:consultation", row.consultation_id)
        except PeopleRefused as refusal:
            decision.add_error(None, str(refusal)) if is_decision else place.add_error(None, str(refusal))
    context = {"answer": row, "place": place, "decision": decision, "can_manage": visible.can_manage(request.user)}
    return render(request, "dfs_workflow/consultations/answer.html", context)


def changed(request: HttpRequest, row: ConsultationAnswer, place: Any, decision: Any) -> str:
    now = timezone.now()
    if decision is not None:
        if not decision.is_valid():
            return ""
        actions.dispose(by=request.user, answers=[row], at=now, **decision.cleaned_data)
        return _("The disposition is saved.")
    if "take_back" in request.POST:
        actions.take_back_answer(by=request.user, answer=row, at=now)
        return _("The answer was taken back.")
    if "place" in request.POST and place.is_valid():
        actions.place_answer(by=request.user, answer=row, clause=place.cleaned_data["clause"])
        return _("The answer is on its clause.")
    return ""
