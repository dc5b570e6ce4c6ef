"""Compresses what is safe to compress: answers that hold no secret of a person."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware


class CompressionMiddleware(GZipMiddleware):
    """Skips people who are signed in and the admin: compression beside a secret can leak it (BREACH)."""

    max_random_bytes = 0  # the same page gives the same bytes, so that an ETag means something

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES or request.path_info.startswith("/admin/"):
            return response
        return super().process_response(request, response)
