from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class BookImport(models.Model):
    """A book that somebody uploaded: how far its import has come, and what became of everything in it.

    The file itself is never served, and is dropped once it has been read.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for the worker")
        READING = "reading", _("being read")
        WRITING = "writing", _("being written")
        DONE = "done", _("done")
        FAILED = "failed", _("refused")

    name = models.CharField(_("name"), max_length=120)
    file = models.BinaryField()
    parent = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    dry_run = models.BooleanField(_("report only"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(_("reason"), blank=True)  # as it stands in the code
    values = models.JSONField(default=dict)  # of what stands in the message
    report = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("import of a book")
        verbose_name_plural = _("imports of books")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def refusal(self) -> str:
        """In the language of who reads it, whoever's language the worker had."""
        sentence = gettext(self.message) if self.message else ""
        return sentence % self.values if self.values else sentence

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.READING, self.State.WRITING)
