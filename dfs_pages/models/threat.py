from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from dfs_pages.blocks import Risks
from dfs_pages.fields import same_in_all_languages
from dfs_pages.models.catalogue import CatalogueTerm, names_of_terms
from dfs_pages.models.counts import OutcomeCounts
from dfs_pages.models.editorial import Editorial
from dfs_pages.models.statement import Statement
from dfs_pages.page_forms import ReferenceForm
from dfs_workflow.conf import source_language
from dfs_workflow.fields import CodesField
from dfs_workflow.models import Gated, page_link


class ThreatPage(Gated, Statement, Editorial, OutcomeCounts, Page):
    """Any family of controls: a threat with its risks, a phase of a transaction, a family of NIST SP 800-53."""

    page_ptr = page_link()
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    code = models.CharField(
        _("official code"), max_length=40, blank=True, help_text=_("Where the source gives one, for example CA1.")
    )
    description = models.TextField(_("description"), blank=True)
    affected = CodesField(_("stakeholders affected"), help_text=_("Codes of the catalogue, separated by commas."))
    risks = StreamField(
        Risks(), verbose_name=_("risks"), blank=True, help_text=_("A control is assigned to one of these risks.")
    )
    report_section = models.CharField(_("section of the report"), max_length=20, blank=True)
    x1150_section = models.CharField(_("clause of ITU-T X.1150"), max_length=20, blank=True)
    # The object of the OSCAL file it was imported from, for the export.
    oscal = models.JSONField(_("parts of the OSCAL file"), default=dict, blank=True, editable=False)
    note = models.TextField(_("note"), blank=True, help_text=_("Shown to readers."))

    proposable_fields = ("description", "title", "risks", "note")
    proposable_as_new = ("title", "description")
    base_form_class = ReferenceForm
    content_panels = [
        FieldPanel("reference"),
        *Page.content_panels,
        FieldPanel("description"),
        FieldPanel("affected"),
        FieldPanel("risks"),
        FieldPanel("note"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("code")]),
                FieldRowPanel([FieldPanel("report_section"), FieldPanel("x1150_section")]),
                FieldRowPanel([FieldPanel(name) for name in OutcomeCounts.COUNT_FIELDS]),
            ],
            heading=_("Numbers"),
        ),
        MultiFieldPanel(
            [FieldPanel("source_url"), *Editorial.editorial_panels()],
            heading=_("Source"),
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("reference", boost=5),
        index.AutocompleteField("reference"),
        index.SearchField("description"),
        index.SearchField("risks"),
        index.FilterField("reference"),
    ]
    override_translatable_fields = same_in_all_languages(
        "show_in_menus",
        "oscal",
        "reference",
        "number",
        "code",
        "affected",
        "report_section",
        "x1150_section",
        *Editorial.EDITORIAL_FIELDS,
        *OutcomeCounts.COUNT_FIELDS,
    )
    parent_page_types = ["dfs_pages.CataloguePage"]
    subpage_types = ["dfs_pages.ControlPage"]
    admin_default_ordering = "ord"  # as readers see them, and to drag

    @classmethod
    def free_reference(cls, parent):
        """Threats are numbered apart from the controls: SAF-T18."""
        prefix = cls.prefix_at(parent)
        return f"{prefix}-T{cls.next_number(parent):02d}" if prefix else ""

    @classmethod
    def next_number(cls, parent):
        return max((threat.number or 0 for threat in cls.objects.child_of(parent)), default=0) + 1

    def prepare_proposed(self, parent):
        super().prepare_proposed(parent)
        self.number = self.next_number(parent)

    class Meta:
        verbose_name = _("threat or family of controls")
        verbose_name_plural = _("threats and families of controls")

    @staticmethod
    def names_of_codes(field_name: str) -> dict[str, str]:
        return names_of_terms(CatalogueTerm.Kind.STAKEHOLDER) if field_name == "affected" else {}


def names_of_risks() -> dict[str, str]:
    """By the identity of the block, in the language in use, else in the source's."""
    languages = [source_language(), get_language()]
    threats = ThreatPage.objects.filter(live=True, locale__language_code__in=languages).exclude(risks=[])
    found = sorted(threats.select_related("locale"), key=lambda page: languages.index(page.locale.language_code))
    return {block.id: block.value["title"] for page in found for block in page.risks}
