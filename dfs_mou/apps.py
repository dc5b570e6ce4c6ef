from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MouConfig(AppConfig):
    name = "dfs_mou"
    verbose_name = _("DFS security: memoranda of understanding")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # What needs the models can only be imported once they are there.
        from dfs_mou import receivers

        receivers.connect()
