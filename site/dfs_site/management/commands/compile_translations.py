from argparse import ArgumentParser
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import to_locale

OURS = ("dfs_site", "dfs_pages", "dfs_workflow", "dfs_translation", "dfs_mou")


def catalogues() -> list[Path]:
    folders = [Path(apps.get_app_config(label).path) / "locale" for label in OURS]
    folders += [Path(path) for path in settings.LOCALE_PATHS]
    return sorted({path for folder in folders for path in folder.glob("*/LC_MESSAGES/*.po")})


class Command(BaseCommand):
    help = "Compiles the interface translations where the source is newer. Needs no GNU gettext."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="compile also what is up to date")

    def handle(self, *, force: bool, **options: object) -> None:
        compiled = 0
        for source in catalogues():
            target = source.with_suffix(".mo")
            if force or not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                polib.pofile(str(source)).save_as_mofile(str(target))
                compiled += 1
        compiled += fall_back_cleanly()
        if compiled:
            self.stdout.write(f"Compiled {compiled} catalogues of the interface.")


def fall_back_cleanly() -> int:
    """Gives the languages without a catalogue our English words, so that Django's own don't mix in between."""
    sources = [polib.pofile(str(path)) for path in catalogues() if path.parent.parent.name == "fr"]
    known = {path.parent.parent.name for path in catalogues()}
    made = 0
    for code, _name in settings.LANGUAGES:
        folder = Path(settings.LOCALE_PATHS[0]) / to_locale(code) / "LC_MESSAGES"
        if code == settings.LANGUAGE_CODE or to_locale(code) in known or (folder / "django.mo").exists():
            continue
        folder.mkdir(parents=True, exist_ok=True)
        english(sources).save_as_mofile(str(folder / "django.mo"))
        made += 1
    return made


def english(sources: list[polib.POFile]) -> polib.POFile:
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    seen = set()
    for entry in (entry for source in sources for entry in source if entry.msgid not in seen):
        seen.add(entry.msgid)
        plural = {0: entry.msgid, 1: entry.msgid_plural} if entry.msgid_plural else {}
        catalogue.append(
            polib.POEntry(
                msgctxt=entry.msgctxt,
                msgid=entry.msgid,
                msgstr="" if plural else entry.msgid,
                msgid_plural=entry.msgid_plural,
                msgstr_plural=plural,
            )
        )
    return catalogue
