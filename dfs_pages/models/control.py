from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from dfs_pages.blocks import Detail, Outcomes, References
from dfs_pages.fields import same_in_all_languages
from dfs_pages.models.catalogue import names_of_terms
from dfs_pages.models.counts import OutcomeCounts
from dfs_pages.models.editorial import Editorial
from dfs_pages.models.statement import OfficialNumber, Statement
from dfs_pages.models.threat import names_of_risks
from dfs_pages.page_forms import ControlForm
from dfs_workflow.fields import CodesField
from dfs_workflow.models import Gated, page_link


class ControlPage(Gated, Statement, OfficialNumber, Editorial, OutcomeCounts, Page):
    """One control of a framework, or one competence with its outcomes."""

    page_ptr = page_link()
    gitbook_number = models.CharField(_("number on the ITU knowledge platform"), max_length=40, blank=True)
    reserved = models.BooleanField(
        _("reserved"), default=False, help_text=_("The number exists, but its text couldn't be read in full.")
    )
    statement = models.TextField(
        _("statement"), blank=True, help_text=_("What has to be done or known, in words that can stand alone.")
    )
    detail = StreamField(Detail(), verbose_name=_("explanation"), blank=True)
    stakeholders = CodesField(_("stakeholders"), help_text=_("Who applies it."))
    dimensions = CodesField(_("security dimensions"), help_text=_("Which of them it serves."))
    risk = models.CharField(_("risk"), max_length=36, blank=True, help_text=_("The risk of the threat above it."))
    audit_group = models.CharField(_("group of the audit question"), max_length=40, blank=True)
    audit_question = models.TextField(_("audit question"), blank=True, help_text=_("How an auditor tests it."))
    outcomes = StreamField(Outcomes(), verbose_name=_("outcomes"), blank=True)
    unseen = models.TextField(
        _("outcomes not seen"), blank=True, help_text=_("Which outcomes of the official text are missing here.")
    )
    # The object of the OSCAL file it was imported from, for the export.
    oscal = models.JSONField(_("parts of the OSCAL file"), default=dict, blank=True, editable=False)
    note = models.TextField(_("note"), blank=True, help_text=_("Shown to readers."))
    references = StreamField(References(), verbose_name=_("literature"), blank=True)
    related = CodesField(
        _("related statements"), help_text=_("References of this site, separated by commas: SIM-MNO-03.")
    )

    proposable_fields = ("statement", "title", "detail", "audit_question", "outcomes", "note")
    proposable_as_new = ("title", "statement")
    base_form_class = ControlForm
    content_panels = [
        FieldPanel("reference"),
        *Page.content_panels,
        FieldPanel("statement"),
        FieldPanel("detail"),
        FieldPanel("stakeholders"),
        FieldPanel("dimensions"),
        FieldPanel("risk"),
        MultiFieldPanel([FieldPanel("audit_group"), FieldPanel("audit_question")], heading=_("Audit")),
        MultiFieldPanel(
            [
                FieldPanel("outcomes"),
                FieldPanel("unseen"),
                FieldRowPanel([FieldPanel(name) for name in OutcomeCounts.COUNT_FIELDS]),
            ],
            heading=_("Outcomes, for a competence"),
        ),
        MultiFieldPanel([FieldPanel("related"), FieldPanel("references")], heading=_("See also")),
        FieldPanel("note"),
        MultiFieldPanel(
            [
                FieldPanel("source_url"),
                FieldRowPanel([FieldPanel("itu_number"), FieldPanel("itu_number_basis")]),
                FieldRowPanel([FieldPanel("gitbook_number"), FieldPanel("reserved")]),
                *Editorial.editorial_panels(),
            ],
            heading=_("Source"),
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("reference", boost=5),
        index.AutocompleteField("reference"),
        index.SearchField("itu_number"),
        index.SearchField("statement", boost=2),
        index.SearchField("detail"),
        index.SearchField("outcomes"),
        index.FilterField("reference"),
    ]
    # Outdated in a translation, these are shown in the new wording of the source beside the old translation.
    normative_fields = frozenset({"statement"})
    override_translatable_fields = same_in_all_languages(
        "show_in_menus",
        "oscal",
        "reference",
        "gitbook_number",
        "reserved",
        "stakeholders",
        "dimensions",
        "risk",
        "audit_group",
        "references",
        "related",
        *OfficialNumber.OFFICIAL_FIELDS,
        *Editorial.EDITORIAL_FIELDS,
        *OutcomeCounts.COUNT_FIELDS,
    )
    parent_page_types = ["dfs_pages.ThreatPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("control or competence")
        verbose_name_plural = _("controls and competences")
        # What names a statement is asked for on the page of each.
        indexes = [models.Index(fields=["page_ptr"], condition=models.Q(related__has_any=True), name="control_related")]

    @staticmethod
    def names_of_codes(field_name: str) -> dict[str, str]:
        if field_name == "risk":
            return names_of_risks()
        kinds = {"stakeholders": "stakeholder", "dimensions": "dimension", "audit_group": "audit_group"}
        return names_of_terms(kinds[field_name]) if field_name in kinds else {}

    def clean(self) -> None:
        super().clean()
        if not self.statement and not self.reserved:
            raise ValidationError({"statement": _("Write the statement, or mark the control as reserved.")})

    @property
    def title_is_start(self) -> bool:
        """Whether the title only repeats the statement, shortened: a control of a framework has no other title."""
        return bool(self.statement) and self.statement.startswith(self.title.removesuffix("…").rstrip())
