"""Reads a PO file nobody vouches for. Polib drops a text whose quotes are not closed; here it is a mistake to mend."""

from __future__ import annotations

import re

import polib

from dfs_workflow.importers.yaml_source import CONTROL, LARGEST, SourceError

# A line of a message: a keyword, if it begins a text, and one text in quotes.
LINE = re.compile(r'(?:#~\s*)?(?P<keyword>msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)?\s*"(?:[^"\\]|\\.)*"')


def read_po(name: str, text: str) -> polib.POFile:
    if len(text.encode("utf-8", "replace")) > LARGEST:
        raise SourceError(name, "", f"the file is larger than {LARGEST // 1_000_000} MB")
    _refuse_broken_lines(name, text)
    if not text.strip():
        return polib.POFile()
    try:
        file = polib.pofile(f"{text}\n")  # with a line end it is never taken for the name of a file
    except (OSError, ValueError) as error:
        line = re.search(r"line \d+", str(error))
        raise SourceError(name, line[0] if line else "", "the file is not a valid PO file") from error
    for entry in file:
        if CONTROL.search(entry.msgid + entry.msgstr):
            raise SourceError(name, f"line {entry.linenum}", "a text holds a character that no text has")
    return file


def _refuse_broken_lines(name: str, text: str) -> None:
    untranslated = 0  # the line of a message whose translation has not come yet
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip()
        if not line or (line.startswith("#") and not line.startswith("#~ ")):
            continue
        match = LINE.fullmatch(line)
        if match is None:
            raise SourceError(name, f"line {number}", "a text must stand in quotes that are closed on the same line")
        keyword = match["keyword"] or ""
        if keyword == "msgid":
            _refuse_cut_off(name, untranslated)
            untranslated = number
        elif keyword.startswith("msgstr"):
            untranslated = 0
    _refuse_cut_off(name, untranslated)


def _refuse_cut_off(name: str, line: int) -> None:
    if line:
        raise SourceError(name, f"line {line}", "this message has no msgstr: the file may have been cut off")
