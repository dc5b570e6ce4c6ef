from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FileImport(models.Model):
    """A file of translations that somebody uploaded: how far it has come, and what became of its texts.

    `path` and `translation`: for which chapter or page, as in `query.units.scope`. The file goes once it was read.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for the worker")
        READING = "reading", _("being read")
        DONE = "done", _("done")
        FAILED = "failed", _("refused")

    name = models.CharField(_("name"), max_length=255)
    file = models.BinaryField()
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=255, blank=True)
    translation = models.PositiveBigIntegerField(null=True, blank=True)
    language = models.CharField(max_length=20)  # of the person, for the report
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(_("reason"), blank=True)
    report = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("import of a file")
        verbose_name_plural = _("imports of files")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.READING)
