"""Settings of this app, all optional: `DFS_MOU_*`."""

from datetime import timedelta

from django.conf import settings


def template_key() -> str:
    """The template that the builder uses."""
    return str(getattr(settings, "DFS_MOU_TEMPLATE", "mou-dfs-security"))


def answers_expire_after() -> timedelta:
    return timedelta(days=int(getattr(settings, "DFS_MOU_ANSWERS_DAYS", 90)))


def days(count: int) -> timedelta:
    return timedelta(days=count)


def concluded_kept_after() -> timedelta:
    """How long a signed MOU is kept after its last known date."""
    return days(int(getattr(settings, "DFS_MOU_CONCLUDED_DAYS", 365)))


def remind_before() -> timedelta:
    return days(int(getattr(settings, "DFS_MOU_REMIND_DAYS", 30)))


def documents_per_minute() -> int:
    """For one address: documents made, and answers saved."""
    return int(getattr(settings, "DFS_MOU_DOCUMENTS_PER_MINUTE", 60))


def client_address_header() -> str:
    """Behind a proxy, the header that it sets to the client's address, such as HTTP_X_REAL_IP."""
    return str(getattr(settings, "DFS_MOU_CLIENT_ADDRESS_HEADER", "REMOTE_ADDR"))
