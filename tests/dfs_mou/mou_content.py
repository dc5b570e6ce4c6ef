"""The supplied template and example pairs, read once for the tests of this folder."""

import csv
import datetime
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from dfs_mou.documents.answers import Answers
from dfs_mou.documents.document import Document
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.tree import build
from dfs_mou.importers.template_yaml import load_template
from dfs_mou.models import TemplateEdition

CONTENT = Path(__file__).parents[2] / "dfs_mou" / "content"
TEMPLATE_FILES = [CONTENT / "mou-template.en.yaml", CONTENT / "mou-template.fr.yaml"]


@lru_cache(1)
def _supplied_text() -> str:
    return json.dumps(load_template(TEMPLATE_FILES))


def supplied_json() -> dict[str, Any]:
    """Anew for each caller, who may change it."""
    return json.loads(_supplied_text())


@lru_cache(1)
def supplied() -> Edition:
    return Edition.from_json(supplied_json())


@lru_cache(1)
def example_pairs() -> dict[str, dict[str, Any]]:
    text = (CONTENT / "example-pairs.yaml").read_text(encoding="utf-8")
    return {pair["id"]: pair for pair in yaml.safe_load(text)["pairs"]}


def new_edition(content: dict[str, Any]) -> TemplateEdition:
    """Under its true hash: a process reads each edition once."""
    return TemplateEdition.objects.create(
        template=content["template"],
        version=content["version"],
        sha256=Edition.from_json(content).sha256,
        languages=content["languages"],
        content=content,
    )


DATE = datetime.date(2026, 11, 24)


def pair_answers(pair_id: str) -> Answers:
    """The answers of an example pair, in the languages that the template has."""
    pair = example_pairs()[pair_id]
    values = {language: part for language, part in pair["values"].items() if language in supplied().languages}
    return Answers(pair["common"], values)


@lru_cache(8)
def pair_document(pair_id: str, language: str) -> Document:
    return build(supplied(), pair_answers(pair_id), language=language, date=DATE)


# The four example pairs in those of their languages that the template has.
PAIRS = [
    ("ng-ncc-cbn", "en"),
    ("sn-artp-bceao", "fr"),
    ("sn-artp-bceao", "en"),
    ("jo-trc-cbj", "en"),
    ("ph-ntc-bsp", "en"),
]


@lru_cache(1)
def directory() -> list[dict[str, str]]:
    path = CONTENT.parents[1] / "dfs_workflow" / "content" / "organisations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def paragraphs(document: Document) -> list[str]:
    """The text of every heading, paragraph, list item and table cell of a document."""
    texts = [clause.heading for clause in document.walk()]
    for clause in document.walk():
        for block in clause.blocks:
            groups = {
                "Paragraph": lambda block: [block.spans],
                "BulletList": lambda block: block.items,
                "Table": lambda block: [cell for row in block.rows for cell in row],
                "SignatureLine": lambda block: [],
            }[type(block).__name__](block)
            texts += ["".join(" " if s.kind == "break" else s.text for s in spans) for spans in groups]
    return texts
