from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, WorkflowMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from dfs_workflow.fields import CodesField
from dfs_workflow.models import Gated


class GlossaryTerm(
    Gated, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, index.Indexed, models.Model
):
    """A term or acronym of the field, reviewed and published like a page."""

    key = models.SlugField(
        _("key"), max_length=60, help_text=_("Permanent, and the same in all languages. Other terms refer to it.")
    )
    term = models.CharField(_("term"), max_length=200)
    acronym = models.CharField(
        _("acronym"),
        max_length=40,
        blank=True,
        help_text=_("As used internationally; a local one is in the term."),
    )
    definition = models.TextField(_("definition"))
    see_also = CodesField(_("see also"), help_text=_("Keys of other terms, separated by commas."))

    proposable_fields = ("term", "definition")
    proposable_as_new = ("term", "acronym", "definition")
    panels = [
        FieldRowPanel([FieldPanel("term"), FieldPanel("acronym")]),
        FieldPanel("definition"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("see_also")]),
    ]
    search_fields = [
        index.SearchField("term", boost=5),
        index.SearchField("acronym", boost=5),
        index.SearchField("definition"),
        index.AutocompleteField("term"),
        index.FilterField("locale_id"),
        index.FilterField("live"),
    ]
    override_translatable_fields = [
        SynchronizedField(name, overridable=False) for name in ("key", "acronym", "see_also")
    ]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="glossary_term_one_per_language"),
            models.UniqueConstraint(fields=["key", "locale"], name="glossary_key_unique_in_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.term} ({self.acronym})" if self.acronym else self.term

    def read_at(self) -> str:
        return f"{reverse('dfs_pages:glossary')}#{self.key}"

    def prepare_proposed(self, parent: None) -> None:
        """What a member proposes has words only. The same key again is the same term."""
        self.key = slugify(self.acronym or self.term)[:60] or "term"

    def named_by(self) -> "models.QuerySet[GlossaryTerm]":
        """Terms that say “see also” this one."""
        return type(self)._default_manager.filter(see_also__has_code=self.key, locale_id=self.locale_id)
