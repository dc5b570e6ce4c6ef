from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, WorkflowMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from dfs_pages import conf
from dfs_workflow.models import Gated, PermanentReference


class Item(NamedTuple):
    """A statement of this site, where `framework` is empty, or an item of another framework."""

    framework: str
    identifier: str


class Relation(models.TextChoices):
    """The words of OSCAL, read from left to right."""

    EQUAL = "equal-to", _("equal to")
    EQUIVALENT = "equivalent-to", _("equivalent to")
    SUBSET = "subset-of", _("subset of")
    SUPERSET = "superset-of", _("superset of")
    INTERSECTS = "intersects-with", _("intersects with")
    NONE = "no-relationship", _("no relationship")


class Confidence(models.TextChoices):
    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")


class ControlMapping(
    Gated, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, index.Indexed, models.Model
):
    """How an item of one framework relates to one of another, and why; the other direction follows from it."""

    source_framework = models.CharField(
        _("framework it starts from"), max_length=60, blank=True, choices=conf.framework_choices
    )
    source = models.CharField(_("item it starts from"), max_length=60, help_text=_("For example SAF-012."))
    source_title = models.CharField(_("its short title"), max_length=200, blank=True)
    target_framework = models.CharField(
        _("framework it leads to"), max_length=60, blank=True, choices=conf.framework_choices
    )
    target = models.CharField(_("item it leads to"), max_length=60, help_text=_("For example AC-7 or MASVS-AUTH-1."))
    target_title = models.CharField(_("its short title"), max_length=200, blank=True)
    relation = models.CharField(
        _("relation"), max_length=20, choices=Relation, help_text=_("Read from the first item to the second one.")
    )
    rationale = models.TextField(_("rationale"), help_text=_("Why, in one sentence that can be contradicted."))
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence, default=Confidence.MEDIUM)
    author = models.CharField(_("author"), max_length=120, help_text=_("As shown to readers."))
    mapped_on = models.DateField(_("date of the mapping"))

    panels = [
        FieldRowPanel([FieldPanel("source_framework"), FieldPanel("source"), FieldPanel("source_title")]),
        FieldPanel("relation"),
        FieldRowPanel([FieldPanel("target_framework"), FieldPanel("target"), FieldPanel("target_title")]),
        FieldPanel("rationale"),
        FieldRowPanel([FieldPanel("confidence"), FieldPanel("author"), FieldPanel("mapped_on")]),
    ]
    search_fields = [
        index.SearchField("source"),
        index.SearchField("target"),
        index.SearchField("rationale"),
        index.FilterField("locale_id"),
        index.FilterField("live"),
    ]
    FIXED = (
        *("source_framework", "source", "source_title", "target_framework", "target", "target_title"),
        *("relation", "confidence", "author", "mapped_on"),
    )
    override_translatable_fields = [SynchronizedField(name, overridable=False) for name in FIXED]

    class Meta:
        verbose_name = _("mapping between frameworks")
        verbose_name_plural = _("mappings between frameworks")
        ordering = ["source", "target_framework", "target"]
        indexes = [
            models.Index(fields=["source_framework", "source"], name="dfs_mapping_source"),
            models.Index(fields=["target_framework", "target"], name="dfs_mapping_target"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="mapping_one_per_language"),
            models.UniqueConstraint(
                fields=["source_framework", "source", "target_framework", "target", "locale"],
                name="mapping_one_of_a_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    @property
    def ends(self) -> tuple[Item, Item]:
        return Item(self.source_framework, self.source), Item(self.target_framework, self.target)

    def clean(self) -> None:
        super().clean()
        left, right = self.ends
        if left == right:
            raise ValidationError({"target": _("An item isn't mapped to itself.")})
        own = {"source": left, "target": right}
        missing = {
            name: _("No statement of this site has the reference %(reference)s.") % {"reference": item.identifier}
            for name, item in own.items()
            if not item.framework and not PermanentReference.objects.filter(pk=item.identifier).exists()
        }
        if missing:
            raise ValidationError(missing)
        turned = type(self)._default_manager.filter(
            source_framework=right.framework, source=right.identifier,
            target_framework=left.framework, target=left.identifier,
        )  # fmt: skip
        if turned.exists():
            raise ValidationError(_("The other direction of this mapping exists: change that one."))
