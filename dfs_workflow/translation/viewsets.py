from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.admin.viewsets.model import ModelViewSet

from dfs_workflow.translation.models import Concept


class ConceptViewSet(ModelViewSet):
    """The termbase, by concept with its words in all languages."""

    model = Concept
    icon = "openquote"
    menu_label = _("Termbase")
    add_to_admin_menu = True
    menu_order = 246
    list_display = ["key", "definition"]
    search_fields = ["key", "definition", "terms__text"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [FieldPanel("key"), FieldPanel("definition"), InlinePanel("terms", label=_("Terms"))]
