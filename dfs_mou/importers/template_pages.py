"""The JSON form of an edition into pages that are not saved yet, in one of its languages.

Every page and block gets an identity derived from its key, so that the same file always makes the same
pages, and the pages of two languages belong together.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from dfs_mou.blocks.values import to_text
from dfs_mou.importers.condition_rows import rows_of
from dfs_mou.importers.sample_text import SampleText
from dfs_mou.models import ClausePage, MouTemplatePage, QuestionGroupPage
from dfs_mou.models.clause_page import NumberMode, Section
from dfs_mou.rich_text import html_of

Json = dict[str, Any]
NAMESPACE = uuid.UUID("6f1a7b52-0a54-5c0e-9f0a-4b7b7f7d5c11")


class UnfitTemplate(ValueError):
    """A template that pages can't hold; the message says what."""


def identity(template: str, place: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{template}/{place}")


class TemplatePages:
    def __init__(self, data: Json, language: str, introduction: str = "") -> None:
        self.data = data
        self.language = language
        self.introduction = introduction
        self.sample = SampleText(data, language)

    def id(self, place: str) -> str:
        return str(identity(self.data["template"], place))

    def text(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.language, "")

    def template(self) -> MouTemplatePage:
        return MouTemplatePage(
            title=self.text(self.data["title"]),
            slug="mou" if self.data["template"] == "mou-dfs-security" else self.data["template"],
            translation_key=identity(self.data["template"], ""),
            live=True,
            show_in_menus=True,
            template_key=self.data["template"],
            version=self.data["version"],
            introduction=self.introduction,
        )

    def groups(self) -> list[QuestionGroupPage]:
        return [self._group(group) for group in self.data["groups"]]

    def clauses(self) -> list[ClausePage]:
        sections = ((Section.CLAUSE, self.data["clauses"]), (Section.ANNEX, self.data["annexes"]))
        return [self._clause(node, section) for section, nodes in sections for node in nodes]

    def _group(self, group: Json) -> QuestionGroupPage:
        rows = [self._variable(row) for row in self.data["variables"] if row["group"] == group["key"]]
        return QuestionGroupPage(
            title=self.text(group["title"]),
            slug=f"questions-{group['key'].replace('_', '-')}",
            translation_key=identity(self.data["template"], f"group/{group['key']}"),
            live=True,
            key=group["key"],
            help=self.text(group["help"]),
            variables=json.dumps(rows),
        )

    def _variable(self, row: Json) -> Json:
        place = f"variable/{row['name']}"
        choices = [
            {
                "type": "item",
                "id": self.id(f"{place}/{choice['value']}"),
                "value": {"value": choice["value"], "label": self.text(choice["label"])},
            }
            for choice in row["choices"]
        ]
        default = row["default"]
        localised = default.get(self.language) if row["localised"] and isinstance(default, dict) else None
        value = {
            **{name: row[name] for name in ("name", "type", "required", "localised", "min", "max")},
            "label": self.text(row["label"]),
            "help": self.text(row["help"]),
            "choices": choices,
            "default_value": "" if row["localised"] else to_text(default),
            "default_text": to_text(localised),
            "example": to_text(row["example"].get(self.language)),
            "form_of": row["form_of"] or "",
            "unit": row["unit"] or "",
        }
        return {"type": "variable", "id": self.id(place), "value": value}

    def _clause(self, node: Json, section: Section) -> ClausePage:
        number = node["number"]
        mode = NumberMode.COUNTED if number is None else NumberMode.GIVEN if number else NumberMode.NONE
        return ClausePage(
            title=self.text(node["title"]) or node["key"],
            slug=node["key"],
            translation_key=identity(self.data["template"], f"clause/{node['key']}"),
            live=True,
            reference=node["reference"],
            section=section,
            number_mode=mode,
            number_text=number or "",
            numbering=node["numbering"].get(self.language, "decimal"),
            clauses=json.dumps([self._part(part, "clause") for part in node["clauses"]]),
            **{name: value for name, value in self._node(node).items() if name not in ("title", "condition")},
            condition=json.dumps(self._condition(node)),
        )

    def _part(self, node: Json, block: str) -> Json:
        if node["number"] is not None:
            raise UnfitTemplate(f"the sub-clause “{node['key']}” has a number of its own")
        value = self._node(node)
        if block == "clause":
            value["numbering"] = next(iter(node["numbering"].values()), "lower_alpha")
            value["clauses"] = [self._part(part, "item") for part in node["clauses"]]
            if len(set(node["numbering"].values())) > 1:
                raise UnfitTemplate(f"the numbering of the sub-clause “{node['key']}” differs between languages")
        elif node["clauses"]:
            raise UnfitTemplate(f"the sub-clause “{node['key']}” is nested too deeply")
        return {"type": block, "id": self.id(f"clause/{node['key']}"), "value": value}

    def _node(self, node: Json) -> Json:
        return {
            "key": node["key"],
            "title": self.text(node["title"]),
            "body": html_of(node["body"].get(self.language, []), self.sample.label),
            "kind": node["kind"],
            "alternatives_group": node["alternatives_group"] or "",
            "condition": self._condition(node),
            "default_included": node["default_included"],
            "requires": " ".join(node["requires"]),
            "guidance": self.text(node["guidance"]),
            "itu_reference": node["itu_reference"] or "",
        }

    def _condition(self, node: Json) -> list[Json]:
        return rows_of(node["condition"], lambda place: self.id(f"clause/{node['key']}/{place}"))
