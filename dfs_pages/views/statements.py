"""All statements of a chapter in one form: a word here and a word there, saved as drafts together."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from dfs_pages import actions, query
from dfs_pages.forms import RewordForm
from dfs_pages.models import ChapterPage, ControlPage, RecommendationPage, ThreatPage
from dfs_workflow import permissions


def edit_statements(request: HttpRequest, page_id: int) -> HttpResponse:
    top = get_object_or_404(Page, pk=page_id).specific
    if not is_offered(top, request.user):
        raise PermissionDenied
    forms = statement_forms(request, top)
    if request.method == "POST" and save(request, forms):
        submits = "submit" in request.POST and permissions.can_submit_bundle(request.user)
        return redirect("dfs_workflow_submit_bundle" if submits else "dfs_pages_statements", top.pk)
    context = {"page": top, "forms": forms, "may_submit": permissions.can_submit_bundle(request.user)}
    return render(request, "dfs_pages/admin/statements.html", context)


def is_offered(top: Page, user: Any) -> bool:
    """Translations have an editor of their own."""
    is_source = top.locale.language_code == query.source_language()
    return is_source and isinstance(top, ChapterPage | ThreatPage) and top.permissions_for_user(user).can_edit()


def statement_forms(request: HttpRequest, top: Page) -> list[RewordForm]:
    """In the order of readers, each with its newest draft."""
    pages = top.get_descendants().type(RecommendationPage, ControlPage).order_by("path").specific()
    return [statement_form(request, page) for page in pages if page.permissions_for_user(request.user).can_edit()]


def statement_form(request: HttpRequest, page: Any) -> RewordForm:
    is_locked = page.permissions_for_user(request.user).page_locked()
    return RewordForm(page.get_latest_revision_as_object(), request.POST or None, is_locked=is_locked)


def save(request: HttpRequest, forms: list[RewordForm]) -> bool:
    """All of them or none."""
    if any([form.errors for form in forms]):  # noqa: C419 - each form says what is wrong in it
        return False
    reworded = [form for form in forms if form.is_reworded()]
    try:
        with transaction.atomic():
            for form in reworded:
                save_one(request, form)
    except ValidationError:
        return False
    if reworded:
        words = ngettext("%(count)s draft was saved.", "%(count)s drafts were saved.", len(reworded))
        messages.success(request, words % {"count": len(reworded)})
    return True


def save_one(request: HttpRequest, form: RewordForm) -> None:
    try:
        actions.reword_statement(page=form.page, statement=form.cleaned_data["statement"], by=request.user)
    except ValidationError as error:
        form.add_error("statement", error.messages[0])
        raise


def offer_statements(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """Among the buttons of a chapter, on its own screens and in listings."""
    if issubclass(page.specific_class or Page, ChapterPage | ThreatPage) and is_offered(page.specific, user):
        url = reverse("dfs_pages_statements", args=[page.pk])
        yield Button(_("Edit all its statements"), url, icon_name="edit", priority=4)
