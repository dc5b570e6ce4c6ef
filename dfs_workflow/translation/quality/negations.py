"""A lost or an added “not” beside a verb of strength turns a demand round: “shall not” is no “doit”.

A language may deny with a verb of its own (“s’abstenir”), with its subject (“nobody”), with an opposite (“illisible”)
or without any verb of strength. So a sentence is only flagged where verbs that are not denied came in the place of
denied ones, or where nothing in it denies anything at all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dfs_workflow.translation.quality.findings import Finding, Pair, error
from dfs_workflow.translation.quality.numbers import without_vowel_marks
from dfs_workflow.translation.quality.tokens import words_only

SENTENCE_END = re.compile(r"(?<=[.!?;؟؛])\s+|(?<=[。！？；])")


@dataclass(frozen=True)
class Denials:
    verb: str  # of strength
    denied: str  # such a verb, or a command, with its negation; {verb} stands for it
    instead: str  # may well stand for a denied verb, or for something else
    nots: str  # one match for each negation
    opposites: str  # as “unreadable”
    others: str  # what limits or hinders
    only: str  # a limit that another language says with a negation


DENIALS = {
    "en": Denials(
        verb=r"\b(?:shall|must|should|may|might|can|could|ought to)\b",
        denied=r"{verb}\s(?:\w+\s)?(?:not(?! only\b)|never|no longer)\b|\bcannot\b|\b(?:ca|must|should|could)n[’']t\b"
        r"|(?:^|[,:]\s|\b(?:and|that|or)\s)(?:no(?! later| less| more)|nobody|none|neither|nor|nothing)\b"
        r"[^,;:]{{0,60}}?\s{verb}|\b(?:not|never) (?:be )?(?:permitted|allowed)\b"
        r"|^(?:please )?(?:do not|don[’']t|never)\s\w",
        instead=r"\b(?:prohibit|forbid|refus|abstain|refrain|avoid|prevent|kept? )\w*|\bto nobody\b|\bnever\b",
        nots=r"\b(?:not?|nobody|none|neither|nor|nothing|never|cannot)\b|n[’']t\b",
        opposites=r"\b(?:un\w{3,}|(?:in|im|ir|il|dis)\w+(?:ible|able|ed|ent)|non-\w+|absent|\w+less)\b",
        others=r"\b(?:without|unless|until|except|instead|too|before|(?:fail|den[yi]|reject|block|lack|stop|exclu"
        r"|protect|hard)\w*|(?:rather|other|more|less) than|free of)\b",
        only=r"\bonly\b|\bat (?:most|least)\b|\bnot (?:more|less|later)\b",
    ),
    "fr": Denials(
        verb=r"\b(?:doi(?:t|vent)|devr(?:a|ont|ai(?:t|ent))|peu(?:t|vent)|pourr(?:a|ont|ai(?:t|ent))|puissent?"
        r"|fau(?:t|dra)|saurai(?:t|ent)|convien(?:t|drait))\b",
        # “Ne peut … que” allows something: it limits, and does not deny.
        denied=r"\bn(?:e\s|[’'])(?:(?:le|la|les|lui|leur|y|en|se|nous|vous)\s|[lsy][’'])?{verb}"
        r"(?!(?:(?!\b(?:pas|jamais|ni|aucune?|plus|rien)\b)[^;:.])*\bqu(?:e\b|[’']))"
        r"|{verb}\s(?:pas|jamais|ne|n[’']\w+)\b",
        instead=r"\b(?:interdi|prohib|refus|abst|évit|empêch)\w*|\bn(?:e\s|[’'])(?:\w+\s)?{verb}",
        nots=r"\bn(?:e\b|[’'])|\bnon\b",
        opposites=r"\b(?:i[nmlr]\w+(?:ible|able)s?|absente?s?)\b",
        others=r"\b(?:sans|sauf|ni|pas|aucune?|nulle?|personne|rien|jamais|(?:rejet|rejett|manqu|échou|exclu|protég|bloqu|dépourvu|trop|avant"
        r"|plutôt|hors)\w*)\b",
        only=r"\b(?:seule?s?|seulement|uniquement|au plus|au moins)\b|\bn(?:e\b|[’']).*\bqu(?:e\b|[’'])",
    ),
    "es": Denials(
        verb=r"\b(?:deben?|deberán?|deberían?|pueden?|podrán?|podrían?|puedan?|conviene|convendría"
        r"|tienen? que|tendrán? que|habrán? de)\b",
        denied=r"\b(?:no|nunca|jamás|tampoco)\s(?:(?:se|le|les|lo|la|los|las)\s){{0,2}}{verb}"
        r"|(?:^|[,:]\s|\b(?:y|que|o)\s)(?:nadie|ning[uú]n\w*|nada|ni)\b[^,;:]{{0,60}}?\s{verb}"
        r"|{verb}\s(?:no|nunca|jamás)\b(?! más)",
        instead=r"\b(?:prohib|imp[ie]d|neg|niega|rechaz|absten|absteng|evit)\w*",
        # “No … nada” denies once.
        nots=r"\bno\b|^(?!.*\bno\b).*\b(?:ni|nunca|jamás|nadie|nada|ning[uú]n\w*|tampoco)\b",
        opposites=r"\b(?:i[nmlr]\w+(?:ible|able)s?|ausentes?)\b",
        others=r"\b(?:sin|salvo|excepto|(?:impos|falt|fall|exclu|proteg|bloque|antes|demasiad)\w*)\b",
        only=r"\b(?:solo|sólo|solamente|únicamente|excepto|como (?:máximo|mínimo))\b",
    ),
    "ru": Denials(
        verb=r"\b(?:долж(?:ен|на|но|ны)|обязан[аоы]?|мо(?:жет|гут|жно)|мог(?:ла|ло|ли)?|вправе|следует|следовало"
        r"|необходимо|надлежит|требуется|рекоменду[ею]тся|допуска[ею]тся|разреша[ею]тся|целесообразно)\b",
        denied=r"\bне\s{verb}|\b(?:долж(?:ен|на|но|ны)|обязан[аоы]?|следует)\s(?:не|никогда)\s(?!более|менее|позднее)"
        r"|\bнельзя\b|\bзапрещ(?:ен|ён|а[ею]тся)\w*",
        instead=r"\b(?:запре[тщ]|недопу|воздерж|избе[гж]|исключ|отказ|предотвр|невозмож)\w*",
        nots=r"\b(?:не|нет|нельзя|запре[тщ]\w+)\b",
        opposites=r"\bне(?!обход|сколь|дел|посред|котор|зависим)\w{2,}",
        others=r"\b(?:ни|никто|ничто|никогда|без|кроме|лишь|(?:без|бес|откл|отсутств|препятств|защи[тщ]|слишком)\w*|до)\b",
        only=r"\b(?:только|лишь|исключительно)\b|\bне (?:более|менее|позднее)\b",
    ),
    "ar": Denials(
        verb=r"(?:[يت]جب|[يت]تعين|[يت]لزم|[يت]نبغي|[يت]جوز|[يت]مكن|[يت]تمكن|[يت]حق|[يت]سمح|[يت]ستطيع|[يت]ستحسن"
        r"|[يت]وصى|[يت]حبذ)",
        # “لا يجوز … إلا” allows something: it limits, and does not deny.
        denied=r"\b[وف]?(?:لا|لن|لم|ليس)\s{verb}(?!.*\bإلا\b)|{verb}(?:\s\w+){{0,3}}?\s(?:ألا|عدم|أن لا)\b|\b[يت]حظر\b",
        instead=r"[يت]حظر|محظور|حظر|منع|منوع|متن[اع]|غير مسموح|[يت]ستحيل|تجنب|تعذر"
        r"|\b[وف]?(?:لا|لن|لم|ليس)\s{verb}|\b(?:ألا|عدم)\b",
        nots=r"\b[وف]?(?:لا|لن|لم|ألا|ليس\w*)\b|\b[وبل]?عدم\b|[يت]حظر",
        opposites=r"\bغير\b",
        others=r"\b[وف]?(?:دون|بدون|سوى|قبل|إلا)\b|رفض|تعذر|فشل|استبعاد|حماية|خلو|بلا|انعدام|مستحيل",
        only=r"\bفقط\b|\bفحسب\b|وحد|\bإلا\b|\bعلى (?:الأقل|الأكثر)\b",
    ),
    "zh-hans": Denials(
        verb=r"必须|务必|应当|应该|(?<![响供适对回相效反])应(?![用急对答变])|可以|(?<!不)可能|能够"
        r"|(?<![许认不])可(?![靠信用见疑持读追移审能])|(?<![便适事权不])宜|(?<![无毋])须|(?<![功性职智可所不])能(?![力源])"
        r"|允许",
        denied=r"不得|不可(?!避|或)|不能|不应|不宜|切勿|严禁|不许|不准(?!确)|绝不|不允许|(?:必须|应当|应该|应)不(?![超少迟])",
        instead=r"禁|不予|避免|防止|拒绝|勿|不要|无法",
        nots=r"不[^同断]|[勿没]|未(?!经)|严禁|禁止|无法",
        opposites=r"[无非]",
        others=r"未经|别|莫|除|缺|失败|阻|之前|以外|免|防",
        only=r"只|仅|才|不[超少迟]|[至最][多少]",
    ),
}


@dataclass(frozen=True)
class Count:
    denied: int
    instead: int
    affirmed: int
    nots: int
    opposites: int
    others: int
    only: int


def check_negations(pair: Pair) -> Iterable[Finding]:
    theirs, ours = DENIALS.get(pair.source_language), DENIALS.get(pair.language)
    if theirs is None or ours is None:
        return
    for source, target in aligned(plain(pair.source), plain(pair.target)):
        before, after = counted(source, theirs), counted(target, ours)
        if is_turned(before, after):
            yield error("modals", _("A negation is lost: the source says “not”, the translation doesn’t."))
        elif before.affirmed and is_turned(after, before):
            yield error("modals", _("A negation was added: the translation says “not”, the source doesn’t."))


def plain(text: str) -> str:
    return without_vowel_marks(words_only(text)).lower().strip()


def aligned(source: str, target: str) -> Iterator[tuple[str, str]]:
    """Sentence by sentence, where both have the same number of them."""
    ours = [part for part in SENTENCE_END.split(source) if part.strip()]
    theirs = [part for part in SENTENCE_END.split(target) if part.strip()]
    yield from zip(ours, theirs, strict=True) if len(ours) == len(theirs) else [(source, target)]


def counted(text: str, denials: Denials) -> Count:
    rest, denied = re.subn(denials.denied.format(verb=denials.verb), " ", text)
    rest, instead = re.subn(denials.instead.format(verb=denials.verb), " ", rest)
    single = (denials.verb, denials.nots, denials.opposites, denials.others, denials.only)
    _all, nots, opposites, others, only = (len(re.findall(each, text)) for each in single)
    return Count(denied, instead, len(re.findall(denials.verb, rest)), nots, opposites, others, only)


def is_turned(one: Count, other: Count) -> bool:
    """What one denies, the other does not."""
    if one.denied <= other.denied + other.instead or other.only > one.only:
        return False
    if not (other.nots or other.opposites or other.others or other.only):
        return True
    return other.affirmed > one.affirmed and other.nots < one.nots and not other.opposites
