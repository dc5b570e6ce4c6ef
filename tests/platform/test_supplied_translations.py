"""The translations that we supply pass the checks that we ask of others."""

from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def test_no_supplied_translation_has_an_error(capsys):
    folders = [str(ROOT / app / "content" / "translations") for app in ("dfs_pages", "dfs_mou")]
    call_command("check_translations", "--errors", *folders)
    assert "\n0 errors" in f"\n{capsys.readouterr().out}"
