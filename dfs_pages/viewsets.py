"""Flat listings for editors: all statements of a type, wherever they stand in the tree.

They leave out the buttons that Wagtail's explorer shows in each row: those cost four queries a row.
"""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, ParentPageColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from dfs_pages.models import (
    ChapterPage,
    ControlMapping,
    ControlPage,
    GlossaryTerm,
    MissedSearch,
    Opinion,
    RecommendationPage,
    ThreatPage,
)
from dfs_workflow.conf import source_language
from dfs_workflow.viewsets import GovernedSnippetViewSet


def waiting_for(page):
    """The step of the review that is open; the listing has fetched it for all rows at once."""
    task = page.current_workflow_task
    return task.name if task else ""


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


class StatementListing(PageListingViewSet):
    @property
    def menu_url(self):
        """Begins with the texts as they are written; the filter above the list leads to all languages."""
        return f"{super().menu_url}?locale={source_language()}"

    @staticmethod
    def columns_with(*first):
        return [
            BulkActionsColumn("bulk_actions"),
            *first,
            TitleColumn("title", label=_("Title"), accessor="draft_title", sort_key="title", get_url=edit_url),
            ParentPageColumn("parent", label=_("Part of")),
            PageStatusColumn("status", label=_("State"), sort_key="live"),
            Column("waiting_for", label=_("Waiting for"), accessor=waiting_for),
            DateColumn(
                "latest_revision_created_at",
                label=pgettext_lazy("date", "Changed"),
                sort_key="latest_revision_created_at",
            ),
        ]


class RecommendationListing(StatementListing):
    model = RecommendationPage
    icon = "check"
    menu_label = _("Recommendations")
    columns = StatementListing.columns_with(Column("reference", label=_("Reference"), sort_key="reference"))


class ControlListing(StatementListing):
    model = ControlPage
    icon = "tasks"
    menu_label = _("Controls and competences")
    columns = StatementListing.columns_with(
        Column("reference", label=_("Reference"), sort_key="reference"),
        Column("itu_number", label=_("ITU number"), sort_key="itu_number"),
    )


class ThreatListing(StatementListing):
    model = ThreatPage
    icon = "warning"
    menu_label = _("Threats and families")
    columns = StatementListing.columns_with(Column("reference", label=_("Reference"), sort_key="reference"))


class ChapterListing(StatementListing):
    model = ChapterPage
    icon = "folder-open-inverse"
    menu_label = _("Chapters and sections")
    columns = StatementListing.columns_with()


class StatementListings(ViewSetGroup):
    menu_label = _("Statements")
    menu_icon = "list-ul"
    menu_order = 240
    items = (
        RecommendationListing("recommendations"),
        ControlListing("controls"),
        ThreatListing("threats"),
        ChapterListing("chapters"),
    )


class GlossaryTermViewSet(GovernedSnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 245
    add_to_admin_menu = True
    list_display = ["term", "acronym", "key", "live"]
    ordering = ["term"]


class MissedSearchViewSet(ModelViewSet):
    """What readers look for and don't find: for editors to read, and to delete once it is written."""

    model = MissedSearch
    icon = "search"
    menu_label = _("Missed searches")
    add_to_admin_menu = True
    menu_order = 270
    exclude_form_fields: list[str] = []
    list_display = ["text", "language", "times", "first_on", "last_on"]
    list_filter = ["language"]
    search_fields = ["text"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True


class OpinionViewSet(ModelViewSet):
    """What readers say of pages: for editors to read, and to delete once it is mended."""

    model = Opinion
    icon = "comment"
    menu_label = _("Opinions of readers")
    add_to_admin_menu = True
    menu_order = 271
    exclude_form_fields: list[str] = []
    list_display = ["path", "language", "is_helpful", "reason", "on"]
    list_filter = ["language", "is_helpful", "path"]
    search_fields = ["path", "reason"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True


class MappingViewSet(GovernedSnippetViewSet):
    model = ControlMapping
    icon = "link"
    menu_label = _("Mappings")
    menu_order = 246
    add_to_admin_menu = True
    list_display = ["source", "relation", "target", "target_framework", "confidence", "live"]
    list_filter = ["target_framework", "relation", "confidence"]
    list_per_page = 50
