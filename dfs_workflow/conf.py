"""Settings of this app, all optional: `DFS_WORKFLOW_*`."""

from django.conf import settings


def source_language() -> str:
    """The language that texts are written in before they are translated."""
    return str(getattr(settings, "DFS_WORKFLOW_SOURCE_LANGUAGE", settings.LANGUAGE_CODE))
