"""A lost or an added “not” beside a verb of strength, or at the head of a command, turns a demand round.

A language may deny with a verb of its own (“s’abstenir”), with its subject (“nobody”), with an opposite (“illisible”)
or without any verb of strength. So a sentence is only flagged where verbs that are not denied came in the place of
denied ones, or where nothing in it denies anything that the other does not.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dfs_workflow.translation.quality.findings import Finding, Pair, error
from dfs_workflow.translation.quality.numbers import without_vowel_marks
from dfs_workflow.translation.quality.tokens import words_only
from dfs_workflow.translation.quality.verbs import VERBS

# Where a command begins: a sentence, or a part of one, after quotes and bullets.
HEAD = r"(?:^|[.!?;:,،؛؟。！？；：，–—]\s*)\W*"
SENTENCE_END = re.compile(r"(?<=[.!?;؟؛])\s+|(?<=[。！？；])")


@dataclass(frozen=True)
class Denials:
    denied: str  # a verb of strength with its negation; {verb} stands for it
    command: str  # how a command that forbids begins; {head} stands for where
    instead: str  # may well stand for a denied verb, or for something else
    nots: str  # one match for each negation
    opposites: str  # as “unreadable”
    others: str  # what limits or hinders
    only: str  # a limit that another language says with a negation


DENIALS = {
    "en": Denials(
        denied=r"{verb}\s(?:\w+\s)?(?:not(?! only\b)|never|no longer)\b|\bcannot\b|\b(?:ca|must|should|could)n[’']t\b"
        r"|(?:^|[,:]\s|\b(?:and|that|or)\s)(?:no(?! later| less| more)|nobody|none|neither|nor|nothing)\b"
        r"[^,;:]{{0,60}}?\s{verb}|\b(?:not|never) (?:be )?(?:permitted|allowed)\b",
        command=r"{head}(?:(?:and|but|or|please) )*(?:do not|don[’']t|never)\s\w",
        instead=r"\b(?:prohibit|forbid|refus|abstain|refrain|avoid|prevent|kept? )\w*|\bto nobody\b|\bnever\b",
        nots=r"\b(?:not?|nobody|none|neither|nor|nothing|nowhere|never|cannot)\b|n[’']t\b",
        opposites=r"\b(?:un\w{3,}|(?:in|im|ir|il|dis)\w+(?:ible|able|ed|ent)|non-\w+|\w+-proof|absent|\w+less)\b",
        others=r"\bkeep\b.{1,60}\b(?:out|off|away)\b|\b(?:without|unless|until|except|instead|too|before|offline"
        r"|(?:fail|den[yi]|reject|block|lack|stop|exclu|protect|hard|ignor|skip|omit|hid|secret|private|confidential)\w*"
        r"|(?:rather|other|more|less) than|free of)\b",
        only=r"\bonly\b|\bat (?:most|least)\b|\bnot (?:more|less|later)\b",
    ),
    "fr": Denials(
        # “Ne peut … que” allows something: it limits, and does not deny.
        denied=r"\bn(?:e\s|[’'])(?:(?:le|la|les|lui|leur|y|en|se|nous|vous)\s|[lsy][’'])?{verb}"
        r"(?!(?:(?!\b(?:pas|jamais|ni|aucune?|plus|rien)\b)[^;:.])*\bqu(?:e\b|[’']))"
        r"|{verb}\s(?:pas|jamais|ne|n[’']\w+)\b",
        command=r"{head}(?:(?:et|mais|ou|veuillez|merci de|prière de) )*n(?:e\s|[’'])[^.;:!?]{{0,40}}?"
        r"\b(?:pas|jamais|rien|aucune?|personne|plus|ni)\b",
        instead=r"\b(?:interdi|prohib|refus|abst|évit|empêch)\w*|\bn(?:e\s|[’'])(?:\w+\s)?{verb}",
        # “Ne … pas” denies once.
        nots=r"\bn(?:e\b|[’'])|\bnon\b|^(?!.*\bn(?:e\b|[’'])).*\b(?:ni|pas|aucune?|rien|jamais|personne d[’']autre)\b",
        opposites=r"\b(?:i[nmlr]\w+(?:ible|able)s?|absente?s?)\b",
        others=r"\b(?:sans|sauf|nulle?|(?:rejet|rejett|manqu|échou|exclu|protég|bloqu|dépourvu|trop|avant"
        r"|plutôt|hors|secr[eè]t|confidenti|ignor|omet)\w*)\b",
        only=r"\b(?:seule?s?|seulement|uniquement|au plus|au moins)\b|\bn(?:e\b|[’']).*\bqu(?:e\b|[’'])",
    ),
    "es": Denials(
        denied=r"\b(?:no|nunca|jamás|tampoco)\s(?:(?:se|le|les|lo|la|los|las)\s){{0,2}}{verb}"
        r"|(?:^|[,:]\s|\b(?:y|que|o)\s)(?:nadie|ning[uú]n\w*|nada|ni)\b[^,;:]{{0,60}}?\s{verb}"
        r"|{verb}\s(?:no|nunca|jamás)\b(?! más)",
        command=r"{head}(?:(?:y|e|pero|o|por favor) )*(?:se ruega )?"
        r"(?:no(?! (?:solo|sólo|solamente|más|menos|hay|es|son|está|están|tienen?)\b)|nunca|jamás)\s\w",
        instead=r"\b(?:prohib|imp[ie]d|neg|niega|rechaz|absten|absteng|evit)\w*",
        # “No … nada” denies once.
        nots=r"\bno\b|^(?!.*\bno\b).*\b(?:ni|nunca|jamás|nadie|nada|ning[uú]n\w*|tampoco)\b",
        opposites=r"\b(?:i[nmlr]\w+(?:ible|able)s?|ausentes?)\b",
        others=r"\b(?:sin|salvo|excepto|(?:impos|falt|fall|exclu|proteg|bloque|antes|demasiad)\w*)\b",
        only=r"\b(?:solo|sólo|solamente|únicamente|excepto|como (?:máximo|mínimo))\b",
    ),
    "ru": Denials(
        denied=r"\bне\s{verb}|\b(?:долж(?:ен|на|но|ны)|обязан[аоы]?|следует)\s(?:не|никогда)\s(?!более|менее|позднее)"
        r"|\bнельзя\b|\bзапрещ(?:ен|ён|а[ею]тся)\w*",
        command=r"{head}(?:(?:и|но|или|а|пожалуйста) )*(?:(?:никогда|ни в коем случае|просьба|просим) )?"
        r"не\s\w+(?:[йьи]те(?:сь)?|ть(?:ся)?|ти(?:сь)?|чь(?:ся)?)\b",
        instead=r"\b(?:запре[тщ]|недопу|воздерж|избе[гж]|исключ|отказ|предотвр|невозмож)\w*",
        nots=r"\b(?:не|нет|нельзя|запре[тщ]\w+)\b",
        opposites=r"\bне(?!обход|сколь|дел|посред|котор|зависим)\w{2,}",
        others=r"\b(?:ни|никто|ничто|никогда|без|кроме|лишь|(?:без|бес|откл|отсутств|препятств|защи[тщ]|слишком)\w*|до)\b",
        only=r"\b(?:только|лишь|исключительно)\b|\bне (?:более|менее|позднее)\b",
    ),
    "ar": Denials(
        # “لا يجوز … إلا” allows something: it limits, and does not deny.
        denied=r"\b[وف]?(?:لا|لن|لم|ليس)\s{verb}(?!.*\bإلا\b)|{verb}(?:\s\w+){{0,3}}?\s(?:ألا|عدم|أن لا)\b|\b[يت]حظر\b",
        command=r"{head}[وف]?(?:(?:يرجى|الرجاء|يجب) (?:عدم|ألا)|لا ت\w+|إياك\w*)\b(?!.*\bإلا\b)",
        instead=r"[يت]حظر|محظور|حظر|منع|منوع|متن[اع]|غير مسموح|[يت]ستحيل|تجنب|تعذر"
        r"|\b[وف]?(?:لا|لن|لم|ليس)\s{verb}|\b(?:ألا|عدم)\b",
        nots=r"\b[وف]?(?:لا|لن|لم|ألا|ليس\w*)\b|\b[وبل]?عدم\b|[يت]حظر",
        opposites=r"\bغير\b",
        others=r"\b[وف]?(?:دون|بدون|سوى|قبل|إلا)\b|رفض|تعذر|فشل|استبعاد|حماية|خلو|بلا|انعدام|مستحيل",
        only=r"\bفقط\b|\bفحسب\b|وحد|\bإلا\b|\bعلى (?:الأقل|الأكثر)\b",
    ),
    "zh-hans": Denials(
        denied=r"不得|不可(?!避|或)|不能|不应|不宜|切勿|严禁|不许|不准(?!确)|绝不|不允许|(?:必须|应当|应该|应)不(?![超少迟])",
        command=r"请(?:勿|不要|别)|{head}(?:并|且|但|也|绝|永远|千万)*(?:不要|勿|别(?![的人处名种类])|禁止)",
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
    commands: int
    instead: int
    affirmed: int
    nots: int
    opposites: int
    others: int
    only: int


def check_negations(pair: Pair) -> Iterable[Finding]:
    if not {pair.source_language, pair.language} <= DENIALS.keys():
        return
    for source, target in aligned(plain(pair.source), plain(pair.target)):
        before, after = counted(source, pair.source_language), counted(target, pair.language)
        if is_turned(before, after):
            yield error("modals", _("A negation is lost: the source says “not”, the translation doesn’t."))
        elif (before.affirmed or after.commands) and is_turned(after, before):
            yield error("modals", _("A negation was added: the translation says “not”, the source doesn’t."))


def plain(text: str) -> str:
    return without_vowel_marks(words_only(text)).lower().strip()


def aligned(source: str, target: str) -> Iterator[tuple[str, str]]:
    """Sentence by sentence, where both have the same number of them."""
    ours = [part for part in SENTENCE_END.split(source) if part.strip()]
    theirs = [part for part in SENTENCE_END.split(target) if part.strip()]
    yield from zip(ours, theirs, strict=True) if len(ours) == len(theirs) else [(source, target)]


def counted(text: str, language: str) -> Count:
    denials, verb = DENIALS[language], VERBS[language].any
    rest, denied = re.subn(denials.denied.format(verb=verb), " ", text)
    rest, commands = re.subn(denials.command.format(head=HEAD), " ", rest)
    rest, instead = re.subn(denials.instead.format(verb=verb), " ", rest)
    single = (denials.nots, denials.opposites, denials.others, denials.only)
    nots, opposites, others, only = (len(re.findall(each, text)) for each in single)
    return Count(denied + commands, commands, instead, len(re.findall(verb, rest)), nots, opposites, others, only)


def is_turned(one: Count, other: Count) -> bool:
    """What one denies, the other does not."""
    if one.denied <= other.denied + other.instead or other.only > one.only:
        return False
    if not other.nots and other.opposites + other.others <= one.opposites + one.others:
        return True
    return other.affirmed > one.affirmed and other.nots < one.nots and not other.opposites
