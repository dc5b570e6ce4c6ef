from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from dfs_pages.fields import same_in_all_languages
from dfs_workflow.models import Gated, page_link


class IndexPage(Gated, Page):
    """A list in the main menu: of chapters, or of catalogues."""

    page_ptr = page_link()
    summary = models.TextField(_("summary"), blank=True, help_text=_("One sentence: what the reader finds here."))

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    search_fields = [*Page.search_fields, index.SearchField("summary")]
    override_translatable_fields = same_in_all_languages("show_in_menus")
    parent_page_types = ["dfs_pages.HomePage"]
    subpage_types = ["dfs_pages.ChapterPage", "dfs_pages.CataloguePage", "dfs_pages.ProfilePage"]
    admin_default_ordering = "ord"  # as readers see them, and to drag

    class Meta:
        verbose_name = _("list page")
        verbose_name_plural = _("list pages")
