from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index

from dfs_pages.blocks import Narrative, Sources
from dfs_pages.conf import audiences
from dfs_pages.fields import same_in_all_languages
from dfs_pages.models.counts import OutcomeCounts
from dfs_pages.models.editorial import Editorial
from dfs_workflow.conf import source_language
from dfs_workflow.models import Gated, page_link


class CataloguePage(Gated, Editorial, OutcomeCounts, Page):
    """A framework of controls or competences: its families stand below it, their items below them."""

    page_ptr = page_link()
    summary = models.TextField(_("summary"), blank=True, help_text=_("One or two sentences below the title."))
    body = StreamField(Narrative(), verbose_name=_("text"), blank=True)
    numbering = models.TextField(
        _("note on numbers"), blank=True, help_text=_("How the official numbers were found. Shown to readers.")
    )
    reference_prefix = models.CharField(
        _("prefix of references"),
        max_length=20,
        blank=True,
        help_text=_("For example SAF: a new control is offered the next number, SAF-120."),
    )
    # The object of the OSCAL file it was imported from, for the export.
    oscal = models.JSONField(_("parts of the OSCAL file"), default=dict, blank=True, editable=False)
    sources = StreamField(Sources(), verbose_name=_("sources"), blank=True)

    proposable_fields = ("summary", "title", "body")
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        InlinePanel("terms", heading=_("Words of the catalogue"), label=_("Word")),
        MultiFieldPanel(
            [
                FieldPanel("numbering"),
                FieldPanel("reference_prefix"),
                FieldRowPanel([FieldPanel(name) for name in OutcomeCounts.COUNT_FIELDS]),
            ],
            heading=_("Numbers"),
        ),
        MultiFieldPanel(
            [FieldPanel("source_url"), FieldPanel("sources"), *Editorial.editorial_panels()],
            heading=_("Sources"),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    override_translatable_fields = same_in_all_languages(
        "show_in_menus",
        "oscal",
        "reference_prefix",
        "sources",
        *Editorial.EDITORIAL_FIELDS,
        *OutcomeCounts.COUNT_FIELDS,
    )
    parent_page_types = ["dfs_pages.IndexPage"]
    subpage_types = ["dfs_pages.ThreatPage"]
    admin_default_ordering = "ord"  # as readers see them, and to drag

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")


class CatalogueTerm(TranslatableMixin, Orderable):
    """A word that the controls of a catalogue use by its code: a stakeholder, a security dimension …"""

    class Kind(models.TextChoices):
        STAKEHOLDER = "stakeholder", _("stakeholder")
        DIMENSION = "dimension", _("security dimension")
        AUDIT_GROUP = "audit_group", _("group of audit questions")
        OUTCOME = "outcome", _("kind of outcome")

    catalogue = ParentalKey(CataloguePage, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    code = models.SlugField(_("code"), max_length=40, help_text=_("Used by controls. The same in all languages."))
    title = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("code")]),
        FieldPanel("title"),
        FieldPanel("description"),
    ]
    override_translatable_fields = [
        field for field in same_in_all_languages("kind", "code", "sort_order") if field.field_name != "slug"
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("word of a catalogue")
        verbose_name_plural = _("words of a catalogue")

    def __str__(self) -> str:
        return self.title


def names_of_terms(kind: str) -> dict[str, str]:
    """What codes are called in the language in use, else in the source's. Catalogues share the codes they have in
    common; one that none of them names is named as the recommendations name whom they address."""
    languages = [source_language(), get_language()]
    terms = CatalogueTerm.objects.filter(kind=kind, catalogue__live=True, locale__language_code__in=languages)
    found = sorted(terms.select_related("locale"), key=lambda term: languages.index(term.locale.language_code))
    names = {code: str(name) for code, name in audiences().items()} if kind == CatalogueTerm.Kind.STAKEHOLDER else {}
    return names | {term.code: term.title for term in found}
