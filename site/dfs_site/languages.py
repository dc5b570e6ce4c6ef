"""Languages in addresses: only what readers open has a language prefix."""

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware

WITHOUT_LANGUAGE = ("/api/", "/admin/", "/documents/", "/health/", "/static/", "/media/", "/e/files/")


class SiteLocaleMiddleware(LocaleMiddleware):
    """An unknown address of the API stays a 404 there instead of being redirected to a language."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if f"{request.path_info}/".startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)
