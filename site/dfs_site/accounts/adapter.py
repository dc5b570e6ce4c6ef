"""How django-allauth behaves here: nobody signs up, mails wait in the queue, everybody starts where they work."""

import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import get_language, override

from dfs_workflow.notifications import post
from dfs_workflow.notifications.people import language_of
from dfs_workflow.permissions import can_enter_admin

RECENTLY = timedelta(minutes=10)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations alone."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        may_enter = can_enter_admin(request.user)
        return resolve_url("wagtailadmin_home" if may_enter else "dfs_workflow:account")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        language = get_language() or settings.LANGUAGE_CODE
        for address in message.to:
            post.write("account", address, language, subject=message.subject, body=message.body, about=uuid4().hex)

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """In the language of its owner, as somebody else may have changed the account, in a language of theirs."""
        with override(language_of(user)):
            super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not for devices right after somebody signed in, nor for the first one of a new account."""
        user = self.request.user
        if app != "allauth.mfa":
            return bool(super().is_reauthentication_required(app=app))
        moments = [record["at"] for record in get_authentication_records(self.request, user)]
        if not is_mfa_enabled(user):
            moments.append(user.date_joined.timestamp())
        return time.time() - max(moments, default=0) > RECENTLY.total_seconds()
