from django.db import models
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from dfs_pages.blocks import Detail, References, Threats
from dfs_pages.conf import audiences
from dfs_pages.fields import same_in_all_languages
from dfs_pages.models.chapter import ChapterPage
from dfs_pages.models.editorial import Editorial
from dfs_pages.models.statement import OfficialNumber, Statement
from dfs_pages.page_forms import StatementForm
from dfs_workflow.fields import CodesField
from dfs_workflow.models import Gated, page_link

IN_ITS_CHAPTER = "chapter"


class RecommendationPage(Gated, Statement, OfficialNumber, Editorial, Page):
    """One recommendation: it has its own link, history, review and translation."""

    page_ptr = page_link()
    statement = models.TextField(
        _("statement"), help_text=_("What is recommended, in one or two sentences that can stand alone and be cited.")
    )
    detail = StreamField(
        Detail(), verbose_name=_("explanation"), blank=True, help_text=_("How, when and why; each point on its own.")
    )
    audiences = CodesField(_("addressed to"), help_text=_("Who has to act."))
    threats = StreamField(Threats(), verbose_name=_("threats it answers"), blank=True)
    references = StreamField(References(), verbose_name=_("literature"), blank=True)
    related = CodesField(
        _("related statements"), help_text=_("References of this site, separated by commas: SAF-052, SAF-053.")
    )
    source_item = models.CharField(
        _("place in the source"), max_length=120, blank=True, help_text=_("For example “MNO list, item 1”.")
    )

    proposable_fields = ("statement", "title", "detail")
    proposable_as_new = ("title", "statement")
    base_form_class = StatementForm
    content_panels = [
        FieldPanel("reference"),
        *Page.content_panels,
        FieldPanel("statement"),
        FieldPanel("detail"),
        FieldPanel("audiences"),
        FieldPanel("threats"),
        MultiFieldPanel([FieldPanel("related"), FieldPanel("references")], heading=_("See also")),
        MultiFieldPanel(
            [
                FieldPanel("source_url"),
                FieldPanel("source_item"),
                FieldPanel("itu_number"),
                FieldPanel("itu_number_basis"),
                *Editorial.editorial_panels(),
            ],
            heading=_("Source"),
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("reference", boost=5),
        index.AutocompleteField("reference"),
        index.SearchField("statement", boost=2),
        index.SearchField("detail"),
        index.SearchField("threats"),
        index.FilterField("reference"),
    ]
    # Outdated in a translation, these are shown in the new wording of the source beside the old translation.
    normative_fields = frozenset({"statement"})
    override_translatable_fields = same_in_all_languages(
        "show_in_menus",
        "reference",
        "audiences",
        "references",
        "related",
        "source_item",
        *OfficialNumber.OFFICIAL_FIELDS,
        *Editorial.EDITORIAL_FIELDS,
    )
    parent_page_types = ["dfs_pages.ChapterPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        # What names a statement is asked for on the page of each.
        indexes = [
            models.Index(fields=["page_ptr"], condition=models.Q(related__has_any=True), name="recommendation_related")
        ]

    @staticmethod
    def names_of_codes(field_name: str) -> dict[str, str]:
        return {code: str(name) for code, name in audiences().items()} if field_name == "audiences" else {}

    def prepare_proposed(self, parent):
        super().prepare_proposed(parent)
        self.audiences = getattr(parent, "audiences", [])

    @property
    def preview_modes(self):
        return [("", _("Alone")), (IN_ITS_CHAPTER, _("In its chapter"))]

    def serve_preview(self, request, mode_name):
        """The whole chapter is rendered by its own template, with this draft in the place of what is live."""
        if mode_name != IN_ITS_CHAPTER:
            return super().serve_preview(request, mode_name)
        chapter = ChapterPage.objects.ancestor_of(self).order_by("path").first()
        context = {**chapter.get_context(request), "preview": self}
        return TemplateResponse(request, chapter.get_template(request), context)
