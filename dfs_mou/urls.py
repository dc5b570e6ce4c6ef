"""Readers' pages, for the site's `i18n_patterns`, before Wagtail's own: `path("", include("dfs_mou.urls"))`."""

from django.urls import path

from dfs_mou.views.builder import builder, forget, resume
from dfs_mou.views.chips import chip_choices

app_name = "dfs_mou"
urlpatterns = [
    path("mou-builder/", builder, name="builder"),
    path("mou-builder/resume/<str:token>/", resume, name="resume"),
    path("mou-builder/delete/", forget, name="forget"),
]
admin_urlpatterns = [path("mou/chips/<str:linktype>/", chip_choices, name="dfs_mou_chips")]
