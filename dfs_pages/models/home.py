from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from dfs_pages.blocks import Narrative
from dfs_pages.fields import same_in_all_languages
from dfs_workflow.models import FallbackRouteMixin, Gated, page_link


class HomePage(Gated, FallbackRouteMixin, Page):
    """The front page of one language; everything else stands below it."""

    page_ptr = page_link()
    lead = models.TextField(_("lead"), blank=True, help_text=_("One or two sentences below the title."))
    body = StreamField(Narrative(), verbose_name=_("text"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    override_translatable_fields = same_in_all_languages("show_in_menus")
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
