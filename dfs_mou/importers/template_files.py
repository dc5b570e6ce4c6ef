"""The files of the supplied template, inside the package."""

from pathlib import Path
from typing import Any

from django.conf import settings

from dfs_mou.importers.template_yaml import load_template
from dfs_workflow.importers.yaml_source import load_yaml

CONTENT = Path(__file__).parent.parent / "content"
FIRST = "mou-template"
TEMPLATES = (FIRST, "mou-sim-swap", "mou-three-party")  # how the names of the files of each supplied template begin


def template_files(folder: Path = CONTENT, stem: str = FIRST) -> list[Path]:
    """The source language first."""
    return [folder / f"{stem}.en.yaml", *sorted(folder.glob(f"{stem}.[!e]*.yaml"))]


def translation_file(language: str, folder: Path = CONTENT, stem: str = FIRST) -> Path:
    return folder / "translations" / language / f"{stem}.po"


def translation_files(folder: Path = CONTENT, stem: str = FIRST) -> dict[str, Path]:
    """By language: the PO file of each language of this site that has one."""
    files = {code: translation_file(code, folder, stem) for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES}
    return {code: path for code, path in files.items() if path.exists()}


def read_template(paths: list[Path]) -> dict[str, Any]:
    return in_page_order(load_template(paths))


def introductions(paths: list[Path]) -> dict[str, str]:
    contents = [load_yaml(path.name, path.read_text(encoding="utf-8")) for path in paths]
    return {content["language"]: str(content.get("description") or "") for content in contents}


def in_page_order(data: dict[str, Any]) -> dict[str, Any]:
    """Questions in the order of their groups: a group is a page, and a page holds its questions together."""
    order = [group["key"] for group in data["groups"]]
    return data | {"variables": sorted(data["variables"], key=lambda row: order.index(row["group"]))}
