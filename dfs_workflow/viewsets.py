from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from dfs_workflow.forms import OrganisationForm
from dfs_workflow.models import Bundle, Organisation
from dfs_workflow.views.autosave import EditPageView, EditSnippetView
from dfs_workflow.views.bundles import review_bundle
from dfs_workflow.views.ordering import GovernedPositionView
from dfs_workflow.views.unscheduling import UnschedulePageView, UnscheduleSnippetView


class GovernedPageViewSet(PageViewSet):
    """Wagtail's screens of any governed page; a site's own viewset of one type comes before it."""

    set_page_position_view_class = GovernedPositionView
    revisions_unschedule_view_class = UnschedulePageView
    edit_view_class = EditPageView


class GovernedSnippetViewSet(SnippetViewSet):
    """Wagtail's screens of governed snippets."""

    revisions_unschedule_view_class = UnscheduleSnippetView
    edit_view_class = EditSnippetView


class BundleViewSet(SnippetViewSet):
    """Wagtail's dashboard, workflow report and history; the editing screen is the one review screen."""

    model = Bundle
    icon = "clipboard-list"
    menu_label = _("Bundles")
    add_to_admin_menu = True
    menu_order = 250
    list_display = ["title", "submitted_by", "submitted_at", "closed_at", "goes_live_at", "why_held_back"]
    list_filter = ["submitted_by"]
    copy_view_enabled = False
    panels = [FieldPanel("title"), FieldPanel("reason")]

    @property
    def edit_view(self) -> Callable[..., Any]:
        return review_bundle


class OrganisationIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Organisation]:
        return super().get_base_queryset().prefetch_related("countries")


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    index_view_class = OrganisationIndexView
    icon = "group"
    menu_label = _("Organisations")
    add_to_admin_menu = True
    menu_order = 260
    list_display = ["name", "acronym", "kind", "country_names", "needs_check"]
    list_filter = ["kind", "needs_check", "countries__code"]
    search_fields = ["name", "acronym", "key"]
    search_backend_name = None
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[OrganisationForm]:
        return OrganisationForm
