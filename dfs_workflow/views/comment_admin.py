"""For moderators, in the admin: what is held or flagged, with the decision beside it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from dfs_workflow import actions
from dfs_workflow.comments import places, visible
from dfs_workflow.comments.flags import flags_of
from dfs_workflow.models import PeopleRefused, ReaderComment
from dfs_workflow.models.country_names import country_name
from dfs_workflow.permissions import NotAllowed
from dfs_workflow.views.comments import language

ON_A_PAGE = 30
State = ReaderComment.State


class CommentsMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Comments of readers"), reverse_lazy("dfs_workflow_comments"), icon_name="comment", order=255
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return visible.can_moderate(request.user)


def require_moderator(request: HttpRequest) -> None:
    if not visible.can_moderate(request.user):
        raise NotAllowed(_("Only moderators decide about comments."))


@require_safe
def moderate(request: HttpRequest) -> HttpResponseBase:
    """Without a state: what waits for a decision, the oldest first."""
    require_moderator(request)
    rows = visible.comments_for(request.user, moderating=True)
    chosen = {name: request.GET.get(name, "")[:20] for name in ("state", "kind", "country")}
    rows = rows.filter(state=chosen["state"]) if chosen["state"] in State.values else rows.filter(visible.TO_DECIDE)
    for name in ("kind", "country"):
        if chosen[name]:
            rows = rows.filter(**{name: chosen[name]})
    page = Paginator(rows.order_by("submit_date", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    comments = list(page.object_list)
    found, flags = places.places_of(comments, language()), flags_of(comments)
    context: dict[str, Any] = {
        "rows": [
            (row, found.get(row.translation_key), country_name(row.country), flags.get(row.pk, [])) for row in comments
        ],
        "page": page,
        "states": State.choices,
        "kinds": ReaderComment.Kind.choices,
        "chosen": chosen,
    }
    return render(request, "dfs_workflow/admin/comments.html", context)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    require_moderator(request)
    comment = visible.comments_for(request.user, moderating=True).filter(id=pk).first()
    if comment is None:
        raise NotAllowed(_("There is no such comment, or you may not see it."))
    show, reason = "show" in request.POST, request.POST.get("reason", "")[:1000]
    try:
        actions.decide_comment(by=request.user, comment=comment, show=show, reason=reason, at=timezone.now())
    except PeopleRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The comment is shown.") if show else _("The comment was removed."))
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return redirect(wanted if is_ours else reverse("dfs_workflow_comments"))
