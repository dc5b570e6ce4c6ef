"""One strict policy for readers, a wider one for the admin, which cannot run under the strict one."""

from csp.constants import SELF
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class PolicyMiddleware(CSPMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith("/admin/"):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        elif getattr(request, "is_dummy", False):
            # A preview, which Wagtail draws for the address of the page and shows in a frame of the admin.
            response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
        return super().process_response(request, response)
