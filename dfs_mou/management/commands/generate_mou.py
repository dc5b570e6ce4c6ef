import datetime
import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dfs_mou.documents.answers import clean
from dfs_mou.documents.bilingual import Bilingual, NotOnePair
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.tree import UnknownLanguage, build
from dfs_mou.exporters.editions import current_edition
from dfs_mou.exporters.files import FORMATS, NoPair, render
from dfs_workflow.documents.not_made import NotMade
from dfs_workflow.importers.yaml_source import SourceError, load_yaml


class Command(BaseCommand):
    help = (
        "Makes an MOU from a file of answers, as the builder does: fields `common`, `values` and perhaps `keep`. "
        "From a folder it makes one for each *.yaml in it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("answers", type=Path, help="YAML file of answers, or a folder of such files")
        parser.add_argument("out", type=Path, help="the file to write, or a folder for a file of each name")
        parser.add_argument("--language", required=True, help="for example en")
        parser.add_argument("--template", default="", help="key of another template than the usual one")
        parser.add_argument("--beside", help="a second language, printed clause beside clause")
        parser.add_argument("--final", action="store_true", help="without the mark of a draft")
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument("--date", help="year-month-day, instead of today")

    def handle(self, *args: Any, answers: Path, out: Path, language: str, **options: Any) -> None:
        current = current_edition(options["template"])
        if current is None:
            raise CommandError("There is no model MOU yet: run load_mou_template first.")
        if answers.is_dir():
            self.all_of(answers, out, current[1], language, options)
        else:
            self.one(answers, out, current[1], language, options)

    def all_of(self, folder: Path, out: Path, edition: Edition, language: str, options: dict[str, Any]) -> None:
        """What is wrong with one file is said, and the others are made all the same."""
        paths = sorted(folder.glob("*.yaml"))
        if not paths:
            raise CommandError(f"“{folder}” has no file that ends in .yaml.")
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"“{out}” can't be made a folder: {error.strerror}.") from error
        failed = 0
        for path in paths:
            try:
                self.one(path, out / f"{path.stem}.{FORMATS[options['format']].extension}", edition, language, options)
            except CommandError as error:
                failed += 1
                self.stderr.write(f"{path.name}: {str(error).removeprefix(f'{path.name}: ')}")
        if failed:
            raise CommandError(f"{failed} of {len(paths)} were not made.")

    def one(self, answers: Path, out: Path, edition: Edition, language: str, options: dict[str, Any]) -> None:
        given, keep = self.read(answers, edition)
        left_out = without_unknown_languages(given, edition, language)
        cleaned = clean(edition, given)
        if not cleaned.is_valid:
            error = cleaned.errors[0]
            more = f" ({len(cleaned.errors) - 1} more)" if len(cleaned.errors) > 1 else ""
            place = f"{error.name} ({error.language})" if error.language else error.name
            raise CommandError(f"{answers.name}: {place}: {error.message}{more}")
        date = self.date(options["date"])
        try:
            texts = [
                build(edition, cleaned.answers, language=code, date=date, keep=keep, is_draft=not options["final"])
                for code in filter(None, (language, options["beside"]))
            ]
            document = Bilingual(*texts) if len(texts) == 2 else texts[0]
            content = render(document, options["format"])
        except (UnknownLanguage, NotOnePair, NoPair, NotMade) as error:
            raise CommandError(str(error)) from error
        write(out, content)
        if left_out:
            self.stdout.write(f"Not used, the model text does not exist in: {', '.join(left_out)}.")
        self.stdout.write(f"{out}: {len(content)} bytes, {len(document.blanks)} answers print as a line.")

    def read(self, path: Path, edition: Edition) -> tuple[dict[str, Any], list[str] | None]:
        try:
            content = load_yaml(path.name, path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise CommandError(f"“{path}” does not exist.") from error
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path.name}: the file can't be read as UTF-8 text.") from error
        except SourceError as error:
            raise CommandError(str(error)) from error
        unknown = sorted(str(name) for name in set(content) - {"common", "values", "keep"})
        if unknown:
            raise CommandError(f"{path.name}: the field “{unknown[0][:60]}” is unknown.")
        keep = content.pop("keep", None)
        optional = {node.key for node in edition.nodes() if node.kind == "optional"}
        if keep is not None and not (isinstance(keep, list) and all(key in optional for key in map(str, keep))):
            raise CommandError(f"{path.name}: “keep” must be a list of keys of optional clauses.")
        return content, keep

    def date(self, text: str | None) -> datetime.date:
        try:
            return datetime.date.fromisoformat(text) if text else timezone.localdate()
        except ValueError as error:
            raise CommandError(f"“{text}” is not a date: write year-month-day.") from error


def without_unknown_languages(given: dict[str, Any], edition: Edition, language: str) -> list[str]:
    """One file of answers may serve more languages than the template has; the one asked for must be there."""
    if language not in edition.languages:
        known = ", ".join(edition.languages)
        raise CommandError(f"The model text does not exist in “{language[:20]}”, only in: {known}.")
    values = given.get("values")
    if not isinstance(values, dict):
        return []
    left_out = [code for code in values if code in dict(settings.LANGUAGES) and code not in edition.languages]
    given["values"] = {code: part for code, part in values.items() if code not in left_out}
    return left_out


def write(path: Path, content: bytes) -> None:
    """All of it or nothing: a reader never sees half a document."""
    try:
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            with part.open("xb") as file:  # with the permissions that any new file gets
                file.write(content)
            os.replace(part, path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CommandError(f"“{path}” can't be written: {error.strerror}.") from error
