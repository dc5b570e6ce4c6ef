from django.conf import settings
from django.http import HttpRequest, HttpResponse


def robots(request: HttpRequest) -> HttpResponse:
    text = f"User-agent: *\nDisallow: /admin/\nDisallow: /api/\nSitemap: {settings.WAGTAILADMIN_BASE_URL}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain")
