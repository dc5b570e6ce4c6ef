"""Consultations for readers and members: the list, one with its form, the form as a file, out and in."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dfs_workflow import actions, permissions
from dfs_workflow.comments.places import place_of, reference_of
from dfs_workflow.comments.visible import translations_to_read
from dfs_workflow.consultations import visible
from dfs_workflow.documents import comment_form
from dfs_workflow.documents.file_gate import LARGEST_UPLOAD, RefusedFile
from dfs_workflow.forms.consultations import AnswerFilter, AnswerForm, DispositionForm, FileForm
from dfs_workflow.models import Capability, Consultation, ConsultationAnswer, PeopleRefused
from dfs_workflow.restrictions import passed_by
from dfs_workflow.views.comments import language
from dfs_workflow.views.people import done, is_too_often, members_only, people_view, refuse

ON_A_PAGE = 50
COUNTS = {
    "undecided": Count("pk", filter=Q(disposition=None)),
    "unmatched": Count("pk", filter=Q(clause=None) & ~Q(clause_text="")),
}
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@people_view
@require_safe
def consultations(request: HttpRequest) -> HttpResponseBase:
    rows = visible.consultations_for(request.user, passed_by(request)).annotate(count=Count("answers"))
    context = {"rows": rows, "can_manage": visible.can_manage(request.user)}
    return render(request, "dfs_workflow/consultations/list.html", context)


def seen(request: HttpRequest, pk: int) -> Consultation:
    found = visible.consultations_for(request.user, passed_by(request)).select_related("edition")
    row: Consultation | None = found.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@people_view
def consultation(request: HttpRequest, pk: int) -> HttpResponseBase:
    row, known = seen(request, pk), permissions.standing(request.user)
    for_others, may_answer = visible.can_manage(request.user), known.verdict(Capability.ANSWER_CONSULTATION)
    can_answer = (may_answer or for_others) and (row.takes_answers or (for_others and not row.is_closed))
    if request.method == "POST" and not (may_answer or for_others):
        return refuse(request, may_answer.why)
    form = None
    if can_answer or request.method == "POST":
        form = AnswerForm(request.POST or None, clauses=clauses_of(request, row), for_others=for_others)
    if form is not None and request.method == "POST" and form.is_valid() and sent(request, row, form):
        return done(request, _("Your answer is part of the consultation."), "dfs_workflow:consultation", row.pk)
    return shown(request, row, known, form, FileForm() if form else None)


def clauses_of(request: HttpRequest, row: Consultation) -> Any:
    return visible.clauses_for(row, request.user, passed_by(request))


def sent(request: HttpRequest, row: Consultation, form: Any) -> bool:
    if is_too_often(request, "consultation"):
        form.add_error(None, _("Too many of these were sent within an hour. Wait an hour, then try again."))
        return False
    try:
        landed = land(request, row, [line_in(form.cleaned_data)])
    except PeopleRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    if not landed.added:
        form.add_error(None, _("You have already written this comment here."))
    return bool(landed.added)


def line_in(data: dict[str, Any]) -> comment_form.Line:
    clause = data["clause"].reference if data["clause"] else ""
    words = {name: data.get(name, "") for name in ("member", "kind", "comment", "change")}
    return comment_form.Line(clause=clause, **words)


def land(request: HttpRequest, row: Consultation, lines: list[comment_form.Line]) -> actions.consultations.Landed:
    passed = passed_by(request)
    return actions.answer_consultation(by=request.user, consultation=row, lines=lines, at=timezone.now(), passed=passed)


def shown(
    request: HttpRequest, row: Consultation, known: Any, form: Any, upload: Any, decision: Any = None
) -> HttpResponse:
    """One page of what is asked for in the address; a refused form about it comes to the same address."""
    answers, clauses = visible.answers_for(row, request.user, known, passed_by(request)), clauses_of(request, row)
    filters = AnswerFilter(request.GET, clauses=clauses, label_suffix="")
    page = Paginator(filters.found(answers), ON_A_PAGE).get_page(request.GET.get("page"))
    pages = translations_to_read(row.translation_key, request.user, passed_by(request))
    reference = reference_of([row.translation_key]).get(row.translation_key, "")
    can_manage = visible.can_manage(request.user)
    closes = can_manage and not row.is_closed
    context = {
        "consultation": row,
        "previous": earlier_round(request, row),
        "place": place_of(pages, reference, language()),
        "page": page,
        "filters": filters,
        "chosen": filters.chosen(),
        "here": urlencode({"page": page.number, **filters.chosen()}),
        **answers.aggregate(**COUNTS),
        "newest": page.paginator.object_list.aggregate(newest=Max("number"))["newest"],
        "clauses": clauses,
        "form": form,
        "upload": upload,
        "can_manage": can_manage,
        "out_of_sight": actions.consultations.out_of_sight(row, request.user, passed_by(request)) if closes else "",
        "decision": None if row.is_closed else decision or DispositionForm(),
        "ticked": ticked(request, page),
        "is_member": known.membership is not None,
        "is_over": row.is_over(timezone.now()),
    }
    return render(request, "dfs_workflow/consultations/consultation.html", context)


def ticked(request: HttpRequest, page: Page) -> list[str]:
    """All of the page where its link was followed, which needs no script."""
    return [str(answer.pk) for answer in page] if "tick" in request.GET else request.POST.getlist("answers")


def earlier_round(request: HttpRequest, row: Consultation) -> Consultation | None:
    """It may be about a page that this reader may not read."""
    rows = visible.consultations_for(request.user, passed_by(request))
    earlier: Consultation | None = rows.filter(pk=row.previous_id).first() if row.previous_id else None
    return earlier


def disposition_of(answer: ConsultationAnswer) -> Any:
    return getattr(answer, "disposition", None)


@people_view
@require_safe
def consultation_form(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """What this reader may see; without anything, the empty form."""
    row = seen(request, pk)
    if kind not in comment_form.WRITERS:
        raise Http404
    answers = visible.answers_for(row, request.user, permissions.standing(request.user), passed_by(request))
    lines = [line_of(answer) for answer in answers]
    body = comment_form.WRITERS[kind](lines, row.title, is_rtl=get_language_bidi())
    response = HttpResponse(body, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="consultation-{row.pk}.{kind}"'
    return response


def line_of(answer: ConsultationAnswer) -> comment_form.Line:
    found = disposition_of(answer)
    said = [found.get_outcome_display(), found.reason, found.link] if found else []
    return comment_form.Line(
        number=str(answer.number),
        member=answer.member,
        clause=answer.clause_name,
        kind=answer.kind,
        comment=answer.comment,
        change=answer.proposed_change,
        observations="\n".join(filter(None, said)),
    )


@members_only
@require_POST
def import_answers(request: HttpRequest, pk: int) -> HttpResponseBase:
    row, known = seen(request, pk), permissions.standing(request.user)
    if not visible.can_manage(request.user):
        permissions.require(request.user, Capability.ANSWER_CONSULTATION)
    upload = FileForm(request.POST, request.FILES)
    if upload.is_valid():
        try:
            landed = brought(request, row, upload.cleaned_data["file"])
        except (RefusedFile, PeopleRefused) as refusal:
            upload.add_error("file", str(refusal))
        else:
            return done(request, told(landed), "dfs_workflow:consultation", row.pk)
    form = AnswerForm(clauses=clauses_of(request, row), for_others=visible.can_manage(request.user))
    return shown(request, row, known, form, upload)


def brought(request: HttpRequest, row: Consultation, file: Any) -> actions.consultations.Landed:
    if is_too_often(request, "consultation-file"):
        raise PeopleRefused(_("Too many of these were sent within an hour. Wait an hour, then try again."))
    if file.size > LARGEST_UPLOAD:
        raise RefusedFile(_("The file is larger than 10 megabytes: remove pictures and try again."))
    return land(request, row, comment_form.read(file.read()))


def told(landed: actions.consultations.Landed) -> str:
    sentences = [_("Added: %(count)d.") % {"count": landed.added}]
    if landed.known:
        sentences.append(_("Already there: %(count)d.") % {"count": landed.known})
    if landed.unmatched:
        sentences.append(_("On no known clause: %(count)d. Choose the clause below.") % {"count": landed.unmatched})
    return " ".join(sentences)
