from django.db import models
from django.utils.translation import gettext_lazy as _


class Editorial(models.Model):
    """Where a page comes from, and what its editors still miss."""

    source_url = models.URLField(
        _("address of the source"),
        max_length=500,
        blank=True,
        help_text=_("The page of the official text that this one restates. Readers get a link to it."),
    )
    missing = models.TextField(
        _("what is missing"),
        blank=True,
        help_text=_("For editors only, one item a line: parts of the source that couldn't be read or checked."),
    )

    EDITORIAL_FIELDS = ("source_url", "missing")

    class Meta:
        abstract = True
