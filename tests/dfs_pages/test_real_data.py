"""The shipped framework beside the controls as others parsed them from ITU's own platform."""

import csv
import os
import re
from pathlib import Path

import pytest

from dfs_pages.models import ControlPage

DATA = os.environ.get("DFS_TEST_DATA", "")
TABLE = Path(DATA) / "mappings" / "itu-dfs-saf-x805-controls.csv"

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA or not TABLE.exists(), reason="DFS_TEST_DATA does not name the real data"),
]


@pytest.fixture
def numbers() -> set[str]:
    with TABLE.open(encoding="utf-8") as lines:
        return {
            row["control_id"].strip() for row in csv.DictReader(lines) if re.fullmatch(r"\d+\.\d+", row["control_id"])
        }


@pytest.mark.usefixtures("content")
def test_every_control_of_the_platform_has_its_page(numbers: set[str]) -> None:
    """One number of the platform may stand for several of ours, as the report splits what the platform joins."""
    ours = set(
        ControlPage.objects.filter(locale__language_code="en")
        .exclude(gitbook_number="")
        .values_list("gitbook_number", flat=True)
    )
    parts = {part for number in ours for part in re.findall(r"\d+\.\d+", number)}
    assert len(numbers) > 100
    assert len(numbers - parts) <= len(numbers) * 0.05, sorted(numbers - parts)


@pytest.mark.usefixtures("content")
def test_none_of_its_sentences_is_copied() -> None:
    with TABLE.open(encoding="utf-8") as lines:
        theirs = [words(row["control"]) for row in csv.DictReader(lines)]
    runs = {run for sentence in theirs for run in runs_of(sentence, 12)}
    statements = ControlPage.objects.filter(locale__language_code="en").values_list("statement", flat=True)
    copied = [statement for statement in statements if runs & set(runs_of(words(statement), 12))]
    assert copied == []


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def runs_of(sentence: list[str], length: int) -> list[tuple[str, ...]]:
    return [tuple(sentence[start : start + length]) for start in range(len(sentence) - length + 1)]
