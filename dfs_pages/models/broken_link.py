from django.db import models
from django.utils.translation import gettext_lazy as _


class BrokenLink(models.Model):
    """What the nightly check found, until it is mended."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    reason = models.CharField(max_length=20)
    words = models.CharField(max_length=500)
    target = models.CharField(max_length=500, blank=True)
    times = models.PositiveIntegerField(default=1)  # nights in a row: another site may be out of order for one
    first_on = models.DateField(_("found first"))
    last_on = models.DateField(_("found last"))

    class Meta:
        verbose_name = _("link that leads nowhere")
        verbose_name_plural = _("links that lead nowhere")
        ordering = ["first_on", "page_id", "pk"]

    def __str__(self) -> str:
        return f"{self.words} ({self.reason})"
