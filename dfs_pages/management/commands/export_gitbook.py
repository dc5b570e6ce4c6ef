from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from dfs_pages.exporters.gitbook import export_gitbook
from dfs_pages.models import HomePage


class Command(BaseCommand):
    help = "Writes the public pages as a GitBook folder for each language; import_gitbook reads it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a new or empty folder; each language gets one of its own in it")
        parser.add_argument("--languages", default="", help="for example en,fr (all)")
        parser.add_argument("--page", default="", help="only this page and what is below it, e.g. recommendations/ss7")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"Nothing was exported. {folder}: choose a new or empty folder.")
        homes = HomePage.objects.filter(live=True).select_related("locale").order_by("locale__language_code")
        asked = [code for code in options["languages"].split(",") if code]
        for home in homes.filter(locale__language_code__in=asked) if asked else homes:
            path = f"{home.url_path}{options['page'].strip('/')}/".replace("//", "/")
            top = Page.objects.filter(url_path=path, live=True).select_related("locale").first()
            if top is None:
                continue
            export = export_gitbook(top, folder / home.locale.language_code)
            self.stdout.write(f"{export.language}: {export.written} pages, {len(export.assets)} files")
            for note in export.notes:
                self.stdout.write(f"not kept: {note}")
