"""What the imports of uploaded files have in common: a row that says how far the worker has come."""

import time
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SECONDS = 1.0


class UploadedImport(models.Model):
    """A file that somebody uploaded: how far its import has come, and what became of everything in it.

    The file itself is never served, and is dropped once it has been read. A refusal is kept as its sentence stands in
    the code, with its values beside it, or already in the words of whoever uploaded the file.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for the worker")
        READING = "reading", _("being read")
        WRITING = "writing", _("being written")
        DONE = "done", _("done")
        FAILED = "failed", _("refused")

    name = models.CharField(_("name"), max_length=255)
    file = models.BinaryField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(_("reason"), blank=True)
    values = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.READING, self.State.WRITING)

    @property
    def refusal(self) -> str:
        """In the language of who reads it, whatever language the worker had."""
        sentence = gettext(self.message) if self.message else ""
        return sentence % self.values if self.values else sentence

    @classmethod
    def begin(cls, pk: int) -> Self | None:
        """Once: a task that is run again finds it begun, or done."""
        if not cls.objects.filter(pk=pk, state=cls.State.WAITING).update(state=cls.State.READING):
            return None
        found: Self = cls.objects.get(pk=pk)
        return found

    def finish(self, state: str, **values: Any) -> None:
        type(self).objects.filter(pk=self.pk).update(file=b"", state=state, **values)

    def refuse(self, sentence: str, **values: str) -> None:
        self.finish(self.State.FAILED, message=sentence, values=values)


class Progress:
    """Seen by the page that shows it, once a second at most."""

    def __init__(self, row: UploadedImport) -> None:
        self.row, self.next_at = row, 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self.next_at or done == total:
            self.next_at = now + SECONDS
            self.note(done=done, total=total)

    def note(self, **values: Any) -> None:
        type(self.row).objects.filter(pk=self.row.pk).update(**values)
