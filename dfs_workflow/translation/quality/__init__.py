"""Checks of one translated text against its source. They know no database and no request."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from dfs_workflow.translation.quality.demands import same_demands
from dfs_workflow.translation.quality.findings import Check, Finding, Pair, Severity, error, warning
from dfs_workflow.translation.quality.marks import check_direction, check_pairs, check_spaces
from dfs_workflow.translation.quality.modals import check_modals
from dfs_workflow.translation.quality.negations import check_negations
from dfs_workflow.translation.quality.numbers import check_numbers
from dfs_workflow.translation.quality.terms import Term, check_terms, terms_in
from dfs_workflow.translation.quality.tokens import check_tokens, words_only

__all__ = ["Finding", "Severity", "Term", "check", "errors", "same_demands", "terms_in"]

LONG_ENOUGH = 4  # words; a shorter text may well be a name


def check_translated(pair: Pair) -> Iterable[Finding]:
    words = [word for word in words_only(pair.source).split() if word.isalpha() and not word.isupper()]
    if pair.source == pair.target and len(words) >= LONG_ENOUGH:
        yield warning("untranslated", _("The same as the source."))


CHECKS: tuple[Check, ...] = (
    check_tokens,
    check_numbers,
    check_modals,
    check_negations,
    check_pairs,
    check_direction,
    check_spaces,
    check_translated,
)


def check(
    source: str,
    target: str,
    *,
    language: str,
    source_language: str = "en",
    terms: Iterable[Term] = (),
    is_localised: bool = False,
) -> list[Finding]:
    """Errors first. An empty translation of a text is an error of its own.

    Where a text is localised, other numbers than in the source want a reason, as another country has other laws.
    """
    pair = Pair(source, target, source_language.lower(), language.lower().replace("_", "-"))
    if not target.strip():
        return [error("empty", _("The translation is empty."))] if source.strip() else []
    found = [finding for each in CHECKS for finding in each(pair)]
    found += check_terms(pair, terms)
    if is_localised:
        found = [warning(each.code, each.message) if each.code == "numbers" else each for each in found]
    return sorted(dict.fromkeys(found), key=lambda finding: finding.severity != Severity.ERROR)


def errors(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == Severity.ERROR]
