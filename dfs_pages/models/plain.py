from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from dfs_pages.blocks import Narrative
from dfs_pages.fields import same_in_all_languages
from dfs_workflow.models import Gated, page_link


class PlainPage(Gated, Page):
    """A page about the site itself: about, contact, privacy …"""

    page_ptr = page_link()
    summary = models.TextField(_("summary"), blank=True, help_text=_("One sentence, for lists and search results."))
    body = StreamField(Narrative(), verbose_name=_("text"), blank=True)

    proposable_fields = ("summary", "title", "body")
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    override_translatable_fields = same_in_all_languages("show_in_menus")
    parent_page_types = ["dfs_pages.HomePage", "dfs_pages.PlainPage"]
    subpage_types = ["dfs_pages.PlainPage"]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
