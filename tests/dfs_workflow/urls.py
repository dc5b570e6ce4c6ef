"""The site's addresses with Wagtail's preview API beside them, which the product doesn't mount."""

from django.urls import include, path
from wagtail.api.v3.urls import api

from dfs_site.urls import urlpatterns as site_urls

urlpatterns = [
    path("api/v3-preview/", api.urls),
    path("en/", include("dfs_workflow.urls")),
    path("fr/", include("dfs_workflow.urls")),
    *site_urls,
]
