"""The memory: how the whole site has translated the same sentence, or one like it.

A near match is only a suggestion. Where it differs in a number, a negation or a word of normative strength, it can't
be taken over with one click: “shall” and “shall not” are nearly the same text.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Case, F, Q, QuerySet, When
from wagtail_localize.models import StringTranslation, Translation

from dfs_workflow.redline import Redline, compare
from dfs_workflow.translation.quality import same_demands
from dfs_workflow.translation.query.segments import Segment
from dfs_workflow.translation.query.states import TO_DO

NEAR = 0.7
MOST_COMPARED = 20_000


@dataclass(frozen=True)
class Match:
    source: str
    text: str
    ratio: float
    difference: Redline
    can_be_taken: bool  # by one click

    @property
    def percent(self) -> int:
        return int(self.ratio * 100)

    @property
    def is_exact(self) -> bool:
        return self.ratio == 1


def matches(translation: Translation, segments: Sequence[Segment]) -> dict[int, list[Match]]:
    """By segment, for those that still have no translation; the best three. Three queries for a whole page."""
    wanted = [segment for segment in segments if segment.state in TO_DO]
    if not wanted:
        return {}
    language = translation.source.locale.language_code
    known = known_texts(translation, {segment.string_id for segment in wanted})
    words = {source: source.split() for source in known}
    found = {segment.pk: best(segment.source, known, words, language) for segment in wanted}
    return {pk: rows for pk, rows in found.items() if rows}


def known_texts(translation: Translation, strings: Collection[int]) -> dict[str, str]:
    """The same sentences, however large the memory is, and of the others as many as can be compared.

    What was reviewed wins over what was not, and the newer over the older, on every database.
    """
    rows = remembered(translation).annotate(at=Case(When(approval__text=F("data"), then="approval__at")))
    rows = rows.order_by(F("at").desc(nulls_last=True), "-pk").values_list("translation_of__data", "data")
    others, same = rows[:MOST_COMPARED], rows.filter(translation_of_id__in=strings)
    return dict([*reversed(list(others)), *reversed(list(same))])


def remembered(translation: Translation) -> QuerySet[StringTranslation]:
    """Words of people, and those of a machine that a person approved."""
    found: QuerySet[StringTranslation] = StringTranslation.objects.filter(
        Q(approval__text=F("data")) | Q(translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL),
        locale_id=translation.target_locale_id,
        translation_of__locale_id=translation.source.locale_id,
        has_error=False,
    )
    return found


def best(source: str, known: dict[str, str], words: dict[str, list[str]], language: str) -> list[Match]:
    if source in known:
        return [Match(source, known[source], 1, compare(source, source, language), True)]
    own = source.split()
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(own)
    near = []
    for other, theirs in words.items():
        if 2 * min(len(own), len(theirs)) < NEAR * (len(own) + len(theirs)):
            continue
        matcher.set_seq1(theirs)
        if matcher.quick_ratio() >= NEAR and (ratio := matcher.ratio()) >= NEAR:
            near.append((ratio, other))
    near.sort(reverse=True)
    return [
        Match(other, known[other], ratio, compare(other, source, language), same_demands(other, source, language))
        for ratio, other in near[:3]
    ]
