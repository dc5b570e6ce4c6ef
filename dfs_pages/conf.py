"""The settings of this app, all optional, prefixed DFS_PAGES_."""

from collections.abc import Sequence
from typing import Any, NamedTuple

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

REVIEW_AFTER = 365  # days from one review to the next, where no date is set
REVIEW_ANNOUNCED = 30  # days before a review is due that editors are reminded
DEFAULT_OWNER = "Editors"  # the group that is reminded where no other one looks after a page
REMINDER_LISTS = 50  # reviews that one mail names; the report has all
READERS_TOLD_AFTER = 60  # days after which an overdue review is shown to readers


class Framework(NamedTuple):
    """A framework that isn't on this site: only identifiers and short titles of it are known here."""

    title: str
    url: str
    items: int  # how many it has, to say how much of it is mapped


FRAMEWORKS: dict[str, Framework] = {
    "nist-sp-800-53-r5": Framework("NIST SP 800-53 Rev. 5", "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final", 1007),
    "owasp-masvs-2": Framework("OWASP MASVS 2.1", "https://mas.owasp.org/MASVS/", 24),
}


def frameworks() -> dict[str, Framework]:
    """What a mapping can lead to besides the statements of this site."""
    known: dict[str, Framework] = getattr(settings, "DFS_PAGES_FRAMEWORKS", FRAMEWORKS)
    return known


def framework_choices() -> list[tuple[str, Any]]:
    return [("", _("This site")), *((code, framework.title) for code, framework in frameworks().items())]


def audiences() -> dict[str, Any]:
    """Whom a statement can address: code and name in the language of the interface."""
    return dict(getattr(settings, "DFS_PAGES_AUDIENCES", AUDIENCES))


def checks_other_sites() -> bool:
    """Whether the nightly check of links also asks the sites of others."""
    return bool(getattr(settings, "DFS_PAGES_CHECK_OTHER_SITES", False))


def asks_local_sites() -> bool:
    """Whether that check may also ask addresses inside the network of this server."""
    return bool(getattr(settings, "DFS_PAGES_ASK_LOCAL_SITES", False))


def api_limits() -> tuple[int, int]:
    """How many items a list of the API returns, and the most one can ask for."""
    return getattr(settings, "DFS_PAGES_API_LIMITS", (20, 100))


def booklets_waiting() -> int:
    """How many booklets may wait for the worker at once."""
    return int(getattr(settings, "DFS_PAGES_BOOKLETS_WAITING", 20))


def booklets_per_hour() -> int:
    """How many booklets one address of the network can have made anew; those that are ready are not counted."""
    return int(getattr(settings, "DFS_PAGES_BOOKLETS_PER_HOUR", 60))
