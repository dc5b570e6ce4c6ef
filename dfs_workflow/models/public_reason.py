"""What readers are told about a change: written with a version, decided with it, and kept on its decision.

What reviewers write to each other is another text, and stays inside.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from wagtail.models import Revision

LONGEST = 500


class PublicReason(models.Model):
    """In the language of the page. It never changes: other words need another version, and so another review."""

    revision = models.OneToOneField(
        "wagtailcore.Revision", primary_key=True, on_delete=models.CASCADE, related_name="public_reason"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return self.text

    @classmethod
    def of(cls, revision: Revision | None) -> str:
        found = cls.objects.filter(revision=revision).first() if revision else None
        return found.text if found else ""

    @classmethod
    def among(cls, revisions: Iterable[int | None]) -> list[str]:
        """Of several versions, each text once."""
        rows = cls.objects.filter(revision__in=[pk for pk in revisions if pk]).order_by("pk")
        return list(dict.fromkeys(rows.values_list("text", flat=True)))


def can_be_told(instance: Any) -> bool:
    """Readers know an earlier version of it, and no text of its own says why it was changed."""
    return was_shown(instance) and not getattr(instance, "reason_field", "")


def was_shown(instance: Any) -> bool:
    return bool(getattr(instance, "first_published_at", None))


def told_with(revision: Revision, instance: Any) -> str:
    """For the decision about this version; before it is live."""
    if not was_shown(instance):
        return ""
    if can_be_told(instance):
        return PublicReason.of(revision)
    live = instance.live_revision
    before = live.content.get(instance.reason_field) if live else ""
    now = revision.content.get(instance.reason_field) or ""
    return "" if now == before else str(now)
