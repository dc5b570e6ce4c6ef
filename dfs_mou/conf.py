"""Settings of this app, all optional: `DFS_MOU_*`."""

from datetime import timedelta

from django.conf import settings


def template_key() -> str:
    """The template that the builder uses."""
    return str(getattr(settings, "DFS_MOU_TEMPLATE", "mou-dfs-security"))


def answers_expire_after() -> timedelta:
    return timedelta(days=int(getattr(settings, "DFS_MOU_ANSWERS_DAYS", 90)))
