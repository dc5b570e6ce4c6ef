"""Books unlike those that were at hand when the import was written."""

import time

import pytest

from dfs_pages.importers.gitbook.markdown import parse
from dfs_pages.models import ChapterPage
from tests.dfs_pages.gitbook import run, write_book

pytestmark = pytest.mark.usefixtures("content")
CONTENTS = """\
## Ref
* [A](a.md)

## Ref
* [B](b.md)
* [x](https://www.itu.int/x)
* [y](https://www.itu.int/x)
* Part
  * More
    * [C](c.md)
  * More
    * [D](d.md)
* [e](gone.md)
  * [E](e.md)
* [f](gone.md)
  * [F](f.md)
"""


def test_groups_of_one_name_and_links_to_one_address_are_each_a_page_of_their_own(tmp_path):
    texts = {f"{name}.md": f"# {name}\n" for name in "abcdef"}
    book = write_book(tmp_path / "book", {"SUMMARY.md": CONTENTS, **texts})
    created = run(book).split(" ", 1)[0]
    assert run(book).startswith(f"0 created, 0 changed, {created} unchanged")
    assert ChapterPage.objects.filter(title__in=["Ref", "More"]).count() == 4
    (book / "SUMMARY.md").write_text("* [New](new.md)\n" + CONTENTS)
    (book / "new.md").write_text("# New\n")
    assert run(book).startswith(f"1 created, 0 changed, {created} unchanged")


def test_settings_of_any_kind_and_redirects_that_lead_nowhere_are_accounted_for(tmp_path):
    files = {
        "README.md": "---\r\n1: x\r\n2020-01-01: y\r\nhidden: true\r\ndescription: 5\r\n---\r\n# A\r\n",
        "SUMMARY.md": "* [A](README.md)\n* [no address](http://[)\n",
        ".gitbook.yaml": "redirects:\n  old: README.md\n  older: gone.md\n",
    }
    said = run(write_book(tmp_path / "book", files), verbosity=2)
    assert "it has no meaning here – 1: x\n" in said
    assert "hidden in GitBook: imported as a draft" in said
    assert "old address, refused: it leads to no page of the book – older: gone.md\n" in said


@pytest.mark.parametrize("text", ['{% tab title="', "{% hint %}\n\n", "<a href='", "a-", " "])
def test_a_text_that_never_closes_what_it_opens_is_read_in_one_pass(text):
    started = time.process_time()
    parse("x.md", f"# A\n\n{{% {text * (100_000 // len(text))}x{{% endtab %}}\n")
    assert time.process_time() - started < 20
