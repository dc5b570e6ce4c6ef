"""For stewards, in the admin: who can see or do this and why, the table of kinds, the charter, the history."""

import csv
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from dfs_workflow import actions, permissions
from dfs_workflow.models import (
    BY_KIND,
    DEFAULTS,
    KINDS,
    Capability,
    Charter,
    KindRule,
    Organisation,
    PeopleRefused,
    is_governed,
    name_of,
)
from dfs_workflow.reports import access, timeline
from dfs_workflow.views.people import members_only

STEWARDS_ONLY = Capability.MANAGE_PLATFORM


class StewardMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(permissions.STEWARD))


def menu_items() -> list[StewardMenuItem]:
    return [
        StewardMenuItem(gettext_lazy("Requests to join"), reverse_lazy("dfs_workflow:join_requests"), icon_name="mail"),
        StewardMenuItem(gettext_lazy("Who may do what, and why"), reverse_lazy("dfs_workflow_access"), icon_name="key"),
        StewardMenuItem(gettext_lazy("Kinds of organisation"), reverse_lazy("dfs_workflow_rules"), icon_name="table"),
        StewardMenuItem(gettext_lazy("Mails"), reverse_lazy("dfs_workflow_mails"), icon_name="mail"),
        StewardMenuItem(gettext_lazy("Charter"), reverse_lazy("dfs_workflow_charter"), icon_name="doc-full"),
    ]


def people_menu() -> SubmenuMenuItem:
    """Empty, so not shown, for everybody but stewards."""
    menu = Menu(register_hook_name=None, items=menu_items())
    return SubmenuMenuItem(gettext_lazy("People"), menu, name="people", icon_name="user", order=270)


def history_button(
    page: Page, user: Any, next_url: str | None = None, view_name: str | None = None
) -> Iterator[Button]:
    if not page.is_root() and is_governed(page):
        url = reverse("dfs_workflow_page_history", args=[page.pk])
        yield Button(_("Sealed history"), url, icon_name="history", priority=60)


@require_safe
def explain_access(request: HttpRequest) -> HttpResponseBase:
    """One question at a time: a person, something that can be done, or a page."""
    permissions.require(request.user, STEWARDS_ONLY)
    person, capability, page = (request.GET.get(name, "") for name in ("person", "capability", "page"))
    context: dict[str, Any] = {
        "people": get_user_model()._default_manager.filter(is_active=True).order_by("last_name", "first_name", "pk"),
        "capabilities": Capability.choices,
        "person": person,
        "capability": capability,
        "page_id": page,
    }
    if person.isdecimal():
        context["rows"] = access.of_person(get_object_or_404(get_user_model(), pk=person))
    elif capability in Capability.values:
        context["rows"] = access.of_capability(Capability(capability))
    elif page.isdecimal():
        context["rows"] = access.of_page(get_object_or_404(Page, pk=page))
    return render(request, "dfs_workflow/admin/access.html", context)


def edit_rules(request: HttpRequest) -> HttpResponseBase:
    permissions.require(request.user, STEWARDS_ONLY)
    if request.method == "POST":
        ticked = set(request.POST.getlist("rule"))
        table = {kind: {c for c in BY_KIND if f"{kind}:{c}" in ticked} for kind, _name in KINDS}
        changed = actions.set_rules(by=request.user, table=table, at=timezone.now())
        messages.success(request, _("%(count)d cells of the table were changed.") % {"count": changed})
        return redirect(request.path)
    stored = {(rule.kind, rule.capability): rule.is_allowed for rule in KindRule.objects.all()}
    rows = [
        (name, [(f"{kind}:{c}", c.label, stored.get((kind, c), c in DEFAULTS[kind])) for c in BY_KIND])
        for kind, name in KINDS
    ]
    context = {"rows": rows, "capabilities": [capability.label for capability in BY_KIND]}
    return render(request, "dfs_workflow/admin/rules.html", context)


def edit_charter(request: HttpRequest) -> HttpResponseBase:
    """A new version is published, never an old one changed."""
    permissions.require(request.user, STEWARDS_ONLY)
    last = Charter.objects.first()
    if request.method == "POST":
        texts = {code: request.POST.get(f"text-{code}", "").strip() for code, _name in settings.LANGUAGES}
        try:
            charter = actions.publish_charter(by=request.user, texts=texts, at=timezone.now())
        except PeopleRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(charter)s is in force; everybody is asked again.") % {"charter": charter})
            return redirect(request.path)
    known = last.texts if last else {}
    fields = [(code, name, request.POST.get(f"text-{code}", known.get(code, ""))) for code, name in settings.LANGUAGES]
    return render(request, "dfs_workflow/admin/charter.html", {"charter": last, "fields": fields})


@require_safe
def page_history(request: HttpRequest, page_id: int) -> HttpResponseBase:
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        permissions.require(request.user, STEWARDS_ONLY)
    actions.seal_history()
    entries = timeline.of_page(page.pk)
    if request.GET.get("format") == "csv":
        return as_csv(entries, f"history-page-{page.pk}.csv")
    context = {"page": page, "lines": list(timeline.lines(entries[:500]))}
    return render(request, "dfs_workflow/admin/history.html", context)


@members_only
@require_safe
def organisation_history(request: HttpRequest, key: str) -> HttpResponseBase:
    row = Organisation.objects.filter(key=key).first()
    permissions.require(request.user, Capability.SEE_HISTORY, organisation=row or Organisation(pk=0))
    if row is None:
        raise Http404
    actions.seal_history()
    entries = timeline.of_organisation(row)
    if request.GET.get("format") == "csv":
        return as_csv(entries, f"history-{row.key}.csv")
    context = {"organisation": row, "lines": list(timeline.lines(entries[:500]))}
    return render(request, "dfs_workflow/people/history.html", context)


def as_csv(entries: Any, name: str) -> HttpResponse:
    """With number and hash, so that a copy can be compared with the chain later."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(["number", "at", "action", "by", "about", "title", "why", "hash"])
    hashes = dict(entries.values_list("number", "hash"))
    for line in timeline.lines(entries.iterator(chunk_size=500)):
        cells = [line.action, line.by, line.about, line.title, line.why]
        writer.writerow([line.number, line.at.isoformat(), *map(harmless, cells), hashes[line.number]])
    return response


def harmless(cell: str) -> str:
    """A spreadsheet takes a cell with one of these in front for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def refuse_deleting(request: HttpRequest, person: Any) -> None:
    """Memberships, decisions and revisions are bound to the account."""
    if person.dfs_memberships.exists():
        sentence = _("%(name)s takes part, or did. Let the person erase the account, or use: manage.py erase_person")
        raise PeopleRefused(sentence % {"name": name_of(person)})


def refuse_deleting_many(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    if action_type == "delete":
        for each in objects:
            if isinstance(each, get_user_model()):
                refuse_deleting(request, each)
