"""Normative strength: what the source demands (shall), recommends (should) or allows (may) must not change.

A verb that a language uses for demands and recommendations alike proves neither. A sentence is only flagged when it
carries a verb of another strength and none of its own, since a language can say the same without any modal verb.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dfs_workflow.translation.quality.findings import Finding, Pair, error
from dfs_workflow.translation.quality.numbers import without_vowel_marks
from dfs_workflow.translation.quality.tokens import words_only
from dfs_workflow.translation.quality.verbs import VERBS

SHALL, SHOULD, MAY = "shall", "should", "may"


@dataclass(frozen=True)
class Phrases:
    """What says so beside the verbs of strength."""

    prohibition: str  # looked for first, as "must not" would count twice
    shall: str
    should: str
    may: str
    open: str  # says nothing for sure about strength


PHRASES = {
    "en": Phrases(
        prohibition=r"\b(?:shall|must) not\b|\b(?:not|never) (?:be )?(?:permitted|allowed)\b",
        shall=r"\b(?:is|are|be) (?:required|obliged) to\b|\b(?:has|have|had|needs?) to\b|\bmandatory\b|^to be \w+ed\b",
        should=r"\brecommend(?:s|ed)?\b",
        may=r"\b(?:is|are|be) (?:able|allowed|permitted|free) to\b|\bpossibl[ey]\b|\ballows?\b|\benables?\b",
        # Forbids, or says that something is impossible, uncertain or was possible once.
        open=r"\bcannot\b|\bcan[’']t\b|\bmay not\b|\b(?:may|can)\b.*\bonly\b|\bonly\b.*\b(?:may|can)\b"
        r"|\b(?:no|nobody|none|neither|nothing)\b.*\b(?:may|can)\b|\b(?:that|which|what) could\b",
    ),
    "fr": Phrases(
        prohibition=r"\bne (?:peu(?:t|vent)|doi(?:t|vent)|saurai(?:t|ent)|pourr(?:a|ont))\b|\b(?:est|sont) interdit",
        shall=r"\btenue?s? d(?:e|’|')|\bs[’']engage(?:nt)?\b|\bexige(?:nt)?\b|\bincombe\b"
        r"|\b(?:est|sont) (?:obligée?s?|obligatoires?|exigée?s?)\b",
        should=r"\brecommand(?:e|ent|é|ée|és|ées)\b|\bsouhaitable",
        may=r"\bautorisée?s? à\b|\ben mesure\b|\bpossib",
        open=r"\bne (?:peu(?:t|vent)|pourr(?:a|ont))\b",
    ),
    "es": Phrases(
        prohibition=r"\bno (?:podrán?|pueden?|deben?|deberán?)\b|\bprohib",
        shall=r"\bobligad[oa]s? a\b|\bse comprometen?\b|\bobligatori",
        should=r"\brecomiendan?\b|\brecomend(?:ad|ar)|\baconsej",
        may=r"\b(?:autorizad|facultad)[oa]s? (?:a|para)\b|\bposib",
        open=r"\bno (?:podrán?|pueden?)\b",
    ),
    "ru": Phrases(
        prohibition=r"\bне (?:может|могут|вправе|должн\w+|должен)\b|\bне допуска[ею]тся\b|\bзапрещ",
        shall=r"\bобязу[ею]тся\b|\bобязательн[оы]\b",
        should=r"\bрекомендова\w+|\bжелательно\b",
        may=r"\bвозможн",
        open=r"\bне (?:может|могут|вправе)\b|\bтолько\b",
    ),
    "ar": Phrases(
        prohibition=r"لا يجوز|لا يجب|[يت]حظر|لا يسمح|لا يحق|غير مسموح",
        shall=r"[يت]لتزم|لا بد|ملزم|يشترط|واجب",
        should=r"المستحسن|\b[نت]وصي\b",
        may=r"بإمكان|\b[وف]?قد\b|ممكن",
        open=r"لا [يت]مكن",
    ),
    "zh-hans": Phrases(
        prohibition=r"不得|禁止|不可以|不应",
        shall=r"有义务|强制",
        should=r"建议|最好|推荐",
        may=r"有权",
        open=r"不能|不可|无法",
    ),
}


def check_modals(pair: Pair) -> Iterable[Finding]:
    asked, said = strengths(pair.source, pair.source_language), strengths(pair.target, pair.language)
    if len(asked) != 1 or not said:
        return
    (wanted,) = asked
    if wanted in said:
        return
    if wanted == SHOULD and said == {SHALL}:
        yield error("modals", _("Stronger than the source: it recommends (should), the translation demands (shall)."))
    elif wanted == SHALL and SHOULD in said:
        yield error("modals", _("Weaker than the source: it demands (shall), the translation recommends (should)."))
    elif wanted in (SHALL, SHOULD) and said == {MAY}:
        yield error("modals", _("Weaker than the source: the translation only allows (may)."))
    elif wanted == MAY and said & {SHALL, SHOULD}:
        yield error("modals", _("Stronger than the source, which only allows (may)."))


def strengths(text: str, language: str) -> set[str]:
    """Which of the three a text carries; both of the first two for a verb that can be either."""
    if language not in PHRASES:
        return set()
    verbs, phrases = VERBS[language], PHRASES[language]
    words = without_vowel_marks(words_only(text)).lower()
    rest, prohibited = re.subn(phrases.prohibition, " ", words)
    found = {SHALL} if prohibited else set()
    if re.search(phrases.open, words):
        found |= {SHALL, MAY}
    for strength in (SHALL, SHOULD, MAY):
        if re.search(f"{getattr(verbs, strength)}|{getattr(phrases, strength)}", rest):
            found.add(strength)
    if verbs.either and re.search(verbs.either, rest):
        found |= {SHALL, SHOULD}
    return found
