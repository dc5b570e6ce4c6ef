"""From a page to a proposal: one form for each kind."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page

from dfs_workflow import actions, permissions
from dfs_workflow.comments import visible
from dfs_workflow.comments.places import place_of
from dfs_workflow.conf import source_language
from dfs_workflow.forms.proposals import (
    NewInSectionForm,
    NewSnippetForm,
    NewStatementForm,
    PlaceForm,
    ProposeMoveForm,
    ProposeWithdrawalForm,
    ReasonForm,
)
from dfs_workflow.models import Capability, Proposal, ProposalItem, ReaderComment
from dfs_workflow.permissions import NotAllowed
from dfs_workflow.proposals import places
from dfs_workflow.proposals.content import content_in, known_base
from dfs_workflow.proposals.drafts import edit_item, item_on
from dfs_workflow.proposals.visible import new_snippet, proposable_page, proposable_snippet
from dfs_workflow.query import reading_url
from dfs_workflow.restrictions import passed_by
from dfs_workflow.views.people import done, limited, members_only

PageView = Callable[..., HttpResponseBase]


def on_page(view: Callable[[HttpRequest, Page, Any], HttpResponseBase]) -> PageView:
    """For who may propose there; a page that isn't public is not found, whoever asks."""

    @members_only
    @limited("proposal")
    def guarded(request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponseBase:
        page = proposable(request, proposable_page(request.user, page_id, passed_by(request)), page_id)
        return view(request, page, **kwargs)

    return guarded


def proposable(request: HttpRequest, found: Any, pk: int | None) -> Any:
    if not permissions.can_propose(request.user, found):
        raise NotAllowed(permissions.verdict(request.user, Capability.PROPOSE).why)
    if found is None:
        raise Http404
    request.is_translation = found.pk != pk  # type: ignore[attr-defined]
    return found


@on_page
def propose_text(request: HttpRequest, page: Page, place: str) -> HttpResponseBase:
    return propose_words(request, page, place)


@members_only
@limited("proposal")
def propose_snippet(request: HttpRequest, model: str, pk: int) -> HttpResponseBase:
    """All its words in one form, such as a term and its definition."""
    found = proposable(request, proposable_snippet(model, pk), pk)
    return propose_words(request, found, *places.proposable_fields(found))


@members_only
@limited("proposal")
def propose_snippet_withdrawal(request: HttpRequest, model: str, pk: int) -> HttpResponseBase:
    """What is no page has no reference, so nothing takes its place."""
    found = proposable(request, proposable_snippet(model, pk), pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return submitted(request, item_on(found, ProposalItem.Kind.WITHDRAW), found, form)
    return shown(request, found, form, _("Propose to withdraw it"))


def propose_words(request: HttpRequest, page: Any, *names: str) -> HttpResponseBase:
    base = known_base(page, request.POST.get("revision"))
    is_stale = base is None
    revision = base or page.live_revision
    content = content_in(page, revision)
    texts = [text for name in names for text in places.texts_at(type(page), content, name)]
    if not texts:
        raise Http404
    place = names[0]
    initial = {"reason": told_by(request)}
    form = PlaceForm(texts, request.POST or None, block=block_path(content, texts, place), initial=initial)
    if request.method == "POST" and form.is_valid():
        if is_stale:
            form.add_error(None, _("The text was changed meanwhile. Look at it again, then send it."))
        else:
            item = edit_item(page, revision, content, form.content(content))
            return submitted(request, item, page, form)
    further = {"revision": revision.pk, "texts": texts, "withdrawal_url": withdrawal_url(page)}
    return shown(request, page, form, _("Propose a change"), **further)


def withdrawal_url(found: Any) -> str:
    """A page has a link of its own beside its text."""
    if isinstance(found, Page):
        return ""
    return reverse("dfs_workflow:withdraw_snippet", args=[found._meta.model_name, found.pk])


def told_by(request: HttpRequest) -> str:
    """The comment that led here, if this person may read it."""
    number = request.GET.get("comment", "")
    rows = visible.comments_for(request.user, passed_by(request))
    return (number.isdecimal() and rows.filter(pk=number[:9]).values_list("comment", flat=True).first()) or ""


def block_path(content: dict[str, Any], texts: list[places.Text], place: str) -> tuple[str, ...]:
    """The block that the texts are in, where it could be taken out as a whole."""
    name, _dot, key = place.partition(".")
    path = texts[0].path
    return path[:2] if key and len(path) > 1 and path[1] == key else ()


@on_page
def propose_new(request: HttpRequest, page: Page, kind: str) -> HttpResponseBase:
    model = next((model for model in new_kinds(page) if model._meta.model_name == kind), None)
    if model is None:
        raise Http404
    texts = [places.plain_text(model._meta.get_field(name), "") for name in model.proposable_as_new]
    below = page.get_children().live().public()
    if has_place(model, page):
        form: Any = NewStatementForm(texts, below, request.POST or None)
    else:
        sections = [child.pk for child in below.specific() if has_place(model, child)]
        form = NewInSectionForm(texts, below.filter(pk__in=sections), request.POST or None)
    if request.method == "POST" and form.is_valid():
        after, under = form.cleaned_data.get("after"), form.cleaned_data.get("under") or page
        item = item_on(under.specific, ProposalItem.Kind.NEW)
        item.proposed = {text.path[0]: value for text, value in form.changed_values()}
        item.details = {"model": model._meta.label_lower, "after": after.pk if after else None}
        return submitted(request, item, page, form, title=item.proposed.get("title", ""))
    heading = _("Propose: %(kind)s") % {"kind": model._meta.verbose_name}
    return shown(request, page, form, heading, texts=texts)


def has_place(model: Any, parent: Page) -> bool:
    """Something that its place gives a reference, say, can't stand where there is none to give."""
    return model in parent.allowed_subpage_models() and getattr(model, "has_place_under", lambda _page: True)(parent)


def new_kinds(page: Page) -> list[Any]:
    return [model for model in page.allowed_subpage_models() if getattr(model, "proposable_as_new", ())]


@members_only
@limited("proposal")
def propose_new_snippet(request: HttpRequest, model: str) -> HttpResponseBase:
    found = proposable(request, new_snippet(model), None)
    kind = type(found)
    texts = [places.plain_text(kind._meta.get_field(name), "") for name in kind.proposable_as_new]
    initial = {"language": request.LANGUAGE_CODE}  # type: ignore[attr-defined]
    form = NewSnippetForm(texts, found, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        item = ProposalItem(
            kind=ProposalItem.Kind.NEW,
            snippet_type=ContentType.objects.get_for_model(kind),
            page_title=str(found)[:255],
            language=form.cleaned_data["language"],
            proposed={text.path[0]: value for text, value in form.changed_values()},
            details={"model": kind._meta.label_lower},
        )
        return submitted(request, item, found, form, title=str(found))
    heading = _("Propose: %(kind)s") % {"kind": kind._meta.verbose_name}
    where = {"page_name": capfirst(kind._meta.verbose_name_plural), "is_foreign": False}
    return shown(request, found, form, heading, texts=texts, **where)


@on_page
def propose_withdrawal(request: HttpRequest, page: Page) -> HttpResponseBase:
    if not hasattr(page, "reference"):
        raise Http404
    form = ProposeWithdrawalForm(page, request.POST or None)
    if request.method == "POST" and form.is_valid():
        item = item_on(page, ProposalItem.Kind.WITHDRAW)
        item.details = form.details()
        return submitted(request, item, page, form)
    return shown(request, page, form, _("Propose to withdraw it"))


@on_page
def propose_move(request: HttpRequest, page: Page) -> HttpResponseBase:
    if not hasattr(page, "reference"):
        raise Http404
    form = ProposeMoveForm(page, request.POST or None)
    if request.method == "POST" and form.is_valid():
        item = item_on(page, ProposalItem.Kind.MOVE)
        item.details = {**form.details(), "parent_title": form.cleaned_data["parent"].title}
        return submitted(request, item, page, form)
    return shown(request, page, form, _("Propose to move it"))


def submitted(request: HttpRequest, item: ProposalItem, page: Any, form: Any, title: str = "") -> HttpResponseBase:
    kind = capfirst(ProposalItem.Kind(item.kind).label)
    name = title or " ".join(filter(None, [item.reference, str(page)]))
    proposal: Proposal = actions.propose(
        by=request.user,
        items=[item],
        title=name if item.kind == ProposalItem.Kind.EDIT else f"{kind}{_(': ')}{name}",
        reason=form.cleaned_data["reason"],
        source=form.cleaned_data["source"],
        at=timezone.now(),
    )
    sentence = _("Your proposal %(number)s is submitted. You get a mail at each step.") % {"number": proposal.number}
    return done(request, sentence, "dfs_workflow:proposal", proposal.number)


def shown(request: HttpRequest, page: Any, form: Any, heading: str, **context: Any) -> HttpResponseBase:
    for name in getattr(form, "names", ()) if "language" not in form.fields else ():
        form.fields[name].widget.attrs |= {"lang": page.locale.language_code, "dir": direction(page)}
    base = {
        "page": page,
        "form": form,
        "heading": heading,
        "page_url": reading_url(page, request.LANGUAGE_CODE),  # type: ignore[attr-defined]
        "language": page.locale.language_code,
        "is_translation": request.is_translation,  # type: ignore[attr-defined]
        "translators_url": translators_url(page, request.LANGUAGE_CODE),  # type: ignore[attr-defined]
        "is_foreign": source_language() != request.LANGUAGE_CODE,  # type: ignore[attr-defined]
    }
    return render(request, "dfs_workflow/proposals/propose.html", {**base, **context})


def translators_url(page: Any, language: str) -> str:
    """Where a fault of the translation alone is reported, as a comment of its kind."""
    if not isinstance(page, Page):
        return ""
    place = place_of([page], getattr(page, "reference", ""), language)
    return f"{place.comments_url}?kind={ReaderComment.Kind.TRANSLATION}#write"


def direction(page: Any) -> str:
    return "rtl" if get_language_info(page.locale.language_code)["bidi"] else "ltr"
