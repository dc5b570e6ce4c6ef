"""Which pages are closed to whom, as Wagtail itself serves them: the one rule for comments, consultations, proposals.

A password opens what stands under it in the session that gave it, and nowhere else: in no mail, for no superuser.
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction


def hidden_from(user: Any, passed: Collection[int] = ()) -> Q:
    restrictions = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    hidden, groups = Q(pk__in=[]), None
    for restriction in restrictions:
        if restriction.restriction_type == PageViewRestriction.GROUPS and groups is None:
            groups = set(user.groups.values_list("pk", flat=True)) if user.is_authenticated else set()
        if not opens(restriction, user, passed, groups or set()):
            hidden |= Q(path__startswith=restriction.page.path)
    return hidden


def opens(restriction: PageViewRestriction, user: Any, passed: Collection[int], groups: set[int]) -> bool:
    if restriction.restriction_type == PageViewRestriction.PASSWORD:
        return restriction.pk in passed
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        return user.is_superuser or any(group.pk in groups for group in restriction.groups.all())
    return bool(user.is_authenticated)


def passed_by(request: HttpRequest) -> list[int]:
    return list(request.session.get(PageViewRestriction.passed_view_restrictions_session_key, []))


def refuse_signed_in(page: Page, request: HttpRequest, *args: Any) -> None:
    """Wagtail would send who is signed in already to sign in, and the login would send them back."""
    if not request.user.is_authenticated:
        return
    for restriction in page.get_view_restrictions().filter(restriction_type=PageViewRestriction.GROUPS):
        if not restriction.accept_request(request):
            raise PermissionDenied
