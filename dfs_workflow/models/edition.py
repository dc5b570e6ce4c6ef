"""Editions: everything public at one moment, frozen under a name that a law can cite.

Nothing here points at what goes on living: texts are kept as they were, by the hash of their bytes.
"""

from hashlib import sha256

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

NUMBER = r"[0-9]{4}-[1-9][0-9]?"
DIGEST = RegexValidator(r"^[0-9a-f]{64}$")


class Edition(models.Model):
    """Proposed by one person, frozen by a second one; from then on it never changes."""

    number = models.CharField(
        _("number"),
        max_length=10,
        unique=True,
        validators=[RegexValidator(f"^{NUMBER}$", _("Write the year and a number, as in 2026-1."))],
        help_text=_("The year and a number in it, as in 2026-1. It is part of permanent addresses."),
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    reason = models.TextField(_("why this edition is made"), help_text=_("Shown to readers at its beginning."))
    parts = models.JSONField(_("only these parts"), default=list, blank=True, help_text=_("Empty for everything."))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_by_name = models.CharField(max_length=255, blank=True)
    proposed_at = models.DateTimeField(_("proposed at"))
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    frozen_by_name = models.CharField(max_length=255, blank=True)
    frozen_at = models.DateTimeField(_("frozen at"), null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    # What codes were called when it was frozen: language, kind of text, field, code. Today's words are others' texts.
    names = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-frozen_at", "-pk"]
        permissions = [("propose_edition", "Can propose an edition"), ("freeze_edition", "Can freeze an edition")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(frozen_at=None, sha256="")
                | (models.Q(frozen_at__isnull=False) & ~models.Q(sha256="")),
                name="dfs_edition_frozen_with_its_hash",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Snapshot(models.Model):
    """One text in one language, named by the hash of its bytes: two editions share what didn't change."""

    sha256 = models.CharField(max_length=64, primary_key=True, validators=[DIGEST])
    content = models.TextField()

    def __str__(self) -> str:
        return self.sha256

    @staticmethod
    def hash_of(content: str) -> str:
        return sha256(content.encode()).hexdigest()


class EditionItem(models.Model):
    """Where a text stands in an edition. What is in the list of an edition, is in its hash."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="items")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    translation_key = models.UUIDField()
    language = models.CharField(max_length=20)
    path = models.CharField(max_length=500)
    reference = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=500)
    lead = models.TextField(blank=True)
    revision_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "language", "translation_key"], name="dfs_edition_item_once"),
            models.UniqueConstraint(fields=["edition", "language", "path"], name="dfs_edition_path_once"),
        ]
        indexes = [models.Index(fields=["edition", "reference"], name="dfs_edition_reference")]

    def __str__(self) -> str:
        return f"{self.language}/{self.path}"

    @property
    def line(self) -> str:
        """Its line in the manifest of the edition."""
        return f"{self.snapshot_id} {self.language} {self.reference or '-'} {self.path}"


class EditionFile(models.Model):
    """A picture or document that texts of editions show, by the hash of its bytes."""

    sha256 = models.CharField(max_length=64, primary_key=True, validators=[DIGEST])
    name = models.CharField(max_length=255)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
