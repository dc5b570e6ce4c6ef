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
