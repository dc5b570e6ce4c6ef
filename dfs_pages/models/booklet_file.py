from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

GIVEN_UP_AFTER = timedelta(minutes=20)


class BookletFile(models.Model):
    """A booklet that readers asked for: the file, and the version of the content that it is known to agree with.

    The bytes are kept in the database and given out for that version only: what was withdrawn is gone with the next
    request, and there is no folder that somebody could read past this.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for the worker")
        MAKING = "making", _("being made")
        DONE = "done", _("ready")
        FAILED = "failed", _("could not be made")

    path = models.CharField(_("address below the language"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)  # none for a file in all languages
    format = models.CharField(_("format"), max_length=10)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    version = models.PositiveBigIntegerField(default=0)
    content_sha256 = models.CharField(max_length=64, blank=True)
    file = models.BinaryField(default=b"")
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(_("asked for at"))
    made_at = models.DateTimeField(_("made at"), null=True)

    class Meta:
        verbose_name = _("booklet")
        verbose_name_plural = _("booklets")
        constraints = [models.UniqueConstraint(fields=["path", "language", "format"], name="dfs_booklet_once")]

    def __str__(self) -> str:
        return f"{self.language}/{self.path}.{self.format}"

    def is_ready(self, version: int) -> bool:
        return self.state == self.State.DONE and self.version == version

    def is_under_way(self, at: datetime) -> bool:
        """A worker that was killed never says so: after a while nobody waits for it."""
        return self.state in (self.State.WAITING, self.State.MAKING) and at - self.asked_at < GIVEN_UP_AFTER

    def has_failed(self, at: datetime, version: int) -> bool:
        """Tried anew after the next publication, or after a while."""
        is_recent = at - self.asked_at < GIVEN_UP_AFTER
        return self.state == self.State.FAILED and self.version == version and is_recent
