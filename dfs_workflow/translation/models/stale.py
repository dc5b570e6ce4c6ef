from django.db import models
from django.utils.translation import gettext_lazy as _


class StaleField(models.Model):
    """A field of a live translation that doesn't say what its source says now; fields that do have no row.

    Written whenever one of the two goes live, so that a page costs its readers one query.
    """

    translation_key = models.UUIDField()
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=100)
    state = models.CharField(_("state"), max_length=20)
    source_changed_at = models.DateTimeField(_("source changed at"), null=True)

    class Meta:
        verbose_name = _("outdated field")
        verbose_name_plural = _("outdated fields")
        constraints = [
            models.UniqueConstraint(fields=["locale", "translation_key", "field"], name="dfs_translation_stale"),
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} {self.field}: {self.state}"
