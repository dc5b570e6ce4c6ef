from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_language

from dfs_workflow.translation import quality

# A comment of the translator that begins so: an example of another country, for instance, whose numbers are its own.
LOCALISED = "Localised:"


class Command(BaseCommand):
    help = "Checks the translations in PO files: numbers, references, links, placeholders, strength of verbs and more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, help="PO files, or folders that hold some")
        parser.add_argument("--language", help="where neither the file nor its folder names it")
        parser.add_argument("--errors", action="store_true", help="leave the warnings out")

    def handle(self, *args: Any, paths: list[Path], language: str | None, errors: bool, **options: Any) -> None:
        count: Counter[str] = Counter()
        for path in files(paths):
            for entry, text, finding in findings(path, language):
                count[finding.severity] += 1
                if finding.severity == quality.Severity.ERROR or not errors:
                    self.stdout.write(f"{path}:{entry.linenum}: {finding.severity} {finding.code}: {finding}")
                    self.stdout.write(f"    {text}\n    {entry.msgid}")
        self.stdout.write(f"{count['error']} errors, {count['warning']} warnings")
        if count["error"]:
            raise CommandError("There are errors.", returncode=1)


def files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise CommandError(f"There is no file or folder {path}")
        yield from sorted(path.rglob("*.po")) if path.is_dir() else [path]


def findings(path: Path, language: str | None) -> Iterator[tuple[polib.POEntry, str, quality.Finding]]:
    try:
        file = polib.pofile(str(path), encoding="utf-8")
    except (OSError, ValueError) as problem:
        raise CommandError(f"{path} is not a valid PO file: {problem}") from problem
    code = language or to_language(file.metadata.get("Language") or folder_language(path))
    for entry in file.translated_entries():
        if entry.tcomment.startswith(LOCALISED):
            continue
        forms = list(entry.msgstr_plural.values()) or [entry.msgstr]
        # A single form may say "one" without the number, so plural forms are compared with the plural.
        source = entry.msgid_plural or entry.msgid
        for text in forms[-1:]:
            for finding in quality.check(source, text, language=code):
                yield entry, text, finding


def folder_language(path: Path) -> str:
    return path.parent.parent.name if path.parent.name == "LC_MESSAGES" else path.parent.name
