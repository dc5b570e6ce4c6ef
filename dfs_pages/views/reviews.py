from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from dfs_pages import conf
from dfs_pages.permissions import can_see_due_reviews
from dfs_pages.query.upkeep import due_reviews


def reviews(request: HttpRequest) -> HttpResponse:
    if not can_see_due_reviews(request.user):
        raise PermissionDenied
    context = {"rows": due_reviews(timezone.now().date()), "default_owner": conf.DEFAULT_OWNER}
    return render(request, "dfs_pages/admin/reviews.html", context)


class ReviewsMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            _("Reviews that are due"), reverse("dfs_pages_reviews"), icon_name="calendar-check", order=1190
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_due_reviews(request.user)
