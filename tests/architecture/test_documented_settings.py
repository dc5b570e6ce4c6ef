"""Whoever installs an app finds every setting of it in the guide."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(file for app in ("dfs_pages", "dfs_workflow", "dfs_mou") for file in (ROOT / app).rglob("conf.py"))
SETTING = re.compile(r"\bDFS_[A-Z]+_[A-Z_]*[A-Z]\b")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_setting_is_in_the_guide_and_no_other(file):
    names = set(SETTING.findall(file.read_text(encoding="utf-8")))
    guide = set(SETTING.findall((ROOT / "docs" / "install.md").read_text(encoding="utf-8")))
    prefixes = {"_".join(name.split("_")[:2]) for name in names}
    assert names
    assert names <= guide
    assert {name for name in guide if "_".join(name.split("_")[:2]) in prefixes} <= names
