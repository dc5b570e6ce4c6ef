from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from dfs_workflow.translation.exporters import FORMATS
from dfs_workflow.translation.query.units import scope, units


class Command(BaseCommand):
    help = "Writes the sentences of a language, of a chapter or of a page into a file for translators' tools."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language")
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=sorted(FORMATS), default="po")
        parser.add_argument("--page", type=int, help="key of a page: only it and what is below it")

    def handle(self, *args: Any, language: str, file: Path, **options: Any) -> None:
        locale = Locale.objects.filter(language_code=language).first()
        page = Page.objects.filter(pk=options["page"]).first() if options["page"] else None
        if locale is None or (options["page"] and page is None):
            raise CommandError("There is no such language or page.")
        found = scope(locale, path=page.path if page else "")
        source = source_language(found)
        _ending, _type, write = FORMATS[options["format"]]
        file.write_bytes(write(units(found), source, language))
        self.stdout.write(f"Written: {file}")


def source_language(translations: Any) -> str:
    first: Translation | None = translations.select_related("source__locale").first()
    if first is None:
        raise CommandError("Nothing of this is translated into this language yet.")
    return str(first.source.locale.language_code)
