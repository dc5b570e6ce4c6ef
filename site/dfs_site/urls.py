from allauth.account.views import logout
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from dfs_site.accounts.views import reset
from dfs_site.api import api, unknown_path
from dfs_site.first_visit import first_visit
from dfs_site.health import health
from dfs_site.media import media
from dfs_site.offline import worker
from dfs_site.references import choose_language
from dfs_site.robots import robots
from dfs_site.sitemap import sitemap
from dfs_workflow.views.editions import edition_file

handler400 = "dfs_site.errors.bad_request"

urlpatterns = [
    path("", first_visit),
    path("health/", health),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap),
    path("offline.js", worker, name="offline_worker"),
    path("r/<str:reference>", choose_language),
    path("r/<str:reference>/", choose_language),
    path("e/files/<str:digest>", edition_file),
    path("api/v1/", api.urls),
    re_path(r"^api(?:/.*)?$", unknown_path),
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/logout/", logout),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", media),
]

urlpatterns += i18n_patterns(
    path("accounts/", include("dfs_site.accounts.urls")),
    path("members/second-factor/<int:pk>/", reset, name="reset_second_factor"),
    path("", include("dfs_pages.urls")),
    path("", include("dfs_workflow.urls")),
    path("", include("dfs_workflow.translation.urls")),
    path("", include("dfs_mou.urls")),
    path("", include(wagtail_urls)),
)
