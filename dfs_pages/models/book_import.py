from django.db import models
from django.utils.translation import gettext_lazy as _

from dfs_workflow.uploads import UploadedImport


class BookImport(UploadedImport):
    """A book that somebody uploaded, to stand below a page."""

    parent = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    dry_run = models.BooleanField(_("report only"), default=False)

    class Meta(UploadedImport.Meta):
        verbose_name = _("import of a book")
        verbose_name_plural = _("imports of books")
