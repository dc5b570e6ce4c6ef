from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.actions.move_page import MovePageAction
from wagtail.admin.views.pages.ordering import SetPagePositionView
from wagtail.models import Page


class GovernedPositionView(SetPagePositionView):
    """Dragging in the explorer. Wagtail asks for the right to publish, which nobody has on governed pages."""

    def post(self, request: HttpRequest, page_to_move_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        page = get_object_or_404(Page, pk=page_to_move_id)
        parent = page.get_parent()
        if not parent.specific.permissions_for_user(request.user).can_reorder_children():
            raise PermissionDenied
        siblings = list(parent.get_children())
        wanted, now = position(request, len(siblings)), siblings.index(page)
        if wanted != now:
            side = "left" if wanted < now else "right"
            # The parent stays the same, so what Wagtail asks before a move under another one is not at stake.
            MovePageAction(page, siblings[wanted], pos=side, user=request.user).execute(skip_permission_checks=True)
        return HttpResponse("")


def position(request: HttpRequest, count: int) -> int:
    """The end when it is not said, or there is no such place."""
    text = request.GET.get("position", "")
    last = count - 1
    return min(int(text), last) if text.isascii() and text.isdigit() and len(text) < 7 else last
