"""Our apps in somebody else's Wagtail site: they install, change nothing there, and leave again."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.prepared import once

ROOT = Path(__file__).resolve().parents[2]
INSTALL = ROOT / "docs" / "install.md"
TRANSLATION = "dfs_workflow.translation"
ALONE = {
    "workflow": ["dfs_workflow", TRANSLATION],
    "pages": ["dfs_pages", "dfs_workflow", TRANSLATION],
    "mou": ["dfs_mou", "dfs_workflow", TRANSLATION],
}
ALL = ["dfs_pages", "dfs_mou", "dfs_workflow", TRANSLATION]
INSTALL_STEPS = ("check", "makemigrations --check --dry-run", "migrate -v0", "set_up_platform")


class ForeignSite:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.apps: list[str] = []

    def run(self, *command: str) -> str:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.projects.foreign.settings",
            "FOREIGN_DATABASE": str(self.folder / "foreign.sqlite3"),
            "FOREIGN_APPS": ",".join(self.apps),
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, f"{command}: {done.stderr[-3000:]}"
        return done.stdout

    def manage(self, *steps: str) -> str:
        return self.run("-m", "tests.projects.foreign.steps", *steps)

    def behaviour(self, *arguments: str) -> Any:
        return json.loads(self.run("-m", "tests.projects.foreign.behaviour", *arguments).splitlines()[-1])


def bare_site(folder: Path) -> None:
    ForeignSite(folder).manage("migrate -v0")


@pytest.fixture
def foreign(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> ForeignSite:
    """A site that has been there before us."""
    bare = once(tmp_path_factory, "bare-site", bare_site)
    return ForeignSite(Path(shutil.copytree(bare, tmp_path / "site")))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(ALONE))
def test_an_app_stands_alone_in_a_bare_site(foreign: ForeignSite, name: str) -> None:
    foreign.apps = ALONE[name]
    assert "no issues" in foreign.manage(*INSTALL_STEPS, "check_gate")


@pytest.mark.slow
def test_the_app_of_translations_needs_none_of_the_others(foreign: ForeignSite) -> None:
    foreign.apps = [TRANSLATION]
    assert "no issues" in foreign.manage("check", "migrate -v0")


@pytest.mark.slow
def test_a_populated_site_behaves_as_before_and_we_can_leave_again(foreign: ForeignSite) -> None:
    before = foreign.behaviour("populate")
    foreign.apps = ALL
    assert "no issues" in foreign.manage(*INSTALL_STEPS, "load_content --languages fr", "check_gate")
    assert foreign.behaviour() == before
    documented = re.findall(r"\b(dfs_\w+) zero", INSTALL.read_text(encoding="utf-8"))
    leaving = [f"migrate -v0 {app} zero" for app in documented]
    foreign.manage("remove_dfs_content --yes", *leaving)
    foreign.apps = []
    assert "no issues" in foreign.manage("check")
    assert foreign.behaviour() == before
