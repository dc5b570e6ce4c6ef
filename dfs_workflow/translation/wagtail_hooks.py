from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from dfs_workflow.translation import permissions
from dfs_workflow.translation.views import dashboard, files, side_by_side, source_changes, terms
from dfs_workflow.translation.viewsets import ConceptViewSet

hooks.register("after_edit_page", source_changes.tell_cost)
hooks.register("before_edit_page", source_changes.offer_changes)
hooks.register("before_edit_snippet", source_changes.offer_changes)


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("translations/", dashboard.dashboard, name="dfs_translation_dashboard"),
        path("translations/chapter/<str:path>/", dashboard.chapter, name="dfs_translation_chapter"),
        path("translations/next/<str:code>/", dashboard.next_segment, name="dfs_translation_next"),
        path("translations/files/<str:code>/", files.files, name="dfs_translation_files"),
        path("translations/imports/<int:import_id>/", files.report, name="dfs_translation_import"),
        path("translations/terms/", terms.term_files, name="dfs_translation_terms"),
        path("translations/source/<int:source_id>/", source_changes.source_changes, name="dfs_translation_source"),
        path("translations/<int:translation_id>/", side_by_side.side_by_side, name="dfs_translation_side_by_side"),
    ]


@hooks.register("register_admin_menu_item")
def register_menu_item():
    return MenuItem(
        _("Translations"),
        reverse("dfs_translation_dashboard"),
        name="dfs-translations",
        icon_name="wagtail-localize-language",
        order=245,
    )


@hooks.register("register_admin_viewset")
def register_termbase():
    return ConceptViewSet("termbase")


@hooks.register("register_permissions")
def register_right_to_judge():
    return permissions.to_judge()
