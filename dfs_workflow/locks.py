from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock


class BundleLock(BaseLock):
    """What is part of a bundle under review stands still, for everybody."""

    def __init__(self, instance: Any, bundle: Any) -> None:
        super().__init__(instance)
        self.bundle = bundle

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        return format_html("{}", self.get_description(user))

    def get_description(self, user: Any) -> str:
        return _("This is part of “%(bundle)s”, which is under review.") % {"bundle": self.bundle}
