"""The supplied template and example pairs, read once for the tests of this folder."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from dfs_mou.documents.edition import Edition
from dfs_mou.importers.template_yaml import load_template

CONTENT = Path(__file__).parents[2] / "dfs_mou" / "content"
TEMPLATE_FILES = [CONTENT / "mou-template.en.yaml", CONTENT / "mou-template.fr.yaml"]


@lru_cache(1)
def supplied_json() -> dict[str, Any]:
    return load_template(TEMPLATE_FILES)


@lru_cache(1)
def supplied() -> Edition:
    return Edition.from_json(supplied_json())


@lru_cache(1)
def example_pairs() -> dict[str, dict[str, Any]]:
    text = (CONTENT / "example-pairs.yaml").read_text(encoding="utf-8")
    return {pair["id"]: pair for pair in yaml.safe_load(text)["pairs"]}
