"""A PO file that is broken anywhere is refused: no text of it may be lost without a word."""

import pytest

from dfs_workflow.importers.po_source import read_po
from dfs_workflow.importers.yaml_source import SourceError

HEAD = 'msgid ""\nmsgstr "Language: fr\\n"\n'
GOOD = HEAD + '\n#: place\nmsgctxt "here"\nmsgid "One \\"two\\""\nmsgstr ""\n"Un "\n"deux"\n'


def test_a_good_file_is_read_whole() -> None:
    file = read_po("fr.po", f'{GOOD}\n#~ msgid "old"\n#~ msgstr "vieux"')
    assert [(entry.msgctxt, entry.msgid, entry.msgstr) for entry in file if not entry.obsolete] == [
        ("here", 'One "two"', "Un deux")
    ]
    assert list(read_po("fr.po", "")) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (GOOD + '\nmsgid "a"\nmsgstr "b', "fr.po: line 12: a text must stand in quotes"),
        (GOOD[:-2], "fr.po: line 9: a text must stand in quotes"),
        (GOOD + '\nmsgid "a"\nmsgstr "b\\"\n', "line 12"),
        (GOOD + '\nmsgid "a"\nmsgstr b\n', "line 12"),
        (GOOD + '\nmsgid "a"\nmsgstr "b" c\n', "line 12"),
        (GOOD + '\nmsgid "a"\n', "line 11: this message has no msgstr"),
        (GOOD + '\nmsgid "a"\nmsgid "b"\nmsgstr "c"\n', "line 11: this message has no msgstr"),
        (GOOD + "\n<<<<<<< HEAD\n", "line 11"),
        (GOOD + '\nmsgid "a"\nmsgstr "b\0c"\n', "line 11: a text holds a character that no text has"),
        (GOOD + '\nmsgstr "again"\n', "the file is not a valid PO file"),
        ("#" * 2_100_000, "fr.po: the file is larger than 2 MB"),
    ],
)
def test_a_broken_file_is_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_po("fr.po", text)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)
