"""Reads the environment; a missing or broken variable explains itself."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

MINIMUM_SECRET_LENGTH = 50
ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")


class WrongSetting(ImproperlyConfigured):
    """One sentence for whoever runs the site; no traceback tells them more."""


def secret_key() -> str:
    key = os.environ.get("SECRET_KEY", "")
    if len(key) < MINIMUM_SECRET_LENGTH:
        raise WrongSetting(
            f"Set the environment variable SECRET_KEY to a random string of at least {MINIMUM_SECRET_LENGTH} "
            "characters, for example: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return key


def hosts() -> list[str]:
    names = [name.strip() for name in os.environ.get("ALLOWED_HOSTS", "").split(",") if name.strip()]
    if not names:
        raise WrongSetting(
            "Set the environment variable ALLOWED_HOSTS to the host names of the site, separated by commas; "
            "the first one is used in mails and permanent links."
        )
    return names


def database(default: str) -> dict[str, Any]:
    """SQLite is opened in WAL mode with immediate transactions, so that several processes can write."""
    named = os.environ.get("DATABASE_URL")
    url = named or default
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError):
        config = {}
    if config.get("ENGINE") not in ENGINES or config.get("NAME") in ("", None, ":memory:"):
        # The address may hold a password: it is never repeated in the message.
        raise WrongSetting(
            "DATABASE_URL can't be read. Use for example postgres://user:password@host:5432/name "
            "or sqlite:////folder/file.sqlite3, or leave it unset for the embedded SQLite."
        )
    if config["ENGINE"] == "django.db.backends.sqlite3":
        prepare_folder(Path(config["NAME"]).parent, is_ours=not named)
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # What is deleted is overwritten in the file, too.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000; "
            "PRAGMA secure_delete=ON;",
        }
    return config


def prepare_folder(folder: Path, *, is_ours: bool) -> None:
    if not is_ours and not folder.is_dir():
        raise WrongSetting(f"The folder of the database, {folder}, isn't there: make it, or correct DATABASE_URL.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(f"The folder of the database, {folder}, can't be made: {error.strerror}.") from error


def caches() -> dict[str, Any]:
    """Kept answers stand apart: a flood of addresses must not push out what limits the flood."""
    url = os.environ.get("CACHE_URL", "")
    if not url:
        return {
            "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
            "answers": {
                "BACKEND": "dfs_site.kept_answers.BoundedMemoryCache",
                "LOCATION": "answers",
                "OPTIONS": {"MAX_ENTRIES": 2000},
            },
        }
    if not url.startswith(("redis://", "rediss://")):
        raise WrongSetting(
            "CACHE_URL can't be read. Use for example redis://127.0.0.1:6379/1 (Redis or Valkey), or leave it unset."
        )
    redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    return {"default": redis, "answers": {**redis, "KEY_PREFIX": "answers"}}


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise WrongSetting(f"{name} must be yes or no, not {value!r}.")
    return default


LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def number(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal():
        raise WrongSetting(f"{name} must be a whole number, for example {default}.")
    return int(text)


def one_of(name: str, default: str, known: tuple[str, ...]) -> str:
    text = (os.environ.get(name) or default).upper()
    if text not in known:
        raise WrongSetting(f"{name} must be one of {', '.join(known)}.")
    return text
