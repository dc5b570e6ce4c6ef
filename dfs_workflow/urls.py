"""Included in the site's `i18n_patterns`: `path("", include("dfs_workflow.urls"))`, before Wagtail's own."""

from django.urls import path

from dfs_workflow.views import permanent_link

app_name = "dfs_workflow"
urlpatterns = [
    path("r/<slug:reference>/", permanent_link, name="permanent_link"),
]
