from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.middleware.locale import LocaleMiddleware
from django.utils.module_loading import import_string

from dfs_workflow.conf import source_language
from dfs_workflow.middleware import ExplainRefusalMiddleware

INSTALLATION = "See docs/install.md."
SETTINGS = {
    "WAGTAIL_I18N_ENABLED": True,
    "WAGTAIL_FINISH_WORKFLOW_ACTION": "dfs_workflow.finish.publish_reviewed_revision",
    "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE": False,
    "COMMENTS_APP": "django_comments_xtd",
    "COMMENTS_XTD_MAX_THREAD_LEVEL": 2,
}
MIDDLEWARE = (LocaleMiddleware, ExplainRefusalMiddleware)


def connect() -> None:
    register(check_installation)


def check_installation(**kwargs: Any) -> list[Error]:
    return [*check_settings(), *check_languages(), *check_middleware()]


def check_settings() -> list[Error]:
    return [
        Error(f"{name} has to be {value!r}.", hint=INSTALLATION, id="dfs_workflow.E001")
        for name, value in SETTINGS.items()
        if getattr(settings, name, None) != value
    ]


def check_languages() -> list[Error]:
    """Wagtail itself falls back to one language; texts and their translations are loaded by this list."""
    language = source_language()
    if language in dict(getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", None) or []):
        return []
    message = f"WAGTAIL_CONTENT_LANGUAGES lacks {language!r}, in which texts are written: LANGUAGE_CODE is that."
    return [Error(message, hint=INSTALLATION, id="dfs_workflow.E002")]


def check_middleware() -> list[Error]:
    """A class of one's own that extends what we need will do."""
    present = [import_string(name) for name in settings.MIDDLEWARE]
    return [
        Error(
            f"MIDDLEWARE lacks {needed.__module__}.{needed.__name__}.",
            hint=INSTALLATION,
            id="dfs_workflow.E003",
        )
        for needed in MIDDLEWARE
        if not any(isinstance(entry, type) and issubclass(entry, needed) for entry in present)
    ]
