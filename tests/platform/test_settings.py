"""Settings that are safe by default and say what is missing."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTED = {"SECRET_KEY": "s" * 20 + "9Zq_w-" * 8, "ALLOWED_HOSTS": "dfs.example,www.dfs.example"}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env={**clean, "DJANGO_SETTINGS_MODULE": "dfs_site.settings.base", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_the_deployment_check_is_clean_with_the_documented_environment(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", DFS_VAR_DIR=str(tmp_path), **DOCUMENTED)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_a_missing_variable_explains_itself(name: str) -> None:
    done = manage("check", **{key: value for key, value in DOCUMENTED.items() if key != name})
    assert done.returncode == 1
    assert f"Set the environment variable {name}" in sentence(done)


def test_a_short_secret_key_is_refused() -> None:
    assert "at least 50" in sentence(manage("check", **{**DOCUMENTED, "SECRET_KEY": "short"}))


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "oracle-ish://user:hidden@host/x",
        "postgres://user:hidden@host:port/x",
        "mysql://user:hidden@host/x",
        "postgres://user:hidden@host",
        "sqlite:///",
    ],
)
def test_a_corrupt_database_setting_is_one_clear_sentence_without_its_password(url: str) -> None:
    done = manage("check", DATABASE_URL=url, **DOCUMENTED)
    assert done.returncode == 1
    assert "DATABASE_URL can't be read" in sentence(done)
    assert "hidden" not in done.stdout + done.stderr


def test_a_database_that_cannot_be_used_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "text.sqlite3").write_text("This is no database. " * 100)
    urls = {
        f"sqlite:///{tmp_path / 'text.sqlite3'}": "file is not a database",
        "postgres://user:hidden@127.0.0.1:1/x": "connection failed",
        f"sqlite:///{tmp_path / 'mistyped' / 'db.sqlite3'}": "isn't there: make it",
    }
    for url, reason in urls.items():
        done = manage("migrate", DATABASE_URL=url, **DOCUMENTED)
        assert done.returncode == 1
        assert reason in sentence(done)
        assert "hidden" not in done.stderr
    assert not (tmp_path / "mistyped").exists()


@pytest.mark.slow
def test_a_database_that_another_command_writes_to_is_not_called_a_wrong_setting(tmp_path: Path) -> None:
    file = tmp_path / "busy.sqlite3"
    with contextlib.closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        demo = {"DJANGO_SETTINGS_MODULE": "dfs_site.settings.dev", "DFS_VAR_DIR": str(tmp_path)}
        done = manage("demo_data", DATABASE_URL=f"sqlite:///{file}", **demo)
    assert "written to by another command" in sentence(done)


def test_a_mail_server_that_is_not_there_is_one_clear_sentence() -> None:
    done = manage("sendtestemail", "someone@dfs.example", EMAIL_HOST="127.0.0.1", EMAIL_PORT="1", **DOCUMENTED)
    assert "Connection refused" in sentence(done)
    assert "EMAIL_" in sentence(done)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_a_server_that_cannot_start_says_why_and_ends(missing: str) -> None:
    wanted = {"DJANGO_SETTINGS_MODULE": "dfs_site.settings.base", "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}"}
    documented = {key: value for key, value in DOCUMENTED.items() if key != missing}
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "dfs_site.wsgi", "--bind", "127.0.0.1:0", "--workers", "2"],
        env={"PATH": os.environ["PATH"], **wanted, **documented},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert f"Set the environment variable {missing}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_corrupt_cache_setting_is_one_clear_sentence() -> None:
    assert "CACHE_URL can't be read" in sentence(manage("check", CACHE_URL="memory", **DOCUMENTED))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("EMAIL_PORT", "abc", "EMAIL_PORT must be a whole number"), ("LOG_LEVEL", "loud", "LOG_LEVEL must be one of")],
)
def test_a_wrong_setting_is_one_clear_sentence(name: str, value: str, said: str) -> None:
    assert said in sentence(manage("check", **{name: value}, **DOCUMENTED))


@pytest.mark.parametrize(
    ("url", "engine"),
    [("", "sqlite3"), ("postgres://u:p@127.0.0.1/x", "postgresql")],
)
def test_the_database_follows_one_variable(url: str, engine: str) -> None:
    code = "from django.conf import settings; print(settings.DATABASES['default']['ENGINE'])"
    assert manage("shell", "-v0", "-c", code, DATABASE_URL=url, **DOCUMENTED).stdout.strip().endswith(engine)


@pytest.mark.slow
def test_demo_passwords_are_refused_outside_the_demo(tmp_path: Path) -> None:
    code = (
        "from dfs_site.passwords import NoDemoPasswordBackend as B; from django.contrib.auth.models import User;"
        "User.objects.create_user('editor', password='demo-editor-1');"
        "print(bool(B().authenticate(None, username='editor', password='demo-editor-1')))"
    )
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}", "DFS_VAR_DIR": str(tmp_path)}
    assert manage("migrate", "-v0", "auth", **environment, **DOCUMENTED).returncode == 0
    assert manage("shell", "-v0", "-c", code, **environment, **DOCUMENTED).stdout.strip() == "False"
    assert "real site" in manage("demo_data", **environment, **DOCUMENTED).stderr
