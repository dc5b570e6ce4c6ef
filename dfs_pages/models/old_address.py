from django.db import models
from django.utils.translation import gettext_lazy as _


class OldAddress(models.Model):
    """Where a page of an imported book stood before: it leads to the page as soon as readers may see that."""

    path = models.CharField(_("old address"), max_length=255, db_index=True)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("old address of a page")
        verbose_name_plural = _("old addresses of pages")
        constraints = [models.UniqueConstraint(fields=["path", "page"], name="dfs_old_address_once")]

    def __str__(self) -> str:
        return self.path
