from argparse import ArgumentParser
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import to_locale

OURS = ("dfs_site", "dfs_pages", "dfs_workflow", "dfs_translation", "dfs_mou")
ENGLISH = "X-English-Words"  # marks what stands in for a catalogue that isn't finished


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
            if not is_finished(source.parent.parent.name):
                continue
            target = source.with_suffix(".mo")
            if force or not target.exists() or target.stat().st_mtime < source.stat().st_mtime or is_english(target):
                polib.pofile(str(source)).save_as_mofile(str(target))
                compiled += 1
        compiled += fall_back_cleanly()
        if compiled:
            self.stdout.write(f"Compiled {compiled} catalogues of the interface.")


def fall_back_cleanly() -> int:
    """Gives the languages without a finished catalogue our English words, so that no other words mix in between."""
    sources = [polib.pofile(str(path)) for path in catalogues() if path.parent.parent.name == "fr"]
    made = 0
    for code, _name in settings.LANGUAGES:
        target = Path(settings.LOCALE_PATHS[0]) / to_locale(code) / "LC_MESSAGES" / "django.mo"
        if is_finished(to_locale(code)) or (target.exists() and is_english(target)):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        english(sources).save_as_mofile(str(target))
        made += 1
    return made


def is_finished(locale: str) -> bool:
    return locale in {to_locale(code) for code in [*settings.DFS_WORKFLOW_INTERFACE_LANGUAGES, settings.LANGUAGE_CODE]}


def is_english(target: Path) -> bool:
    return ENGLISH in polib.mofile(str(target)).metadata


def english(sources: list[polib.POFile]) -> polib.POFile:
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
        ENGLISH: "yes",
    }
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
