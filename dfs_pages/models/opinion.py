from django.db import models
from django.utils.translation import gettext_lazy as _


class Opinion(models.Model):
    """Whether a page helped one reader, and why. Nothing of that reader is kept, and of the time only the day."""

    path = models.CharField(_("page"), max_length=500)
    language = models.CharField(_("language"), max_length=20)
    is_helpful = models.BooleanField(_("helpful"))
    reason = models.TextField(_("reason"), blank=True, max_length=500)
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("opinion of a reader")
        verbose_name_plural = _("opinions of readers")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.path
