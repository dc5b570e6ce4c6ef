from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Page, Site

from dfs_mou import actions
from dfs_mou.importers.condition_rows import UnfitCondition
from dfs_mou.importers.load_template import load
from dfs_mou.importers.template_files import TEMPLATES, introductions, read_template, template_files, translation_files
from dfs_mou.importers.template_pages import TemplatePages, UnfitTemplate
from dfs_mou.importers.translated_pages import read_strings
from dfs_workflow.importers.yaml_source import SourceError


class Command(BaseCommand):
    help = "Loads the supplied models; a second run changes only what differs and nothing that an editor changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--template", choices=TEMPLATES, action="append", help="only this one; may be repeated")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        supplied = [self.read(stem) for stem in options["template"] or TEMPLATES]
        with transaction.atomic():
            lines = [line for pages, translations in supplied for line in self.load(pages, translations)]
            if dry_run:
                transaction.set_rollback(True)
        for line in lines:
            self.stdout.write(line)
        if dry_run:
            self.stdout.write("Nothing was changed: this was a dry run.")

    def load(self, pages: TemplatePages, translations: dict[str, Any]) -> list[str]:
        template, report = load(home=self.home(), pages=pages, translations=translations)
        counts, *details = report.lines()
        return [f"Model MOU: {counts}", *details, actions.compile_edition(template=template).sentence()]

    def read(self, stem: str) -> tuple[TemplatePages, dict[str, Any]]:
        paths = template_files(stem=stem)
        try:
            data = read_template(paths)
            source = data["languages"][0]
            pages = TemplatePages(data, source, introductions(paths)[source])
            texts = {
                language: read_strings(f"{language}/{path.name}", path.read_text(encoding="utf-8"))
                for language, path in translation_files(stem=stem).items()
            }
            pages.clauses()
            return pages, texts
        except (SourceError, UnfitTemplate, UnfitCondition, OSError, ValueError) as error:
            raise CommandError(str(error)) from error

    def home(self) -> Page:
        site = Site.objects.filter(is_default_site=True).select_related("root_page__locale").first()
        if site is None:
            raise CommandError("There is no default site: load the content or create a site first.")
        return site.root_page
