"""What a wheel holds: everything the apps need once they are installed somewhere else."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Built from the tracked files, as a release would be."""
    source = tmp_path_factory.mktemp("source")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in tracked.split("\0")[:-1]:
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "dfs_site.settings.test"}
    manage = [sys.executable, "manage.py", "compile_translations"]
    subprocess.run(manage, cwd=source, env=environment, check=True, capture_output=True)
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    (wheel,) = (source / "dist").glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "dfs_pages/templates/dfs_pages/chapter_page.html",
        "dfs_pages/content/sim-swap.yaml",
        "dfs_pages/content/translations/ar/sim-swap.po",
        "dfs_pages/locale/fr/LC_MESSAGES/django.mo",
        "dfs_pages/migrations/0001_initial.py",
        "dfs_workflow/static/dfs_workflow/look.css",
        "dfs_workflow/content/organisations.csv",
        "dfs_workflow/locale/ar/LC_MESSAGES/django.mo",
        "dfs_mou/content/mou-template.en.yaml",
        "dfs_mou/locale/ar/LC_MESSAGES/django.mo",
        "dfs_site/settings/base.py",
        "dfs_site/templates/404.html",
        "dfs_site/locale/fr/LC_MESSAGES/django.mo",
    ],
)
def test_the_wheel_holds(names: set[str], name: str) -> None:
    assert name in names


@pytest.mark.slow
def test_the_wheel_holds_fonts_and_no_tests(names: set[str]) -> None:
    assert any(name.startswith("dfs_workflow/fonts/") and name.endswith(".ttf") for name in names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {
        "dfs_pages", "dfs_workflow", "dfs_mou", "dfs_site", "dfs_security_platform",
    }  # fmt: skip
