from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from dfs_pages.blocks import Chosen
from dfs_pages.fields import same_in_all_languages
from dfs_workflow.models import Gated, page_link


class ProfilePage(Gated, Page):
    """Where one kind of stakeholder starts: a few controls in order, each with the reason why it comes first."""

    page_ptr = page_link()
    stakeholder = models.SlugField(_("stakeholder"), max_length=40, help_text=_("Its code in the catalogue."))
    summary = models.TextField(_("summary"), blank=True, help_text=_("One or two sentences below the title."))
    items = StreamField(Chosen(), verbose_name=_("controls, the first one first"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("stakeholder"), FieldPanel("items")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("items")]
    override_translatable_fields = same_in_all_languages("show_in_menus", "stakeholder")
    parent_page_types = ["dfs_pages.IndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("profile of a stakeholder")
        verbose_name_plural = _("profiles of stakeholders")
