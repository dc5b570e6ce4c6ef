from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    name = "dfs_workflow"
    verbose_name = _("DFS security: how it changes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dfs_workflow import checks, file_guard, receivers

        checks.connect()
        receivers.connect()
        file_guard.connect()
