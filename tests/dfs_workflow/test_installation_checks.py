"""`manage.py check` names what an installation has forgotten."""

from django.core.checks import run_checks


def found():
    return [f"{message.id}: {message.msg}" for message in run_checks() if message.id.startswith("dfs_workflow.")]


def test_a_complete_installation_has_nothing_to_name():
    assert found() == []


def test_what_is_missing_is_named_once(settings):
    settings.WAGTAIL_FINISH_WORKFLOW_ACTION = "wagtail.workflows.publish_workflow_state"
    settings.WAGTAIL_CONTENT_LANGUAGES = []
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "LocaleMiddleware" not in name]
    assert found() == [
        "dfs_workflow.E001: WAGTAIL_FINISH_WORKFLOW_ACTION has to be 'dfs_workflow.finish.publish_reviewed_revision'.",
        "dfs_workflow.E002: WAGTAIL_CONTENT_LANGUAGES lacks 'en', in which texts are written: LANGUAGE_CODE is that.",
        "dfs_workflow.E003: MIDDLEWARE lacks django.middleware.locale.LocaleMiddleware.",
    ]
