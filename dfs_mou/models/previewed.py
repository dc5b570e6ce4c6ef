from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

IN_DOCUMENT = "document"


class PreviewedInDocument:
    """A page of a template: editors see it as readers do, or inside the whole document with sample answers."""

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("As readers see it")), (IN_DOCUMENT, _("In the document, with sample answers"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        if mode_name == IN_DOCUMENT:
            return "dfs_mou/preview.html"
        return super().get_preview_template(request, mode_name)  # type: ignore[misc, no-any-return]
