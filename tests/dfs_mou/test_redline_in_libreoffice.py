"""LibreOffice accepts or rejects all of a redline: the same paragraphs, styles and numbers as in a file without one."""

import datetime

import pytest

from dfs_mou.documents import docx_redline
from dfs_mou.documents.answers import Answers
from dfs_mou.documents.conditions import kept_by_default
from dfs_mou.documents.tree import build
from tests.dfs_mou.mou_content import DATE, pair_answers, supplied
from tests.dfs_mou.translated_edition import edition_in
from tests.dfs_mou.word_processor import Job, opened

AT = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
LANGUAGES = ["en", "fr", "ar", "zh-hans"]
CASES = ["some", "none", "all", "answered", "others"]
EXAMPLES = {"en": "ng-ncc-cbn", "fr": "sn-artp-bceao"}


def answers_in(language):
    if language in EXAMPLES:
        return pair_answers(EXAMPLES[language])
    names = {"telecom_regulator_name": "Alpha Board", "central_bank_name": "Bank of Beta"}
    return Answers({"binding": "yes", "term_years": 3, "sim_swap_hold_hours": 24}, {language: names})


def versions(language, case):
    """Two texts of one MOU: some optional clauses, none, all, without answers, or every second of two halves."""
    edition = supplied() if language in EXAMPLES else edition_in(language)
    first = answers_in(language)
    city = {code: {**part, "telecom_regulator_city": "Thiès"} for code, part in first.values.items()}
    second = Answers({**first.common, "binding": "no", "sim_swap_hold_hours": 36}, city)
    kept = kept_by_default(edition)
    optional = sorted(node.key for node in edition.nodes() if node.kind == "optional")
    before, after = {
        "some": ((first, kept), (second, kept - {"tlp", "annex-tlp", "recital-itu-guidance"} | {"testing-lab"})),
        "none": ((first, optional), (first, [])),
        "all": ((first, []), (second, optional)),
        "answered": ((Answers({}, {}), kept), (first, kept)),
        "others": ((first, optional[::2]), (second, optional[1::2])),
    }[case]
    return tuple(build(edition, a, language=language, date=DATE, keep=frozenset(k)) for a, k in (before, after))


@pytest.fixture(scope="module")
def settled(tmp_path_factory):
    """For each language and case: all rejected, the old text, all accepted, the new text."""
    folder = tmp_path_factory.mktemp("redlines")
    jobs = []
    for number, (language, case) in enumerate(PAIRS):
        before, after = versions(language, case)
        for name, pair, command in (
            ("rejected", (before, after), "Reject"),
            ("old", (before, before), ""),
            ("accepted", (before, after), "Accept"),
            ("new", (after, after), ""),
        ):
            path = folder / f"{number}-{name}.docx"
            path.write_bytes(docx_redline.render(*pair, author="Régulateur & <B>", at=AT))
            jobs.append(Job(path, command))
    found = opened(folder, jobs)
    return {pair: found[4 * number : 4 * number + 4] for number, pair in enumerate(PAIRS)}


PAIRS = [(language, case) for language in LANGUAGES for case in CASES]


@pytest.mark.slow
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_libreoffice_gives_exactly_the_old_and_the_new_text(settled, pair):
    rejected, old, accepted, new = settled[pair]
    assert len(old) > 100
    assert old != new
    assert rejected == old
    assert accepted == new
