"""Comments about one page, on a page of their own, so that public pages stay the same for everybody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dfs_workflow import actions, permissions
from dfs_workflow.comments import places, visible
from dfs_workflow.comments.reading import thread
from dfs_workflow.forms.comments import CommentForm, EditForm, FlagForm
from dfs_workflow.models import Capability, PeopleRefused, ReaderComment
from dfs_workflow.permissions import Standing
from dfs_workflow.query import source_language
from dfs_workflow.restrictions import passed_by
from dfs_workflow.views.people import done, is_too_often, members_only, people_view, refuse


def language() -> str:
    return get_language() or source_language()


@people_view
def comments(request: HttpRequest, path: str) -> HttpResponseBase:
    """Whoever may read the page reads them here; members write."""
    passed = passed_by(request)
    place = places.find(path, language(), request.user, passed)
    if place is None:
        raise Http404
    if path.strip("/") != place.path:
        return redirect("dfs_workflow:comments", place.path)
    known = permissions.standing(request.user)
    may_write = known.verdict(Capability.COMMENT)
    if request.method == "POST" and not may_write:
        return refuse(request, may_write.why)
    rows = list(visible.comments_for(request.user, passed).filter(translation_key=place.page.translation_key))
    answered = asked_to_answer(request, rows)
    form = comment_form(request, known) if may_write else None
    sent = form is not None and request.method == "POST" and form.is_valid()
    if sent and (comment := write(request, form, place, answered, passed)):
        return done(request, after(comment), "dfs_workflow:comments", place.path)
    context = {
        "place": place,
        "thread": thread(rows, reader=request.user, known=known, at=timezone.now()),
        "form": form,
        "answered": answered,
        "is_member": known.membership is not None,
        "why_not": "" if may_write else may_write.why,
    }
    return render(request, "dfs_workflow/comments/comments.html", context)


def after(comment: ReaderComment) -> str:
    return _("Your comment is shown.") if comment.is_public else _("It is shown once a moderator has read it.")


def asked_to_answer(request: HttpRequest, rows: list[ReaderComment]) -> ReaderComment | None:
    number = request.POST.get("reply_to") or request.GET.get("reply") or ""
    return next((row for row in rows if str(row.pk) == number and row.can_be_answered), None)


def comment_form(request: HttpRequest, known: Standing) -> CommentForm:
    kinds = [kind for kind in ReaderComment.Kind if kind not in ReaderComment.NOTES]
    if known.can(Capability.SHARE_EXPERIENCE):
        kinds = list(ReaderComment.Kind)
    assert known.membership is not None
    countries = list(known.membership.organisation.countries.values_list("code", flat=True))
    initial = {"reply_to": request.GET.get("reply"), "kind": request.GET.get("kind")}
    return CommentForm(request.POST or None, kinds=kinds, countries=countries, initial=initial)


def write(request: HttpRequest, form: Any, place: places.Place, answered: Any, passed: Any) -> ReaderComment | None:
    """Nothing that was typed is lost where it is refused."""
    data = form.cleaned_data
    if data.get("reply_to") and answered is None:
        form.add_error(None, _("The comment you answer is not shown any more."))
        return None
    if is_too_often(request, "comment"):
        form.add_error(None, _("Too many of these were sent within an hour. Wait an hour, then try again."))
        return None
    try:
        return actions.write_comment(
            by=request.user,
            page=place.page,
            kind=data["kind"],
            text=data["text"],
            country=data.get("country", ""),
            language=language(),
            at=timezone.now(),
            reply_to=answered,
            passed=passed,
        )
    except PeopleRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def seen(request: HttpRequest, pk: int) -> ReaderComment:
    """The same answer for what exists and for what may not be seen."""
    # `id`: too large a number fails on the primary key, which is one to another table.
    found = visible.comments_for(request.user, passed_by(request)).filter(id=pk).first()
    if found is None:
        raise permissions.NotAllowed(_("There is no such comment, or you may not see it."))
    return found


@members_only
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """For its author: other words within the time for it, or taking it back."""
    comment = seen(request, pk)
    if comment.user_id != request.user.pk:
        raise permissions.NotAllowed(_("There is no such comment, or you may not see it."))
    place, now = places.places_of([comment], language())[comment.translation_key], timezone.now()
    if request.method == "POST" and "take_back" in request.POST:
        actions.take_back_comment(by=request.user, comment=comment, at=now)
        return done(request, _("Your comment was taken back."), "dfs_workflow:comments", place.path)
    form = EditForm(request.POST or None, initial={"text": comment.comment})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_comment(by=request.user, comment=comment, text=form.cleaned_data["text"], at=now)
        except PeopleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, _("Your comment is saved."), "dfs_workflow:comments", place.path)
    can_edit = comment.may_still_be_edited(request.user, now)
    context = {"comment": comment, "place": place, "form": form, "can_edit": can_edit}
    return render(request, "dfs_workflow/comments/edit.html", context)


@members_only
def flag(request: HttpRequest, pk: int) -> HttpResponseBase:
    permissions.require(request.user, Capability.COMMENT)
    comment = seen(request, pk)
    if comment.user_id == request.user.pk:
        raise PeopleRefused(_("This is your own comment: take it back instead of flagging it."))
    place = places.places_of([comment], language())[comment.translation_key]
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, "flag"):
            form.add_error(None, _("Too many of these were sent within an hour. Wait an hour, then try again."))
        else:
            reason = form.cleaned_data["reason"]
            actions.flag_comment(by=request.user, comment=comment, reason=reason, at=timezone.now())
            sentence = _("Thank you. A moderator will look at this comment.")
            return done(request, sentence, "dfs_workflow:comments", place.path)
    return render(request, "dfs_workflow/comments/flag.html", {"comment": comment, "place": place, "form": form})
