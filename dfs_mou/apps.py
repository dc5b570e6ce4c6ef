from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MouConfig(AppConfig):
    name = "dfs_mou"
    verbose_name = _("DFS security: memoranda of understanding")
    default_auto_field = "django.db.models.BigAutoField"
