"""Conditions, variables, formulas, news and parts of other programs in the books that GitBook writes to Git."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override
from PIL import Image

from dfs_pages.importers.gitbook.account import Account
from dfs_pages.importers.gitbook.book import Book, read_book
from dfs_pages.importers.gitbook.reading import Reading
from dfs_pages.importers.gitbook.store import BookError, open_source
from dfs_pages.models import BookImport

CARDS = (
    '<table data-view="cards"><thead><tr><th></th><th></th><th data-type="checkbox">Done</th>'
    '<th data-type="rating" data-max="5">Stars</th><th data-card-cover-dark data-type="image"></th></tr></thead>'
    '<tbody><tr><td><h4><i class="fa-leaf">:leaf:</i></h4></td><td><strong>Agents</strong></td><td>true</td><td>3</td>'
    '<td><a href="shot.png">shot.png</a></td></tr></tbody></table>'
)
PICTURE = (
    '<picture><source srcset="shot.png" media="(prefers-color-scheme: dark)"><img src="shot.png" alt="Red"></picture>'
)


def write(folder: Path, page: str, **files: str) -> Path:
    texts = {
        "SUMMARY.md": "* [Book](README.md)\n  * [Page](page.md)\n",
        "README.md": "# Book\n",
        "page.md": page,
        **files,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    Image.new("RGB", (2, 2)).save(folder / "shot.png")
    return folder


def read(folder: Path) -> tuple[Book, list[dict[str, Any]]]:
    """The book with its account, and the texts of its second page."""
    account = Account()
    with open_source(folder) as source, tempfile.TemporaryFile("w+") as spool:
        book = read_book(source, account)
        Reading(book, "book", spool).run(lambda steps: None)
        spool.seek(0)
        text = json.loads(spool.readlines()[1])
    return book, [{"type": "title", "value": text["title"]}, *json.loads(text["body"])]


def noted(book: Book, kind: str) -> list[str]:
    return [what for _file, met, _outcome, reason, what in book.account.notes if met == kind and reason]


@pytest.mark.parametrize(
    ("page", "kept", "kind", "what"),
    [
        ("$$a*b*c_1$$ and $$d*e*f$$", "<code>a*b*c_1</code> and <code>d*e*f</code>", "formula", ["a*b*c_1", "d*e*f"]),
        ("$$\nE\n= m*c*\n+ _1\n\n- x\n$$", '"language": "latex", "code": "E\\n= m*c*\\n+ _1\\n\\n- x', "formula", [""]),
        ("```mermaid\nA --> B\n```", '"language": "mermaid", "code": "A --> B"', "drawing", [""]),
        (
            '{% @mermaid/diagram content="graph TD\n  A --> B\n\n  B --> C" %}',
            '"language": "mermaid", "code": "graph TD\\n  A --> B\\n\\n  B --> C"',
            "integration",
            ["content: graph TD A --> B B --> C, integration: @mermaid/diagram"],
        ),
        (
            '{% @jira/embed url="https://jira.example/FS-1" %}',
            '<a href=\\"https://jira.example/FS-1\\">',
            "integration",
            ["url: https://jira.example/FS-1, integration: @jira/embed"],
        ),
        (
            '{% updates format="full" %}\n{% update date="2026-07-07" tags="docs,api" %}\n## New\n{% endupdate %}\n'
            "{% endupdates %}",
            "<b>2026-07-07 · docs, api</b>",
            "update",
            ["2026-07-07 · docs, api"],
        ),
        ("{% if !visitor.claims.a && b >= 3 %}\nSome.\n{% endif %}", "Some.", "if", ["!visitor.claims.a && b >= 3"]),
        (
            '{% openapi-schemas spec="x" schemas="Pet,Order" grouped="true" %}\n[x](https://example.org)\n'
            "{% endopenapi-schemas %}",
            "<b>spec: x, schemas: Pet,Order</b>",
            "openapi-schemas",
            ["spec: x, schemas: Pet,Order, grouped: true"],
        ),
        (
            '{% swagger method="get" path="/pets" baseUrl="https://api.example" summary="List" %}\n{% endswagger %}',
            '"title": "List", "language": "http", "code": "GET https://api.example/pets"',
            "openapi",
            ["get https://api.example/pets"],
        ),
        ("## A <i class='fa-bolt'>:bolt:</i> title", '"value": "A title"', "icon", ["fa-bolt"]),
        ("Well done :tada: at 10:30:45 `:no:`", ":tada:", "emoji", [":tada:"]),
        ("<button data-action='ask' data-query='How?'>Ask</button>", "<p>Ask</p>", "button", ["How?"]),
        ("[word](#user-content-fn-1)[^1] and [^1]\n\n[^1]: Note", "<p>word[^1] and [^1]</p>", "link", ["word"]),
        (f"<figure>{PICTURE}<figcaption>Cap</figcaption></figure>", '"caption": "Cap"', "image", ["shot.png"]),
        (f"In a line {PICTURE} of words", "In a line of words", "image", ["shot.png"]),
        (CARDS, '"title": "Agents", "text": "☑\\n★★★"', "table cell", ["true", "3"]),
    ],
)
def test_a_block_of_today_is_kept_and_named(page: str, kept: str, kind: str, what: list[str], tmp_path: Path) -> None:
    book, blocks = read(write(tmp_path, f"# Page\n\n{page}\n"))
    assert kept in json.dumps(blocks, ensure_ascii=False)
    assert noted(book, kind) == what


def test_variables_have_their_values(tmp_path: Path) -> None:
    inside = '<code class="expression">space.vars.NAME</code>'
    page = (
        f'---\nvars:\n  owner: Bank\n---\n# Of {inside}\n\n<code class="expression">page.vars.owner</code>, {inside}, '
    )
    page += '<code class="expression">space.vars.NONE</code>\n\n{% include "part.md" %}\n'
    book, blocks = read(
        write(tmp_path, page, **{".gitbook/vars.yaml": "NAME: Wallet\n", "part.md": f"Part {inside}\n"})
    )
    assert [block["value"] for block in blocks] == [
        "Of Wallet",
        "<p>Bank, Wallet, <code>space.vars.NONE</code></p>",
        "<p>Part Wallet</p>",
    ]
    assert noted(book, "expression") == ["space.vars.NONE"]


def test_a_page_for_some_readers_becomes_a_draft(tmp_path: Path) -> None:
    book, _blocks = read(write(tmp_path, "---\nif: visitor.claims.partner\ncover: a.png\n---\n# Page\n\nSecret.\n"))
    assert [leaf.draft for leaf in book.leaves] == [False, True]
    assert noted(book, "page setting") == ["cover: a.png", "visitor.claims.partner"]


@pytest.mark.parametrize("page", ["{% @a/b content='\n" * 3000, "$$\n" * 3001 + "x", "{%\n\n" * 10_000])
def test_what_is_not_closed_is_text_and_costs_no_time(page: str, tmp_path: Path) -> None:
    _book, blocks = read(write(tmp_path, f"# Page\n\n{page}"))
    assert len(blocks) > 1


def test_the_report_is_read_in_every_language(tmp_path: Path) -> None:
    book, _blocks = read(write(tmp_path, "# Page\n\n[x](missing.md) {% hint %}\n\n{% if a %}\nb\n{% endif %}\n"))
    stored = json.loads(json.dumps(book.account.as_data()))
    english = list(Account.from_data(stored).lines(every=True))
    assert "link: 1 = 1 refused" in english
    with override("fr"):
        french = list(Account.from_data(stored).lines(every=True))
    assert len(french) == len(english) and not set(french) & set(english)


def test_a_refusal_is_read_in_every_language(tmp_path: Path) -> None:
    with pytest.raises(BookError) as refused:
        read(write(tmp_path, "# Page\n\n<script>x</script>\n"))
    row = BookImport(message=refused.value.sentence, values=json.loads(json.dumps(refused.value.values)))
    assert (
        row.refusal
        == str(refused.value)
        == "page.md, line 3: the page holds a script (<script>); remove it and try again."
    )
    with override("fr"):
        assert row.refusal.startswith("page.md, line 3") and "try again" not in row.refusal
