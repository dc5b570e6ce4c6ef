from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from dfs_pages.blocks import Narrative, Sources
from dfs_pages.conf import audiences
from dfs_pages.fields import same_in_all_languages
from dfs_pages.models.editorial import Editorial
from dfs_pages.page_forms import ChapterForm
from dfs_workflow.fields import CodesField
from dfs_workflow.models import Gated, page_link


class ChapterPage(Gated, Editorial, Page):
    """A chapter, or a section of one: narrative first, then its recommendations or further sections, in tree order."""

    page_ptr = page_link()
    short_title = models.CharField(
        _("short title"),
        max_length=80,
        blank=True,
        help_text=_("For menus and breadcrumbs, where the title is too long."),
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("One or two sentences below the title."))
    body = StreamField(Narrative(), verbose_name=_("text"), blank=True)
    audiences = CodesField(_("addressed to"), help_text=_("Whom the recommendations of this chapter address."))
    reference_prefix = models.CharField(
        _("prefix of references"),
        max_length=20,
        blank=True,
        help_text=_("For example SIM-MNO: a new recommendation here is offered the next number, SIM-MNO-15."),
    )
    sources = StreamField(Sources(), verbose_name=_("sources"), blank=True)

    proposable_fields = ("summary", "title", "body")
    base_form_class = ChapterForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("short_title"),
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("audiences"), FieldPanel("reference_prefix")], heading=_("Recommendations of this chapter")
        ),
        MultiFieldPanel(
            [FieldPanel("source_url"), FieldPanel("sources"), *Editorial.editorial_panels()],
            heading=_("Sources"),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    override_translatable_fields = same_in_all_languages(
        "show_in_menus", "audiences", "reference_prefix", "sources", *Editorial.EDITORIAL_FIELDS
    )
    parent_page_types = ["dfs_pages.IndexPage", "dfs_pages.ChapterPage"]
    subpage_types = ["dfs_pages.ChapterPage", "dfs_pages.RecommendationPage"]
    admin_default_ordering = "ord"  # as readers see them, and to drag

    class Meta:
        verbose_name = _("chapter or section")
        verbose_name_plural = _("chapters and sections")

    @staticmethod
    def names_of_codes(field_name: str) -> dict[str, str]:
        return {code: str(name) for code, name in audiences().items()} if field_name == "audiences" else {}

    @property
    def menu_title(self) -> str:
        return self.short_title or self.title
