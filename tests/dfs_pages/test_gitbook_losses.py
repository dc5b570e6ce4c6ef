"""What stands in unusual places of a book is kept, or named in the report: words, links and pictures alike."""

import re
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from dfs_pages.importers.gitbook.account import Account
from dfs_pages.importers.gitbook.book import read_book
from dfs_pages.importers.gitbook.reading import Reading
from dfs_pages.importers.gitbook.store import open_source

LINK = "[word1](https://example.org/word2)"
PICTURE = "![word3](shot.png)"
LINKED = "[![word4](shot.png)](https://example.org/word5)"
STEPS = (
    "{%% stepper %%}\n{%% step %%}\n### word6\n\n%s\n{%% endstep %%}\n"
    "{%% step %%}\nword7\n{%% endstep %%}\n{%% endstepper %%}"
)
TABLE = "<table><thead><tr><th>word8</th></tr></thead><tbody><tr><td>word9</td></tr></tbody></table>"
CARDS = (
    "<table data-view='cards'><thead><tr><th></th><th data-card-target></th><th data-card-cover></th></tr></thead>"
    "<tbody><tr><td>word10 <a href='https://example.org/word11'>word12</a></td><td><a href='https://example.org/word13'>x</a>"
    "</td><td><img src='shot.png'></td></tr></tbody></table>"
)
LONG = " ".join(f"long{number}word" for number in range(60))
PAGES = {
    "title": f"# word0 {LINK} {PICTURE} {LINKED}",
    "long title": f"# {LONG}",
    "heading": f"## word0 {LINK} {PICTURE} {LINKED} https://example.org/word30",
    "linked picture": f"word0\n\n{LINKED}",
    "hint": f'{{% hint style="info" %}}\n### word0 {LINK} {PICTURE}\n\nword20\n{{% endhint %}}',
    "long hint": f'{{% hint style="info" %}}\n### {LONG}\n\nword20\n{{% endhint %}}',
    "summary": "<details>\n\n<summary>word0 <a href='https://example.org/word1'>word2</a> "
    "<img src='shot.png' alt='word3'></summary>\n\nword4\n\n</details>",
    "long summary": f"<details>\n\n<summary>{LONG}</summary>\n\nword4\n\n</details>",
    "long tab": f'{{% tabs %}}\n{{% tab title="{LONG}" %}}\nword0\n{{% endtab %}}\n{{% endtabs %}}',
    "steps with HTML": STEPS % TABLE,
    "steps with a title": (STEPS % "word20").replace("word6", f"word6 {LINK} {PICTURE}"),
    "between steps": (STEPS % "word20").replace("{% endstep %}\n{% step %}", "{% endstep %}\n\nword21\n\n{% step %}"),
    "definitions": "<dl><dt>word0 <a href='https://example.org/word1'>word2</a></dt><dd>word3<ul><li>word4</li></ul>"
    "<p>word5</p><img src='shot.png' alt='word6'></dd><dd>word7</dd></dl>",
    "footnote": f"word0[^1]\n\n[^1]: word20 {LINK} {PICTURE} {LINKED}",
    "cards": CARDS,
    "media": "word0\n\n<video src='word1.mp4' controls>word2</video>\n\n"
    "word3 <audio src='https://example.org/word4.mp3'></audio> <iframe src='https://example.org/word5'></iframe>",
    "media of several kinds": "<video poster='word6.png'><source src='word7.mp4'><source src='word8.webm'></video>",
    "media in a title": "## word0 <video src='word1.mp4'></video>",
    "form field": "word0\n\n<input value='word1'> word2",
    "link without words": "word0 <a href='https://example.org/word1'></a> [](word2.md)",
    "comment": "word0 <!-- word1 -->\n\n<!--\nword2\n-->",
    "title of a link": '[word0](https://example.org/word1 "word2")',
    "unclosed": 'word0\n\n{% hint style="word1" %}\nword2\n\n{% tab title="word3" %}\nword4',
    "figure": f"<figure><img src='shot.png' alt='word0'><figcaption>{LONG} <a href='https://example.org/word1'>word2</a>"
    "</figcaption></figure>",
}


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES.keys())
def test_nothing_is_lost_in_silence(text: str, tmp_path: Path) -> None:
    (tmp_path / "SUMMARY.md").write_text("* [Book](README.md)\n  * [Page](page.md)\n")
    (tmp_path / "README.md").write_text("# Book\n")
    (tmp_path / "page.md").write_text(text)
    Image.new("RGB", (2, 2)).save(tmp_path / "shot.png")
    account = Account()
    with open_source(tmp_path) as source, tempfile.TemporaryFile("w+") as spool:
        Reading(read_book(source, account), "book", spool).run(lambda steps: None)
        spool.seek(0)
        kept = spool.read()
    named = " ".join(what for _file, _kind, _outcome, _reason, what in account.notes)
    wanted = set(re.findall(r"\b(?:long\d+)?word\d*\b", text))
    assert {word for word in wanted if not re.search(rf"\b{word}\b", kept + named)} == set()
    assert account.total("image") == text.count("shot.png")


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("<video src='v.mp4' controls></video>", "embed", "nothing is loaded from other sites: it became a link"),
        ("a <input value='x'>", "form field", "a field of a form was left out"),
        ("a <a href='https://example.org/'></a>", "link", "a link without words was left out"),
        ("a <!-- b -->", "comment", "a comment, which readers don't see, was left out"),
        ("[a](https://example.org/ 'b')", "link title", "the title of a link was left out"),
        ("| a |\n|:---:|\n| b |", "alignment", "words stand at the start of their line"),
        ("<p align='right'>a</p>", "alignment", "words stand at the start of their line"),
        ("{% hint %}\na", "hint", "its end is missing: what follows stands as text"),
        ("a\n\n{% endhint %}", "hint", "an end without a beginning was left out"),
    ],
)
def test_what_is_left_out_is_named(text: str, kind: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "SUMMARY.md").write_text("* [Book](README.md)\n")
    (tmp_path / "README.md").write_text(f"# Book\n\n{text}\n")
    account = Account()
    with open_source(tmp_path) as source, tempfile.TemporaryFile("w+") as spool:
        Reading(read_book(source, account), "book", spool).run(lambda steps: None)
    assert [note[1:4:2] for note in account.notes if note[3] == reason] == [(kind, reason)]


def test_comments_without_words_and_anchors_are_no_loss(tmp_path: Path) -> None:
    (tmp_path / "SUMMARY.md").write_text("* [Book](README.md)\n")
    (tmp_path / "README.md").write_text('# Book\n\n* a\n\n<!-- -->\n\n* b\n\n<a href="#c" id="c"></a>c\n')
    account = Account()
    with open_source(tmp_path) as source, tempfile.TemporaryFile("w+") as spool:
        Reading(read_book(source, account), "book", spool).run(lambda steps: None)
    assert not account.notes
