import re
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import get_script_prefix
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dfs_workflow.models.refusal import PublicationRefused

REFERENCE = re.compile(r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$")


def permanent_path(reference: str, language: str) -> str:
    return f"{get_script_prefix()}{language}/r/{reference}/"


class PermanentReference(models.Model):
    """Who a reference belongs to, for ever: a row is never deleted or given to something else."""

    reference = models.CharField(max_length=40, primary_key=True)
    translation_key = models.UUIDField(unique=True)
    # What readers are told once it is withdrawn; nothing of it counts while it is live.
    successor = models.CharField(max_length=40, blank=True)
    withdrawal_reason = models.TextField(blank=True)
    hides_words = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.reference

    @classmethod
    def conflict(cls, reference: str, translation_key: uuid.UUID) -> str:
        """A sentence that says why this object can't have this reference, or nothing."""
        rows = cls.objects.filter(models.Q(reference=reference) | models.Q(translation_key=translation_key))
        for row in rows:
            if row.translation_key != translation_key:
                return _("The reference %(reference)s belongs to something else, for ever.") % {"reference": reference}
            if row.reference != reference:
                return _("This was published as %(reference)s; a permanent reference can't be changed.") % {
                    "reference": row.reference
                }
        return ""

    @classmethod
    def allocate(cls, pairs: Iterable[tuple[str, uuid.UUID]]) -> None:
        """When something goes live for the first time; all languages of it share the row."""
        wanted = dict(pairs)
        known = dict(cls.objects.filter(reference__in=wanted).values_list("reference", "translation_key"))
        for reference, translation_key in wanted.items():
            if known.get(reference) == translation_key:
                continue
            if problem := cls.conflict(reference, translation_key):
                raise PublicationRefused(problem)
        cls.objects.bulk_create(
            cls(reference=reference, translation_key=key) for reference, key in wanted.items() if reference not in known
        )


class Referenced(models.Model):
    """A page that can be cited: all its translations share one permanent reference such as SIM-MNO-03."""

    reference = models.CharField(
        _("permanent reference"),
        max_length=40,
        db_index=True,
        validators=[RegexValidator(REFERENCE, _("Write capital letters, digits and hyphens, as in SIM-MNO-03."))],
        help_text=_("Permanent: once published it can't be changed or given to another statement."),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if not self.reference:
            return
        problem = PermanentReference.conflict(self.reference, self.translation_key)  # type: ignore[attr-defined]
        if not problem and self._drafts_with_the_same_reference().exists():
            problem = _("Another page already uses the reference %(reference)s.") % {"reference": self.reference}
        if problem:
            raise ValidationError({"reference": problem})

    def _drafts_with_the_same_reference(self) -> "models.QuerySet[Any]":
        others = type(self)._default_manager.filter(reference=self.reference)
        return others.exclude(translation_key=self.translation_key)  # type: ignore[attr-defined]

    @classmethod
    def next_reference(cls, prefix: str) -> str:
        """The number after the highest one ever given in this prefix, as wide as its neighbours."""
        given = [
            *PermanentReference.objects.filter(reference__startswith=f"{prefix}-").values_list("reference", flat=True),
            *cls._base_manager.filter(reference__startswith=f"{prefix}-").values_list("reference", flat=True),
        ]
        numbers = [match[1] for reference in given if (match := re.fullmatch(rf"{re.escape(prefix)}-(\d+)", reference))]
        width = max(map(len, numbers), default=2)
        return f"{prefix}-{max(map(int, numbers), default=0) + 1:0{width}d}"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A statement is read at its permanent address; the address in the tree leads there."""
        if getattr(request, "at_permanent_address", False) or getattr(request, "is_preview", False):
            return super().serve(request, *args, **kwargs)  # type: ignore[misc,no-any-return]
        return redirect(permanent_path(self.reference, get_language() or "en"))
