from typing import Any, NoReturn, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImmutableError(RuntimeError):
    """An edition was about to be changed or deleted."""

    def __init__(self) -> None:
        super().__init__("A template edition is never changed or deleted: documents and saved answers rest on it.")


class TemplateEditionQuerySet(models.QuerySet["TemplateEdition"]):
    def of(self, template: str) -> Self:
        return self.filter(template=template).order_by("-pk")

    def update(self, **values: Any) -> NoReturn:
        raise ImmutableError

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:
        raise ImmutableError

    def delete(self) -> NoReturn:
        raise ImmutableError


class TemplateEdition(models.Model):
    """What a template said when it was compiled; the builder reads only this."""

    template = models.CharField(_("template"), max_length=64)
    version = models.CharField(_("version"), max_length=20)
    sha256 = models.CharField(_("hash of the content"), max_length=64)
    languages = models.JSONField(_("languages"))
    content = models.JSONField(_("content"))
    created_at = models.DateTimeField(_("compiled at"), default=timezone.now)

    objects = TemplateEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("template edition")
        verbose_name_plural = _("template editions")
        base_manager_name = "objects"
        indexes = [models.Index(fields=["template", "-id"], name="dfs_mou_edition_newest")]

    def __str__(self) -> str:
        return f"{self.template} {self.version} ({self.sha256[:8]})"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise ImmutableError
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise ImmutableError
