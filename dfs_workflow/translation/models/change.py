"""How the wording of a source moved on, sentence by sentence."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceChange(models.Model):
    """One sentence took the place of another. Kept for every earlier wording, so that a translation made from any of
    them is known to be outdated, and of which one.

    It says where a text came from, never in which state a translation is: that follows from the texts alone.
    """

    context = models.ForeignKey("wagtail_localize.TranslationContext", on_delete=models.CASCADE, related_name="+")
    old = models.ForeignKey("wagtail_localize.String", on_delete=models.CASCADE, related_name="+")
    new = models.ForeignKey("wagtail_localize.String", on_delete=models.CASCADE, related_name="+")
    changed_at = models.DateTimeField(_("changed at"))
    unchanged_at = models.DateTimeField(_("meaning declared unchanged at"), null=True, blank=True)
    unchanged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    unchanged_by_name = models.CharField(max_length=255, blank=True)

    class Meta:
        verbose_name = _("change of the source")
        verbose_name_plural = _("changes of the source")
        permissions = [("judge_meaning", "Can declare that a changed sentence means the same")]
        constraints = [
            models.UniqueConstraint(fields=["context", "new", "old"], name="dfs_translation_change"),
            models.CheckConstraint(
                condition=models.Q(unchanged_at=None, unchanged_by_name="")
                | models.Q(unchanged_at__isnull=False) & ~models.Q(unchanged_by_name=""),
                name="dfs_translation_change_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
