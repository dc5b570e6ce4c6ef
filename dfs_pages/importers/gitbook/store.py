"""The files of a book, from a folder or a ZIP that nobody vouches for. What is hostile is refused in one sentence."""

import os
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

LARGEST_TEXT = 5_000_000
LARGEST_FILE = 25_000_000
LARGEST_BOOK = 1_000_000_000
MOST_FILES = 30_000
MOST_SQUEEZED = 200  # how much larger than in the ZIP an honest file may be
LINKED = _("%(file)s: a link to another place in the file system is not followed.")
NOT_OF_THE_BOOK = {".git", ".github", ".vscode", "node_modules", "__MACOSX"}


class BookError(ValueError):
    """The book can't be imported: which file, and why, in one sentence, said in the language of who reads it."""

    def __init__(self, sentence: str, **values: object) -> None:
        self.sentence, self.values = sentence, {name: str(value) for name, value in values.items()}
        super().__init__(sentence)

    def __str__(self) -> str:
        return gettext(self.sentence) % self.values


class Source(Protocol):
    name: str
    names: frozenset[str]

    def read(self, name: str) -> bytes: ...


@dataclass(frozen=True)
class Folder:
    root: Path
    name: str
    names: frozenset[str]

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()


@dataclass(frozen=True)
class Archive:
    file: zipfile.ZipFile
    name: str
    entries: dict[str, zipfile.ZipInfo]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.entries)

    def read(self, name: str) -> bytes:
        """No more than the ZIP says: its sizes were checked, and may be false."""
        entry = self.entries[name]
        try:
            with self.file.open(entry) as stream:
                data = stream.read(entry.file_size + 1)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise BookError(_("%(file)s: the file in the ZIP is damaged."), file=name) from error
        if len(data) > entry.file_size:
            raise BookError(_("%(file)s: the file in the ZIP is larger than the ZIP says."), file=name)
        return data


def read_text(source: Source, name: str) -> str:
    data = source.read(name)
    if len(data) > LARGEST_TEXT:
        raise BookError(_("%(file)s: a text may have %(size)s MB at most."), file=name, size=LARGEST_TEXT // 1_000_000)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BookError(
            _("%(file)s, line %(line)s: the text is not UTF-8; save it as UTF-8 and try again."), file=name, line=line
        ) from error
    if "\0" in text:
        raise BookError(_("%(file)s: the text holds a character that no text has (NUL)."), file=name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


@contextmanager
def open_source(path: Path, *, name: str = "") -> Iterator[Source]:
    if path.is_dir():
        yield open_folder(path, name or path.resolve().name)
        return
    if not path.is_file():
        raise BookError(_("%(file)s: there is no such folder or file."), file=path.name)
    try:
        with zipfile.ZipFile(path) as file:
            yield open_archive(file, name or path.stem)
    except zipfile.BadZipFile as error:
        raise BookError(_("%(file)s: this is neither a folder nor a ZIP file."), file=path.name) from error


def open_folder(path: Path, name: str) -> Folder:
    found, total = [], 0
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(set(folders) - NOT_OF_THE_BOOK)
        for file in (*folders, *files):
            full = Path(folder, file)
            inside = full.relative_to(path).as_posix()
            if full.is_symlink():
                raise BookError(LINKED, file=inside)
            if file in files:
                size = full.stat().st_size
                total += size
                check_size(inside, size)
                found.append(inside)
        check_book(len(found), total)
    return Folder(path, name, frozenset(found))


def open_archive(file: zipfile.ZipFile, name: str) -> Archive:
    entries: dict[str, zipfile.ZipInfo] = {}
    infos = [info for info in file.infolist() if not info.is_dir()]
    check_book(len(infos), sum(info.file_size for info in infos))
    for info in infos:
        inside = safe_name(info.filename)
        if NOT_OF_THE_BOOK & set(PurePosixPath(inside).parts):
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            raise BookError(LINKED, file=inside)
        if info.flag_bits & 1:
            raise BookError(_("%(file)s: the file is encrypted; make a ZIP without a password."), file=inside)
        check_size(inside, info.file_size)
        if info.file_size > 1_000_000 and info.file_size > MOST_SQUEEZED * max(info.compress_size, 1):
            raise BookError(
                _("%(file)s: the file grows more than %(times)s times when it is unpacked."),
                file=inside,
                times=MOST_SQUEEZED,
            )
        if inside in entries:
            raise BookError(_("%(file)s: the file is in the ZIP twice."), file=inside)
        entries[inside] = info
    return Archive(file, name, without_outer_folder(entries))


def safe_name(name: str) -> str:
    plain = unicodedata.normalize("NFC", name.replace("\\", "/"))
    parts = plain.split("/")
    if plain.startswith("/") or ".." in parts or ":" in parts[0] or not plain.isprintable():
        raise BookError(_("%(file)s: the name of a file in the ZIP leads out of the book."), file=ascii(name[:80]))
    return "/".join(part for part in parts if part not in ("", "."))


def without_outer_folder(entries: dict[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The ZIP of a repository holds one folder with everything in it."""
    tops = {name.split("/", 1)[0] for name in entries}
    if len(tops) != 1 or not all("/" in name for name in entries):
        return entries
    return {name.split("/", 1)[1]: info for name, info in entries.items()}


def check_size(name: str, size: int) -> None:
    if size > LARGEST_FILE:
        raise BookError(_("%(file)s: a file may have %(size)s MB at most."), file=name, size=LARGEST_FILE // 1_000_000)


def check_book(files: int, size: int) -> None:
    if files > MOST_FILES:
        raise BookError(_("The book holds more than %(number)s files."), number=MOST_FILES)
    if size > LARGEST_BOOK:
        raise BookError(_("The book is larger than %(size)s MB when it is unpacked."), size=LARGEST_BOOK // 1_000_000)
