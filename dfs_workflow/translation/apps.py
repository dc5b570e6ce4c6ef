from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    """Knows only Wagtail and wagtail-localize, so that it serves any site that uses them."""

    name = "dfs_workflow.translation"
    label = "dfs_translation"
    verbose_name = _("Translation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dfs_workflow.translation import receivers

        receivers.connect()
