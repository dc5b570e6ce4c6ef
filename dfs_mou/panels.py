"""What the form of a page of a template holds besides its fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class CheckPanel(Panel):
    """What the check of the template says about the page; a script puts each sentence beside its field too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Check of the template"), "attrs": {"hidden": ""}, **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "dfs_mou/admin/check_panel.html"

        def get_context_data(self, parent_context: Any = None) -> Any:
            context = super().get_context_data(parent_context)
            page = self.instance
            return context | {"found_url": reverse("dfs_mou_findings", args=[page.pk]) if page.pk else ""}

        @property
        def media(self) -> forms.Media:
            return forms.Media(js=["dfs_mou/check.js", "dfs_mou/keys.js"], css={"all": ["dfs_mou/chips.css"]})
