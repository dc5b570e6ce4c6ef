"""Remembers what content the demo's database was loaded with, so that starting it again doesn't compare everything."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings

from dfs_workflow.models import Decision

SOURCES = ("dfs_pages/content", "dfs_mou/content", "dfs_workflow/content", "dfs_pages/importers", "dfs_mou/importers")


def is_loaded(languages: str | None) -> bool:
    return stamp_file().is_file() and stamp_file().read_text() == stamp(languages)


def remember(languages: str | None) -> None:
    stamp_file().write_text(stamp(languages))


def stamp_file() -> Path:
    return Path(settings.VAR_DIR) / "loaded"


def stamp(languages: str | None) -> str:
    """Of this database and these files: another database was first published to at another moment."""
    first = Decision.objects.order_by("pk").values_list("at", flat=True).first()
    found = sha256(f"{first} {languages}".encode())
    for folder in SOURCES:
        for path in sorted((settings.PROJECT_DIR / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                found.update(str(path.relative_to(settings.PROJECT_DIR)).encode() + path.read_bytes())
    return found.hexdigest()
