"""The printed passwords of the demo work in the demo and nowhere else."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dfs_site.demo_accounts import PASSWORDS


class NoDemoPasswordBackend(AuthenticationBackend):
    """Refuses a demo password, so that a copied demo database opens nothing in production."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        if credentials.get("password") in PASSWORDS and not getattr(settings, "DEMO", False):
            return None
        if "@" in (credentials.get("email") or ""):
            # Else the password would be hashed twice for an address that is known, and the time would tell.
            credentials.pop("username", None)
        return super().authenticate(request, **credentials)


class NoDemoPasswordValidator:
    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if password in PASSWORDS:
            raise ValidationError(_("This password is printed by the demo. Choose another one."), code="demo_password")

    def get_help_text(self) -> str:
        return _("Passwords of the demo are refused.")
