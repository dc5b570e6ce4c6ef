from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from dfs_workflow.conf import source_language
from dfs_workflow.models import Referenced


class Statement(Referenced):
    """A page with a permanent reference: proposed when it is written, fixed once it has been published."""

    # Templates ask each statement for these; looking for one that isn't there costs them more than all else.
    freshness: Any = None
    reserved = False

    class Meta:
        abstract = True

    def get_admin_display_title(self) -> str:
        """Listings of other pages name it without having loaded its reference: no query for each of them."""
        title: str = super().get_admin_display_title()  # type: ignore[misc]
        return title if "reference" in self.get_deferred_fields() else f"{self.reference} {title}"

    def named_by(self) -> "Iterator[models.Model]":
        """What names it by its reference, which no foreign key tells; a translation is named with its source."""
        if self.locale.language_code != source_language():  # type: ignore[attr-defined]
            return
        for model in ("RecommendationPage", "ControlPage"):
            yield from apps.get_model("dfs_pages", model)._default_manager.filter(related__has_code=self.reference)
        ends = models.Q(source_framework="", source=self.reference) | models.Q(
            target_framework="", target=self.reference
        )
        yield from apps.get_model("dfs_pages", "ControlMapping")._default_manager.filter(ends)

    @classmethod
    def free_reference(cls, parent: Page) -> str:
        """For something new under this page."""
        prefix = cls.prefix_at(parent)
        return cls.next_reference(prefix) if prefix else ""

    @staticmethod
    def prefix_at(parent: Page) -> str:
        """That of the nearest page above which has one."""
        above = [parent.specific, *parent.get_ancestors().specific().reverse()]
        return next(filter(None, (getattr(page, "reference_prefix", "") for page in above)), "")

    @classmethod
    def has_place_under(cls, parent: Page) -> bool:
        """Not where nothing says how its reference begins, as in a chapter whose sections do."""
        return bool(cls.prefix_at(parent))

    def prepare_proposed(self, parent: Page) -> None:
        """What a member proposes has words only; its place gives it the rest."""
        self.reference = self.free_reference(parent)


class OfficialNumber(models.Model):
    """The number ITU gave, beside our own reference; it may be corrected."""

    class Basis(models.TextChoices):
        SEEN = "seen", _("read in the report of 2021 or its audit guideline")
        SEEN_2020 = "seen_2020", _("read in the report of 2020")
        DERIVED = "derived", _("counted between numbers that were read")
        PLATFORM = "platform", _("as on the ITU knowledge platform")
        REPORT = "report", _("as in the report")
        FRAMEWORK = "framework", _("as in the security assurance framework")
        RELATED = "related", _("from related material")

    itu_number = models.CharField(
        _("number given by ITU"),
        max_length=40,
        blank=True,
        help_text=_("For example C34 or 12.7. Leave empty if none."),
    )
    itu_number_basis = models.CharField(_("where this was found"), max_length=20, blank=True, choices=Basis)

    OFFICIAL_FIELDS = ("itu_number", "itu_number_basis")

    class Meta:
        abstract = True
