from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "dfs_pages"
    verbose_name = _("DFS security: what is read")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dfs_pages import receivers

        receivers.connect()
