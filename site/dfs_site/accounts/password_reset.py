"""A forgotten password. The request does the same work for every address; only the mail knows whom it found."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm as Form
from allauth.account.forms import default_token_generator
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from django_tasks import task
from wagtail.admin.utils import get_admin_base_url

from dfs_workflow.notifications import queue


class ResetPasswordForm(Form):
    def clean_email(self) -> str:
        """Looks for nobody: that would show in the time of the answer."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **_kwargs: Any) -> str:
        email = str(self.cleaned_data["email"])
        queue.put(answer, email, get_language() or settings.LANGUAGE_CODE)
        return email


@task(priority=queue.SOON)
def answer(email: str, language: str) -> None:
    with override(language):
        users = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        for user in users:
            context = {"password_reset_url": link_for(user)}
            get_adapter().send_password_reset_mail(user, email, context)
        if not users:
            get_adapter().send_mail(
                "account/email/unknown_account", email, {"signup_url": absolute("dfs_workflow:join")}
            )


def link_for(user: Any) -> str:
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return absolute("account_reset_password_from_key", **parts)


def absolute(name: str, **parts: str) -> str:
    return f"{get_admin_base_url() or ''}{reverse(name, kwargs=parts)}"
