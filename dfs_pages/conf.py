"""The settings of this app, all optional, prefixed DFS_PAGES_."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

AUDIENCES: Sequence[tuple[str, Any]] = (
    ("regulator", _("Regulators")),
    ("mno", _("Mobile network operators")),
    ("dfs_provider", _("DFS providers")),
    ("third_party", _("Third-party providers")),
    ("merchant", _("Merchants")),
    ("app_developer", _("App developers")),
    ("device_manufacturer", _("Device manufacturers")),
    ("auditor", _("Auditors")),
    ("consumer", _("Consumers")),
    ("consumer_group", _("Consumer groups")),
    ("policymaker", _("Policymakers")),
    ("mobile_user", _("Mobile users")),
)


def audiences() -> dict[str, Any]:
    """Whom a statement can address: code and name in the language of the interface."""
    return dict(getattr(settings, "DFS_PAGES_AUDIENCES", AUDIENCES))


def api_limits() -> tuple[int, int]:
    """How many items a list of the API returns, and the most one can ask for."""
    return getattr(settings, "DFS_PAGES_API_LIMITS", (20, 100))
