"""Numbers and labels of clauses, computed once for every format."""

from __future__ import annotations

from dfs_mou.documents.labels import Labels


def letters(index: int, alphabet: str) -> str:
    """a … z, aa, bb: a letter is doubled when the alphabet is used up, as word processors do."""
    return alphabet[index % len(alphabet)] * (index // len(alphabet) + 1)


def annex_number(index: int, labels: Labels) -> str:
    return letters(index, labels.letters.upper())


def child_label(style: str, index: int, prefix: str, labels: Labels) -> str:
    """The label of the part `index` (from 0) of a clause whose own number is `prefix`."""
    if style == "decimal":
        return f"{prefix}.{index + 1}" if prefix else f"{index + 1}."
    if style == "lower_alpha":
        return labels.letter % letters(index, labels.letters)
    if style == "upper_alpha":
        return f"({letters(index, labels.letters.upper())})"
    if style == "parenthesised_decimal":
        return f"({index + 1})"
    return ""
