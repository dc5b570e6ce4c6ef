"""Submitting a chapter with all its changed statements, and reviewing it as one."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.models import Locale, Page, Revision

from dfs_workflow import actions, permissions
from dfs_workflow.actions.bundle_review import concerns_about
from dfs_workflow.forms import BundleForm, DecisionForm
from dfs_workflow.models import (
    Bundle,
    BundleItem,
    PublicationRefused,
    PublicReason,
    authors,
    is_governed,
    open_bundle,
    why_not_second,
)
from dfs_workflow.models.bundle import remembered_bundles
from dfs_workflow.translation.query import has_new_sentences, unfinished_translations
from dfs_workflow.views.comparison import changes, comparison_url


def submit_bundle(request: HttpRequest, page_id: int) -> HttpResponseBase:
    page = get_object_or_404(Page, pk=page_id).specific
    if not permissions.can_submit_bundle(request.user) or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    found = changed_pages(page, request.user)
    form = BundleForm(
        found.ready,
        request.POST or None,
        languages=found.languages(),
        initial={"title": page.get_admin_display_title()},
    )
    if request.method == "POST" and form.is_valid():
        objects = found.ready + found.translations_into(form.cleaned_data.pop("languages", []))
        try:
            bundle = actions.submit_bundle(
                objects=objects, by=request.user, told_in=page.locale_id, **form.cleaned_data
            )
        except PublicationRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("“%(title)s” was submitted for review.") % {"title": bundle})
            return redirect("wagtailadmin_explore", page.pk)
    return render(request, "dfs_workflow/admin/submit_bundle.html", {"page": page, "found": found, "form": form})


@dataclass
class Changed:
    """Drafts and finished sentences: what can be submitted, and what can't be yet."""

    ready: list[Page] = field(default_factory=list)
    translations: dict[Locale, list[Page]] = field(default_factory=dict)
    busy: list[Page] = field(default_factory=list)
    unfinished: list[Page] = field(default_factory=list)

    def languages(self) -> list[tuple[str, str]]:
        return [(row.language_code, row.get_display_name()) for row in self.translations]

    def translations_into(self, codes: Collection[str]) -> list[Page]:
        return [page for row, pages in self.translations.items() if row.language_code in codes for page in pages]


def changed_pages(top: Page, user: Any) -> Changed:
    """Of the page and of all below it, and of the same texts in the other languages that this person may edit."""
    below = top.get_descendants(inclusive=True)
    same = Page.objects.filter(translation_key__in=below.order_by().values("translation_key"))
    changed = same.filter(Q(has_unpublished_changes=True) | has_new_sentences())
    drafts = list(changed.order_by("path").annotate_approved_schedule().specific().prefetch_workflow_states())
    unfinished = unfinished_translations([page.translation_key for page in drafts])
    locales, found = Locale.objects.in_bulk(), Changed()
    with remembered_bundles():
        for page in drafts:
            page.locale = locales[page.locale_id]
            is_own = page.path.startswith(top.path)
            if not is_governed(page) or not (is_own or page.permissions_for_user(user).can_edit()):
                continue
            if page.locked or page.current_workflow_state or page.approved_schedule or open_bundle(page):
                found.busy.append(page)
            elif is_own:
                found.ready.append(page)
            elif (page.translation_key, page.locale_id) in unfinished:
                found.unfinished.append(page)
            else:
                found.translations.setdefault(page.locale, []).append(page)
    return found


def review_bundle(request: HttpRequest, pk: str) -> HttpResponseBase:
    """All that is asked for on one screen, with what changes word by word."""
    bundle = get_object_or_404(Bundle, pk=pk)
    may_decide = permissions.can_decide(request.user, bundle)
    if not may_decide and not user_has_any_page_permission(request.user):
        raise PermissionDenied
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return decide(request, bundle, form)
    items = described(request, bundle)
    is_open = bundle.closed_at is None
    context = {
        "bundle": bundle,
        "items": items,
        "concerns": concerns_about([entry["item"].content_object for entry in items]) if is_open else [],
        "form": form,
        "may_decide": may_decide,
        "why_not": why_not_second(request.user, authors(bundle)),
        "is_open": is_open,
    }
    return render(request, "dfs_workflow/admin/review_bundle.html", context)


def rehearse(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    try:
        actions.rehearse_bundle(bundle=bundle, by=request.user)
    except PublicationRefused as refusal:
        messages.error(request, _("It could not go live now: %(why)s") % {"why": refusal})
    else:
        messages.success(request, _("Tried, and nothing was changed: all of it could go live now."))
    return redirect(request.path)


def decide(request: HttpRequest, bundle: Bundle, form: DecisionForm) -> HttpResponse:
    if form.cleaned_data["decision"] == form.REHEARSE:
        return rehearse(request, bundle)
    approve = form.cleaned_data["decision"] == "approve"
    try:
        actions.decide_bundle(bundle=bundle, by=request.user, approve=approve, comment=form.cleaned_data["comment"])
    except PublicationRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    messages.success(request, outcome(bundle, approve) % {"title": bundle})
    return redirect(reverse("wagtailadmin_home"))


def outcome(bundle: Bundle, approve: bool) -> str:
    if not approve:
        return _("“%(title)s” was returned.")
    bundle.refresh_from_db()
    if bundle.current_workflow_state:
        return _("“%(title)s” was approved. The next step of its review follows.")
    if bundle.goes_live_at:
        return _("“%(title)s” was approved, and goes live at its date.")
    return _("“%(title)s” was approved and carried out.")


def described(request: HttpRequest, bundle: Bundle) -> list[dict[str, Any]]:
    """Each item with what it changes; asks the same for one and for many."""
    items = list(bundle.items.select_related("revision__user").prefetch_related("content_object"))
    shown = shown_now(items)
    live = Revision.objects.in_bulk([row.live_revision_id for row in shown.values()])
    told = dict(PublicReason.objects.filter(revision__in=[item.revision_id for item in items]).values_list())
    parents = Page.objects.in_bulk([item.details["parent"] for item in items if item.details.get("parent")])
    return [
        describe(request, item, shown.get(item.pk), live, parents)
        | {"told": told.get(item.revision_id) or item.details.get("public_reason")}
        for item in items
    ]


def shown_now(items: list[BundleItem]) -> dict[int, Any]:
    """The object of each item, with all fields of its type; those that were deleted meanwhile are left out."""
    rows = {item.pk: item.content_object for item in items if item.content_object is not None}
    pages = [row.pk for row in rows.values() if isinstance(row, Page)]
    specific = {page.pk: page for page in Page.objects.filter(pk__in=pages).specific()} if pages else {}
    return {key: specific[row.pk] if isinstance(row, Page) else row for key, row in rows.items()}


def describe(
    request: HttpRequest, item: BundleItem, row: Any, live: dict[int, Revision], parents: dict[int, Page]
) -> dict[str, Any]:
    described = {"item": item, "heading": heading(item, row), "details": describe_details(item, parents)}
    if row is not None and item.kind == BundleItem.Kind.PUBLISH and item.revision is not None:
        described["url"] = comparison_url(row, item.revision)
        if row.live_revision_id != item.revision_id:
            described["changes"] = changes(request, row, live.get(row.live_revision_id), item.revision)
    return described


def heading(item: BundleItem, row: Any) -> str:
    """With its permanent reference, as listings name it."""
    title = row.get_admin_display_title() if isinstance(row, Page) else row
    return capfirst(f"{item.get_kind_display()}: {title}")


def describe_details(item: BundleItem, parents: dict[int, Page]) -> str:
    if item.kind == BundleItem.Kind.MOVE:
        return _("Under: %(parent)s") % {"parent": parents.get(item.details.get("parent"))}
    if item.kind == BundleItem.Kind.RESTRICT:
        return _("Readers: %(readers)s") % {"readers": item.details.get("restriction_type")}
    return ""
