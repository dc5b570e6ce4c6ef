"""Included in the site's `i18n_patterns`: `path("", include("dfs_workflow.translation.urls"))`."""

from django.urls import path

from dfs_workflow.translation.views.dashboard import summary

app_name = "dfs_translation"
urlpatterns = [path("translations/", summary, name="summary")]
