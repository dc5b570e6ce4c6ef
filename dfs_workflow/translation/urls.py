"""Included in the site's `i18n_patterns`: `path("", include("dfs_workflow.translation.urls"))`."""

from django.urls import URLPattern

app_name = "dfs_translation"
urlpatterns: list[URLPattern] = []
