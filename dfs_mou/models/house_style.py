from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class HouseStyle(models.Model):
    """The look of Word files, taken from an uploaded one. In force is the one approved last; an empty one is ours."""

    name = models.CharField(_("name"), max_length=100)
    look = models.JSONField(_("look"), default=dict, blank=True, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, db_index=True)

    class Meta:
        verbose_name = _("house style")
        verbose_name_plural = _("house styles")
        permissions = [("approve_housestyle", "Can approve the house style of Word files")]
        constraints = [
            models.CheckConstraint(
                name="dfs_mou_house_style_two_people",
                condition=Q(approved_by=None) | Q(proposed_by=None) | ~Q(approved_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
