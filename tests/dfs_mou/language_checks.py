"""What must never stand in a printed document, whatever was answered."""

import re
from functools import lru_cache

LEFTOVERS = re.compile(r"\{\{|\}\}|\[\[|\]\]|<[^>]*>|\bTBD\b|\bNone\b|Unasked|\bASK\b")
DOUBLE_SPACE = re.compile(r"  |\s$|^\s")
ENGLISH = re.compile(r"\b(the the|of of|in in|The the|a the|an the|the a)\b")
FRENCH = re.compile(
    r"\b(de|à) (le|les)\b"
    r"|\b(du|des|au|aux) (le|la|les|du|des|de la)\b|\b(du|des|au|aux) (de )?l’"
    r"|\b(le|la|les) (le|la|les|un|une)\b|\b(le|la|les) l’"
    r"|[ldLD]’ |[ld]’(le|la|les|du|des|aux) |l’l’|d’d’"
    r"|\bde (de|du|des)\b|\bde d’"
    r"|\b(de|le|la|que|ne|se|je|jusque|lorsque) (?=[AÀÂEÉÈÊIÎOÔUÛaàâeéèêiîoôuû])(?!onze|oui|A\d)"
)
# French typography: a no-break space before double punctuation and inside quotes.
FRENCH_SPACES = re.compile(r" [;:!?»]|« ")


@lru_cache(20_000)
def faults(text: str, language: str) -> tuple[str, ...]:
    """Each fault with a little of what surrounds it."""
    rules = [LEFTOVERS, DOUBLE_SPACE, *((ENGLISH,) if language == "en" else (FRENCH, FRENCH_SPACES))]
    return tuple(
        f"“{match[0]}” in …{text[max(match.start() - 30, 0) : match.end() + 30]}…"
        for rule in rules
        for match in rule.finditer(text)
    )
