from django.db import models
from django.utils.translation import gettext_lazy as _

from dfs_workflow.uploads import UploadedImport


class FileImport(UploadedImport):
    """A file of translations that somebody uploaded.

    `path` and `translation`: for which chapter or page, as in `query.units.scope`.
    """

    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=255, blank=True)
    translation = models.PositiveBigIntegerField(null=True, blank=True)
    language = models.CharField(max_length=20)  # of the person, for the report

    class Meta(UploadedImport.Meta):
        verbose_name = _("import of a file")
        verbose_name_plural = _("imports of files")
