"""What happened, in one chain of hashes.

Each entry is made of parts; the chain holds only their salted digests. A part can be forgotten with its salt: what is
left says nothing, and the chain still verifies.
"""

from datetime import UTC
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dfs_workflow.models.digest import digest

START = "0" * 64


class HistoryEntry(models.Model):
    """Points to nothing by a foreign key: what happened outlives what it happened to."""

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("at"), db_index=True)
    action = models.CharField(_("action"), max_length=80)
    page_id = models.PositiveBigIntegerField(null=True, db_index=True)
    organisation_id = models.PositiveBigIntegerField(null=True, db_index=True)
    # The row of another log that this entry seals.
    source = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001
    # Part: {"salt": …, "value": …}; an emptied one is a tombstone.
    parts: Any = models.JSONField()
    digests: Any = models.JSONField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("entry of the history")
        verbose_name_plural = _("history")
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def value(self, part: str) -> Any:
        """Nothing where it was never there, or was forgotten."""
        return (self.parts.get(part) or {}).get("value")

    def computed_hash(self) -> str:
        fields = [
            self.number,
            self.at.astimezone(UTC).isoformat(),
            self.action,
            self.page_id,
            self.organisation_id,
            self.source,
        ]
        return digest([*fields, self.digests, self.previous])


class HistoryPerson(models.Model):
    """Which parts of an entry tell about whom: found again when that person is forgotten."""

    entry = models.ForeignKey(HistoryEntry, on_delete=models.CASCADE, related_name="people")
    user_id = models.PositiveBigIntegerField(db_index=True)
    part = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "part"], name="dfs_history_person_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.part}"


class HistoryHead(models.Model):
    """The last link, in one row: locked while an entry is added, and telling when the end of the chain is cut off."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=START)
    # How far the other logs are sealed: name of the model, last key.
    sealed: Any = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"
