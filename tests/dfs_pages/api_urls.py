"""The site's addresses with nothing but this app's router as its API."""

from django.urls import path
from ninja import NinjaAPI

from dfs_pages.api import router
from dfs_site.urls import urlpatterns as site_urlpatterns
from dfs_workflow.api import add_problem_handlers

api = NinjaAPI(urls_namespace="pages-alone")
api.add_router("", router)
add_problem_handlers(api)

urlpatterns = [path("api/pages/", api.urls), *site_urlpatterns]
