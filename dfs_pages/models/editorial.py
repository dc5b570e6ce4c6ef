from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from dfs_pages import conf
from dfs_pages.page_forms import GroupSelect


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

    looked_after_by = models.CharField(
        _("looked after by"),
        max_length=150,
        blank=True,
        help_text=_("A group of this site, for example Editors. It is reminded. If empty, the one of the page above."),
    )
    review_by = models.DateField(
        _("review by"), null=True, blank=True, help_text=_("If empty, a year after it was last published.")
    )

    EDITORIAL_FIELDS = ("source_url", "missing", "looked_after_by", "review_by")

    class Meta:
        abstract = True

    @staticmethod
    def editorial_panels() -> list[Any]:
        """What is for editors only."""
        upkeep = [FieldPanel("looked_after_by", widget=GroupSelect), FieldPanel("review_by")]
        return [FieldPanel("missing"), FieldRowPanel(upkeep)]

    @property
    def review_due(self) -> date | None:
        """Nothing that was never published is due."""
        published: datetime | None = self.last_published_at  # type: ignore[attr-defined]
        return self.review_by or (published.date() + timedelta(days=conf.REVIEW_AFTER) if published else None)

    @property
    def is_long_overdue(self) -> bool:
        """Then readers are told too."""
        due = self.review_due
        return due is not None and timezone.now().date() > due + timedelta(days=conf.READERS_TOLD_AFTER)
