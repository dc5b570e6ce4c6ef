"""A second factor for everybody who can enter the admin, and the charter in force, before any of their work."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dfs_site.demo_accounts import ACCOUNTS
from dfs_site.frame import path_without_language
from dfs_workflow.permissions import can_enter_admin, has_accepted_charter

DEMO_USERNAMES = frozenset(account.username for account in ACCOUNTS)
ALWAYS_OPEN = ("/accounts/", "/charter/", "/invitation/", "/mail/")
OPEN_IN_ADMIN = ("/admin/login", "/admin/logout", "/admin/password_reset", "/admin/sprite", "/admin/jsi18n")
WORKPLACES = ("/members/", "/account/")


class AccountGateMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_admin(request) and request.user.is_authenticated and not can_enter_admin(request.user):
            # Wagtail would send them to the login, which sends who is signed in back to where they were going.
            sentence = _(
                "Your account does not open the editors’ part of the platform. A steward can give it the right."
            )
            return render(request, "dfs_workflow/people/refused.html", {"sentence": sentence}, status=403)
        if is_at_work(request) and request.user.is_authenticated and can_enter_admin(request.user):
            if lacks_second_factor(request):
                messages.warning(request, _("Set up a second factor first: your account can change what others read."))
                return redirect(f"{reverse('mfa_index')}?{urlencode({'next': request.get_full_path()})}")
            if not has_accepted_charter(request.user):
                return redirect(f"{reverse('dfs_workflow:charter')}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)


def is_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/") and not request.path_info.startswith(OPEN_IN_ADMIN)


def is_at_work(request: HttpRequest) -> bool:
    """The admin, the pages of members, and everything that changes something; reading stays free."""
    if request.path_info.startswith("/admin/"):
        return is_admin(request)
    path = path_without_language(request.path_info)
    if path.startswith(ALWAYS_OPEN):
        return False
    return path.startswith(WORKPLACES) or request.method not in {"GET", "HEAD", "OPTIONS"}


def lacks_second_factor(request: HttpRequest) -> bool:
    if not settings.DFS_REQUIRE_SECOND_FACTOR or is_mfa_enabled(request.user):
        return False
    return not (settings.DEMO and request.user.get_username() in DEMO_USERNAMES)
