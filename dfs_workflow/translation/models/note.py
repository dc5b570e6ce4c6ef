"""What people write beside a sentence while they translate and review."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.Model):
    """Why a warning of the checks doesn't apply to this wording."""

    translation = models.ForeignKey(
        "wagtail_localize.StringTranslation", on_delete=models.CASCADE, related_name="reasons"
    )
    code = models.CharField(max_length=20)
    text = models.TextField(_("text"))
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(_("by"), max_length=255)

    class Meta:
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
        constraints = [models.UniqueConstraint(fields=["translation", "code"], name="dfs_note_reason_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"


class SegmentComment(models.Model):
    """A question or an answer about one sentence in one language; it stays with the place, whatever the wording."""

    context = models.ForeignKey("wagtail_localize.TranslationContext", on_delete=models.CASCADE, related_name="+")
    string = models.ForeignKey("wagtail_localize.String", on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("comment"), max_length=2000)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(_("by"), max_length=255)

    class Meta:
        verbose_name = _("comment on a sentence")
        verbose_name_plural = _("comments on sentences")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["context", "locale"], name="dfs_translation_comment")]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.text[:50]}"
