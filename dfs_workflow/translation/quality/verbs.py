"""The verbs of strength of each language: those that demand (shall), recommend (should) or allow (may).

Each pattern finds verbs that a “not” can stand beside. Strength and negation are both judged by them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verbs:
    shall: str
    should: str
    may: str
    either: str = ""  # as 应, which stands for shall and for should
    able: str = ""  # as 能, which says that something works, and not that it is allowed

    @property
    def any(self) -> str:
        return "(?:" + "|".join(filter(None, (self.shall, self.should, self.either, self.may, self.able))) + ")"


VERBS = {
    "en": Verbs(
        shall=r"\b(?:shall|must)\b",
        should=r"\b(?:should|ought to)\b",
        may=r"\b(?:may|can|could|might)\b",
    ),
    "fr": Verbs(
        shall=r"\b(?:doi(?:t|vent)|devr(?:a|ont)|fau(?:t|dra))\b",
        should=r"\b(?:devrai(?:t|ent)|convien(?:t|drait))\b",
        may=r"\b(?:peu(?:t|vent)|pourr(?:a|ont|ait|aient)|puissent?|saurai(?:t|ent))\b",
    ),
    "es": Verbs(
        shall=r"\b(?:deben?|deberán?|tienen? que|tendrán? que|habrán? de)\b",
        should=r"\b(?:deberían?|conviene|convendría)\b",
        may=r"\b(?:pueden?|podrán?|podrían?|puedan?)\b",
    ),
    "ru": Verbs(
        shall=r"\b(?:долж(?:ен|на|но|ны)|обязан[аоы]?|надлежит|необходимо|требуется)\b",
        should=r"\b(?:следует|следовало|рекоменду[ею]тся|целесообразно)\b",
        may=r"\b(?:мо(?:жет|гут|жно)|мог(?:ла|ло|ли)?|вправе|допуска[ею]тся|разреша[ею]тся)\b",
    ),
    "ar": Verbs(
        shall=r"(?<!س)[يت](?:جب|لزم)|[يت]تعين",
        should=r"[يت]نبغي|[يت]ستحسن|\b[يت]وصى|[يت]حبذ",
        may=r"[يت]جوز|[يت]مكن|[يت]تمكن|[يت]حق(?!ق)|[يت]سمح|[يت]ستطيع",
    ),
    "zh-hans": Verbs(
        shall=r"必须|务必|(?<![无毋])须",
        should=r"应该|(?<![便适事权])宜",
        either=r"(?<![响供适对回相效反])应(?![用急对答变该])",
        may=r"(?<!不)可能|能够|(?<![许认不])可(?![靠信用见疑持读追移审能])|允许",
        able=r"(?<![功性职智可所不])能(?![力源够])",
    ),
}
