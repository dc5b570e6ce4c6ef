from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page
from wagtail.search import index

from dfs_pages.fields import same_in_all_languages
from dfs_workflow.fields import CodesField
from dfs_workflow.models import Gated, page_link


class LibraryPage(Gated, Page):
    """Reports and tools that stand below it, as one list that can be filtered."""

    page_ptr = page_link()
    summary = models.TextField(_("summary"), blank=True, help_text=_("One sentence: what the reader finds here."))

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    search_fields = [*Page.search_fields, index.SearchField("summary")]
    override_translatable_fields = same_in_all_languages("show_in_menus")
    parent_page_types = ["dfs_pages.HomePage"]
    subpage_types = ["dfs_pages.LibraryEntryPage"]

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")


class LibraryEntryPage(Gated, Page):
    """A technical report or an open-source tool of somebody else; a listing is no endorsement."""

    page_ptr = page_link()

    class Kind(models.TextChoices):
        REPORT = "report", _("report or standard")
        TOOL = "tool", _("open-source tool")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    publisher = models.CharField(_("publisher"), max_length=200)
    purpose = models.TextField(_("what it is for"))
    languages = CodesField(_("languages"), help_text=_("Codes, separated by commas: en, fr."))
    licence = models.CharField(_("licence"), max_length=120)
    url = models.URLField(_("address"), max_length=500)
    checked_on = models.DateField(_("last looked at"), help_text=_("When somebody last saw that all this is true."))

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("publisher")]),
        FieldPanel("purpose"),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("languages"), FieldPanel("licence"), FieldPanel("checked_on")]),
    ]
    search_fields = [*Page.search_fields, index.SearchField("purpose"), index.SearchField("publisher")]
    override_translatable_fields = same_in_all_languages(
        "show_in_menus", "kind", "publisher", "languages", "licence", "url", "checked_on"
    )
    parent_page_types = ["dfs_pages.LibraryPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("report or tool")
        verbose_name_plural = _("reports and tools")
