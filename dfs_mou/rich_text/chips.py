"""Chips: a variable or a cross-reference inside a clause, one thing that the editor can't break.

Stored as `<a linktype="mouvar" id="KEY">label</a>`: the only form that stays whole and inside one
segment in wagtail-localize. The label is sample text; documents and pages put the real one there.
"""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler

# feature name: entity type, link type, label of the button, its description
CHIPS = {
    "mou-var": ("MOUVAR", "mouvar", "{x}", _("Answer of the drafters")),
    "mou-ref": ("MOUREF", "mouref", "§", _("Cross-reference")),
}
TEXTS = {
    "search": _("Search by words, key or sample text"),
    "insert": _("Insert"),
    "cancel": _("Cancel"),
    "nothing": _("Nothing found."),
    "failed": _("The list could not be loaded."),
}


class ChipElementHandler(InlineEntityElementHandler):
    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"name": attrs.get("id", "")}


class ChipFeature(EntityFeature):
    def construct_options(self, options: dict[str, Any]) -> None:
        entity = {**self.data, "choicesUrl": reverse("dfs_mou_chips", args=[self.data["linkType"]])}
        options.setdefault(self.option_name, []).append(entity)


class VariableLinkHandler(LinkHandler):
    identifier = "mouvar"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        return format_html('<a class="chip" data-var="{}">', attrs.get("id", ""))


class ReferenceLinkHandler(LinkHandler):
    identifier = "mouref"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        return format_html('<a class="chip" data-ref="{}">', attrs.get("id", ""))


def register_chips(features: Any) -> None:
    for name, (entity, linktype, label, description) in CHIPS.items():
        features.register_editor_plugin(
            "draftail",
            name,
            ChipFeature(
                {"type": entity, "linkType": linktype, "label": label, "description": description, "texts": TEXTS},
                js=["dfs_mou/chips.js"],
                css={"all": ["dfs_mou/chips.css"]},
            ),
        )
        features.register_converter_rule(
            "contentstate",
            name,
            {
                "from_database_format": {f'a[linktype="{linktype}"]': ChipElementHandler(entity)},
                "to_database_format": {"entity_decorators": {entity: _element(linktype)}},
            },
        )
    features.register_link_type(VariableLinkHandler)
    features.register_link_type(ReferenceLinkHandler)


def _element(linktype: str) -> Any:
    return lambda props: DOM.create_element("a", {"linktype": linktype, "id": props["name"]}, props["children"])
