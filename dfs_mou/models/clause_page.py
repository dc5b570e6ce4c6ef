from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from dfs_mou.blocks import CLAUSE_TEXT_FEATURES, ConditionRowsBlock, SubClauseBlock
from dfs_mou.blocks.clauses import KINDS, NUMBERINGS
from dfs_mou.models.previewed import PreviewedInDocument
from dfs_mou.panels import CheckPanel
from dfs_workflow.models import Gated, Referenced, page_link

KEY = RegexValidator(r"^[a-z][a-z0-9-]{0,63}$", _("Write small letters, digits and hyphens."))


class Section(models.TextChoices):
    CLAUSE = "clause", _("Clause")
    ANNEX = "annex", _("Annex")


class NumberMode(models.TextChoices):
    COUNTED = "counted", _("Counted")
    NONE = "none", _("Without a number")
    GIVEN = "given", _("Number given below")


class ClauseMixin(models.Model):
    key = models.CharField(
        _("key"), max_length=64, validators=[KEY], help_text=_("Permanent: it can't be changed once saved.")
    )
    section = models.CharField(_("part"), max_length=10, choices=Section.choices, default=Section.CLAUSE)
    kind = models.CharField(_("kind"), max_length=12, choices=KINDS, default="mandatory")
    alternatives_group = models.CharField(
        _("group of alternatives"),
        max_length=64,
        blank=True,
        help_text=_("Exactly one clause of a group is printed."),
    )
    number_mode = models.CharField(_("number"), max_length=8, choices=NumberMode.choices, default=NumberMode.COUNTED)
    number_text = models.CharField(_("number given"), max_length=20, blank=True)
    # No `choices` here: wagtail-localize lets a translation have a style of its own only for plain texts,
    # and French recitals carry no letters where English ones do.
    numbering = models.CharField(
        _("numbers of its sub-clauses"),
        max_length=24,
        default="decimal",
        validators=[RegexValidator("^(" + "|".join(value for value, _label in NUMBERINGS) + ")$")],
    )
    condition = StreamField(ConditionRowsBlock(), blank=True, verbose_name=_("condition"))
    default_included = models.BooleanField(_("kept unless somebody leaves it out"), default=True)
    requires = models.CharField(
        _("requires"), max_length=500, blank=True, help_text=_("Optional clauses that are printed with it.")
    )
    guidance = models.TextField(_("guidance"), blank=True, help_text=_("For drafters; never printed."))
    reason = models.TextField(
        _("why it was changed last"),
        blank=True,
        help_text=_("For drafters whose agreement has the wording before; never printed."),
    )
    itu_reference = models.CharField(_("ITU source"), max_length=500, blank=True)
    body = RichTextField(_("text"), blank=True, features=CLAUSE_TEXT_FEATURES)
    clauses = StreamField([("clause", SubClauseBlock())], blank=True, verbose_name=_("sub-clauses"))

    content_panels = [
        CheckPanel(),
        *Page.content_panels,
        FieldPanel("body"),
        FieldPanel("clauses"),
        FieldPanel("guidance"),
        FieldPanel("reason"),
        MultiFieldPanel(
            [
                FieldPanel("condition"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("alternatives_group")]),
                FieldRowPanel([FieldPanel("default_included"), FieldPanel("requires")]),
            ],
            heading=_("When it is printed"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("reference"), FieldPanel("key")]),
                FieldRowPanel([FieldPanel("section"), FieldPanel("itu_reference")]),
                FieldRowPanel([FieldPanel("number_mode"), FieldPanel("number_text")]),
                FieldPanel("numbering", widget=forms.Select(choices=NUMBERINGS)),
            ],
            heading=_("Place and number"),
        ),
    ]
    parent_page_types = ["dfs_mou.MouTemplatePage"]
    subpage_types: list[str] = []
    search_fields = [
        *Page.search_fields,
        index.SearchField("reference"),
        index.AutocompleteField("reference"),
        index.SearchField("body"),
        index.SearchField("clauses"),
        index.SearchField("guidance"),
    ]
    proposable_fields = ("title", "body", "clauses", "guidance")
    proposable_as_new = ("title", "body")
    # Outdated in a translation, these are shown in the new wording of the source beside the old translation.
    normative_fields = frozenset({"title", "body", "clauses"})
    override_translatable_fields = [
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                *("slug", "reference", "key", "section", "kind", "alternatives_group", "number_mode", "number_text"),
                *("condition", "default_included", "requires", "itu_reference"),
            )
        ),
        SynchronizedField("numbering"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        before = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
        faults = _faults_of_keys(self, before)
        if faults:
            raise ValidationError(faults)


def _faults_of_keys(page: ClauseMixin, before: ClauseMixin | None) -> dict[str, Any]:
    keys = keys_of(page.clauses)
    twice = [key for key, times in Counter([page.key, *keys.values()]).items() if key and times > 1]
    faults = {"clauses": _("The key “%(key)s” is used twice.") % {"key": twice[0]}} if twice else {}
    if before:
        if before.key and before.key != page.key:  # a draft may be saved before it has one
            faults["key"] = _("The key is permanent; it was “%(key)s”.") % {"key": before.key}
        changed = [key for block, key in keys_of(before.clauses).items() if key and keys.get(block, key) != key]
        if changed:
            faults["clauses"] = _("The key “%(key)s” is permanent and can't be changed.") % {"key": changed[0]}
    return faults


def keys_of(stream: Iterable[Any]) -> dict[str, str]:
    """The key of each sub-clause by the identity of its block."""
    return {block.id: block.value["key"] for block in walk(stream)}


def walk(stream: Iterable[Any]) -> Iterator[Any]:
    for block in stream:
        yield block
        yield from walk(block.value.get("clauses") or ())


class ClausePage(PreviewedInDocument, Gated, Referenced, ClauseMixin, Page):  # noqa: DJ008  Page has one
    """A clause or annex of the model MOU, with its sub-clauses."""

    page_ptr = page_link()
    reason_field = "reason"
    template = "dfs_mou/clause_page.html"

    def prepare_proposed(self, parent: Page) -> None:
        """A clause that a member proposes gets the next reference of its template, and a key from its title."""
        neighbours = type(self).objects.child_of(parent).values_list("reference", flat=True)
        self.reference = self.next_reference(next((each.rpartition("-")[0] for each in neighbours), "MOU"))
        self.key = slugify(self.title)[:64].strip("-")

    class Meta:
        verbose_name = _("MOU clause")
        verbose_name_plural = _("MOU clauses")
