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

SHALL, SHOULD, MAY = "shall", "should", "may"


@dataclass(frozen=True)
class Verbs:
    prohibition: str  # looked for first, as "must not" would count twice
    shall: str
    should: str
    may: str
    open: str  # says nothing for sure about strength
    either: str = ""  # as 应, which stands for shall and for should


VERBS = {
    "en": Verbs(
        prohibition=r"\b(?:shall|must) not\b|\b(?:not|never) (?:be )?(?:permitted|allowed)\b",
        shall=r"\bshall\b|\bmust\b|\b(?:is|are|be) (?:required|obliged) to\b"
        r"|\b(?:has|have|had|needs?) to\b|\bmandatory\b|^to be \w+ed\b",
        should=r"\bshould\b|\bought to\b|\brecommend(?:s|ed)?\b",
        may=r"\bmay\b|\bcan\b|\bcould\b|\bmight\b|\b(?:is|are|be) (?:able|allowed|permitted|free) to\b"
        r"|\bpossibl[ey]\b|\ballows?\b|\benables?\b",
        # Forbids, or says that something is impossible, uncertain or was possible once.
        open=r"\bcannot\b|\bcan[’']t\b|\bmay not\b|\b(?:may|can)\b.*\bonly\b|\bonly\b.*\b(?:may|can)\b"
        r"|\b(?:no|nobody|none|neither|nothing)\b.*\b(?:may|can)\b|\b(?:that|which|what) could\b",
    ),
    "fr": Verbs(
        prohibition=r"\bne (?:peu(?:t|vent)|doi(?:t|vent)|saurai(?:t|ent)|pourr(?:a|ont))\b|\b(?:est|sont) interdit",
        shall=r"\bdoi(?:t|vent)\b|\bdevr(?:a|ont)\b|\btenue?s? d(?:e|’|')|\bs[’']engage(?:nt)?\b|\bil faut\b"
        r"|\b(?:est|sont) (?:obligée?s?|obligatoires?|exigée?s?)\b|\bexige(?:nt)?\b|\bincombe\b",
        should=r"\bdevrai(?:t|ent)\b|\bconvien(?:t|drait)\b|\brecommand(?:e|ent|é|ée|és|ées)\b|\bsouhaitable",
        may=r"\bpeu(?:t|vent)\b|\bpourr(?:a|ont|ait|aient)\b|\bpuissent?\b|\bautorisée?s? à\b|\ben mesure\b|\bpossib",
        open=r"\bne (?:peu(?:t|vent)|pourr(?:a|ont))\b",
    ),
    "es": Verbs(
        prohibition=r"\bno (?:podrán?|pueden?|deben?|deberán?)\b|\bprohib",
        shall=r"\bdeben?\b|\bdeberán?\b|\btendrán? que\b|\btienen? que\b|\bobligad[oa]s? a\b|\bse comprometen?\b"
        r"|\bhabrán? de\b|\bobligatori",
        should=r"\bdeberían?\b|\bconviene\b|\bconvendría\b|\brecomiendan?\b|\brecomend(?:ad|ar)|\baconsej",
        may=r"\bpueden?\b|\bpodrán?\b|\bpodrían?\b|\bpuedan?\b|\b(?:autorizad|facultad)[oa]s? (?:a|para)\b|\bposib",
        open=r"\bno (?:podrán?|pueden?)\b",
    ),
    "ru": Verbs(
        prohibition=r"\bне (?:может|могут|вправе|должн\w+|должен)\b|\bне допуска[ею]тся\b|\bзапрещ",
        shall=r"\bдолж(?:ен|на|но|ны)\b|\bобязан[аоы]?\b|\bобязу[ею]тся\b|\bнадлежит\b|\bнеобходимо\b|\bтребуется\b"
        r"|\bобязательн[оы]\b",
        should=r"\bследует\b|\bследовало бы\b|\bрекоменду[ею]тся\b|\bрекомендова\w+|\bцелесообразно\b|\bжелательно\b",
        may=r"\bмо(?:жет|гут)\b|\bмог(?:ла|ло|ли)?\b|\bвправе\b|\bдопуска[ею]тся\b|\bможно\b|\bразреша[ею]тся\b"
        r"|\bвозможн",
        open=r"\bне (?:может|могут|вправе)\b|\bтолько\b",
    ),
    "ar": Verbs(
        prohibition=r"لا يجوز|لا يجب|[يت]حظر|لا يسمح|لا يحق|غير مسموح",
        shall=r"يجب|[يت]تعين|[يت]لتزم|يلزم|لا بد|ملزم|يشترط|واجب",
        should=r"[يت]نبغي|\b[يت]وصى|يستحسن|المستحسن|\b[نت]وصي\b|يحبذ",
        may=r"يجوز|[يت]مكن|بإمكان|\b[وف]?قد\b|يحق|يسمح|[يت]ستطيع|ممكن",
        open=r"لا [يت]مكن",
    ),
    "zh-hans": Verbs(
        prohibition=r"不得|禁止|不可以|不应",
        shall=r"必须|(?<![无毋])须|务必|有义务|强制",
        should=r"(?<![便适事权])宜|建议|应该|最好|推荐",
        may=r"(?<![许认不])可(?![靠信用见疑持读追移审])|可能|能够|允许|有权",
        either=r"应(?![用急对答变])",
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
    verbs = VERBS.get(language)
    if verbs is None:
        return set()
    words = without_vowel_marks(words_only(text)).lower()
    rest, prohibited = re.subn(verbs.prohibition, " ", words)
    found = {SHALL} if prohibited else set()
    if re.search(verbs.open, words):
        found |= {SHALL, MAY}
    for strength, pattern in ((SHALL, verbs.shall), (SHOULD, verbs.should), (MAY, verbs.may)):
        if re.search(pattern, rest):
            found.add(strength)
    if verbs.either and re.search(verbs.either, re.sub(verbs.should, " ", rest)):
        found |= {SHALL, SHOULD}
    return found
