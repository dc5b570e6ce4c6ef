from argparse import ArgumentParser
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand

OURS = ("dfs_site", "dfs_pages", "dfs_workflow", "dfs_mou")


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
        if compiled:
            self.stdout.write(f"Compiled {compiled} catalogues of the interface.")
