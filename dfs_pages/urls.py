"""Included in the site's `i18n_patterns`: `path("", include("dfs_pages.urls"))`, before Wagtail's own."""

from django.urls import path, re_path

from dfs_pages import views
from dfs_pages.views.booklets import FILE_FORMAT

app_name = "dfs_pages"
urlpatterns = [
    path("llms.txt", views.llms_txt, name="llms_txt"),
    path("feed.atom", views.feed, name="feed"),
    re_path(r"^(?P<path>[^.]+)/feed\.atom$", views.feed, name="feed_below"),
    re_path(r"^(?P<path>[^.]+)\.md$", views.markdown_twin, name="markdown_twin"),
    re_path(r"^mappings/(?P<code>[-\w]+)\.(?P<kind>csv|xlsx)$", views.mapping_spreadsheet, name="mapping_spreadsheet"),
    re_path(r"^search\.(?P<kind>csv|xlsx)$", views.search_spreadsheet, name="search_spreadsheet"),
    re_path(r"^glossary\.(?P<kind>csv|xlsx)$", views.glossary_spreadsheet, name="glossary_spreadsheet"),
    re_path(r"^(?P<path>[^.]+)\.(?P<kind>csv|xlsx)$", views.spreadsheet, name="spreadsheet"),
    re_path(rf"^(?P<path>[^.]+)\.(?P<kind>{FILE_FORMAT})$", views.booklet, name="booklet"),
    re_path(rf"^(?P<path>[^.]+)\.(?P<kind>{FILE_FORMAT})/progress/$", views.booklet_progress, name="booklet_progress"),
    path("helpful/", views.helpful, name="helpful_home"),
    re_path(r"^(?P<path>[^.]+)/helpful/$", views.helpful, name="helpful"),
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.suggestions, name="suggestions"),
    path("glossary/", views.glossary, name="glossary"),
    path("r/<slug:reference>/history/", views.history, name="history"),
    path("mappings/", views.mappings, name="mappings"),
    path("mappings/<slug:code>/", views.framework, name="framework"),
    path("mappings/<slug:code>/<str:identifier>/", views.mapped_item, name="mapped_item"),
]
