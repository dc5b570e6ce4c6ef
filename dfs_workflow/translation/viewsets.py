from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from dfs_workflow.translation.models import Concept


class ConceptIndexView(IndexView):
    @cached_property
    def header_more_buttons(self):
        url = reverse("dfs_translation_terms")
        return [*super().header_more_buttons, Button(_("Termbase as a file"), url, icon_name="download")]


class ConceptViewSet(ModelViewSet):
    """The termbase, by concept with its words in all languages."""

    model = Concept
    index_view_class = ConceptIndexView
    inspect_view_enabled = True
    icon = "openquote"
    menu_label = _("Termbase")
    add_to_admin_menu = True
    menu_order = 246
    list_display = ["key", "definition"]
    search_fields = ["key", "definition", "terms__text"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [FieldPanel("key"), FieldPanel("definition"), InlinePanel("terms", label=_("Terms"))]
