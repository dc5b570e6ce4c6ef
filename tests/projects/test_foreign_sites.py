"""Our apps in somebody else's Wagtail site: they install, change nothing there, and leave again."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRANSLATION = "dfs_workflow.translation"
ALONE = {
    "workflow": ["dfs_workflow", TRANSLATION],
    "pages": ["dfs_pages", "dfs_workflow", TRANSLATION],
    "mou": ["dfs_mou", "dfs_workflow", TRANSLATION],
    "all": ["dfs_pages", "dfs_mou", "dfs_workflow", TRANSLATION],
}


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

    def manage(self, *arguments: str) -> str:
        return self.run("-m", "django", *arguments)

    def behaviour(self, *arguments: str) -> Any:
        return json.loads(self.run("-m", "tests.projects.foreign.behaviour", *arguments).splitlines()[-1])


@pytest.fixture
def foreign(tmp_path: Path) -> ForeignSite:
    return ForeignSite(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(ALONE))
def test_an_app_stands_alone_in_a_bare_site(foreign: ForeignSite, name: str) -> None:
    foreign.apps = ALONE[name]
    assert "no issues" in foreign.manage("check")
    foreign.manage("makemigrations", "--check", "--dry-run")
    foreign.manage("migrate", "-v0")
    foreign.manage("set_up_platform")
    foreign.manage("check_gate")


@pytest.mark.slow
def test_the_app_of_translations_needs_none_of_the_others(foreign: ForeignSite) -> None:
    foreign.apps = [TRANSLATION]
    assert "no issues" in foreign.manage("check")
    foreign.manage("migrate", "-v0")


@pytest.mark.slow
def test_a_populated_site_behaves_as_before_and_we_can_leave_again(foreign: ForeignSite) -> None:
    foreign.manage("migrate", "-v0")
    before = foreign.behaviour("populate")
    foreign.apps = ALONE["all"]
    foreign.manage("migrate", "-v0")
    foreign.manage("set_up_platform")
    foreign.manage("load_content", "--languages", "fr")
    foreign.manage("check_gate")
    assert foreign.behaviour() == before
    foreign.manage("remove_dfs_content", "--yes")
    for app in ("dfs_mou", "dfs_pages", "dfs_workflow", "dfs_translation"):
        foreign.manage("migrate", "-v0", app, "zero")
    foreign.apps = []
    assert "no issues" in foreign.manage("check")
    assert foreign.behaviour() == before
