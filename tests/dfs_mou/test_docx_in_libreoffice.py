"""LibreOffice opens the Word file of each language and finds each reference by itself."""

import io
import re
import zipfile

import pytest

from dfs_mou.documents import docx
from dfs_mou.documents.tree import build
from tests.dfs_mou.mou_content import DATE, pair_answers, supplied
from tests.dfs_mou.translated_edition import edition_in
from tests.dfs_mou.word_processor import Job, opened

LANGUAGES = ["en", "fr", "es", "ar", "ru", "zh-hans"]
VALUE = re.compile(r"( REF _Ref_\w+ .*?fldCharType=\"separate\"/></w:r><w:r>.*?<w:t[^>]*>)[^<]+(</w:t>)", re.S)


def made_in(language):
    edition = supplied() if language in ("en", "fr") else edition_in(language)
    return build(edition, pair_answers("sn-artp-bceao"), language=language, date=DATE)


def stale(data):
    """The same file with another value in each reference."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                text, count = VALUE.subn(r"\1STALE-99\2", part.decode())
                assert count > 10
                part = text.encode()
            new.writestr(name, part)
    return made.getvalue()


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    folder = tmp_path_factory.mktemp("opened")
    jobs = []
    for language in LANGUAGES:
        data = docx.render(made_in(language))
        for name, content_of_file in (("fresh", data), ("stale", stale(data))):
            path = folder / f"{language}-{name}.docx"
            path.write_bytes(content_of_file)
            jobs.append(Job(path))
    found = opened(folder, jobs)
    return {language: found[2 * number : 2 * number + 2] for number, language in enumerate(LANGUAGES)}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stale_reference_is_found_anew(shown, language):
    fresh, from_stale = shown[language]
    assert from_stale == fresh
    assert not any("STALE" in line.text for line in fresh)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_clauses_and_their_parts_are_numbered_as_in_the_document(shown, language):
    fresh, _from_stale = shown[language]
    document = made_in(language)
    headings = {squeezed(line.shown) for line in fresh}
    assert [top.heading for top in document.tops if squeezed(top.heading) not in headings] == []
    labels = [line.label for line in fresh if line.label and line.label != "•"]
    printed = [clause.label for clause in document.walk() if clause.label and clause.role != "signature"]
    # LibreOffice writes the first letter of the abjad without its hamza.
    assert [label.replace("أ", "ا") for label in labels] == [label.replace("أ", "ا") for label in printed]


def squeezed(text):
    return "".join(text.split())
