from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dfs_mou.importers.template_files import (
    FIRST,
    TEMPLATES,
    introductions,
    read_template,
    template_files,
    translation_file,
)
from dfs_mou.importers.template_pages import TemplatePages, UnfitTemplate
from dfs_mou.importers.translation_po import UnpairedText, po_of
from dfs_workflow.importers.yaml_source import SourceError


class Command(BaseCommand):
    help = "For developers: makes the shipped PO file of the model MOU out of the template file of that language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language", help="for example fr")
        parser.add_argument("--template", choices=TEMPLATES, default=FIRST)

    def handle(self, *args: Any, language: str, template: str, **options: Any) -> None:
        paths = template_files(stem=template)
        try:
            data = read_template(paths)
            source, *translated = data["languages"]
            if language not in translated:
                raise CommandError(f"There is no template file in “{language}”; there is: {', '.join(translated)}.")
            texts = introductions(paths)
            file = po_of(
                TemplatePages(data, source, texts[source]),
                TemplatePages(data, language, texts[language]),
            )
        except (SourceError, UnfitTemplate, UnpairedText) as error:
            raise CommandError(str(error)) from error
        path = translation_file(language, stem=template)
        path.parent.mkdir(parents=True, exist_ok=True)
        file.save(str(path))
        self.stdout.write(f"{path.name}: {len(file)} messages.")
