"""What must survive a translation unchanged: references, links, placeholders, chips, markup, TLP labels."""

import re
from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from dfs_workflow.translation.quality.findings import Finding, Pair, same_tokens

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*)?)/?>")
ATTRIBUTE = re.compile(r'([\w-]+)\s*=\s*"([^"]*)"')
MARKDOWN_LINK = re.compile(r"\]\((page:[a-z0-9-]+|https?://[^\s()]+|/(?!/)[^\s()]*)\)")
ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]{}«»“”，。；、）】،؛]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<![\d%])%[sd](?![a-z])|\{\{?\s*[A-Za-z_][\w.]*\s*\}?\}")
REFERENCE = re.compile(r"(?<![A-Za-z0-9-])(?:[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+(?:\.\d+)*|C\d{1,3})(?![A-Za-z0-9])")
TLP = re.compile(r"TLP\s?:\s?(?:RED|AMBER\+STRICT|AMBER|GREEN|CLEAR|WHITE)\b")
BOLD = re.compile(r"\*\*")
# What a chip says is written anew in each language.
CHIP = re.compile(r'<a\s[^<>]*linktype="(?!page"|document")[^<>]*>[^<]*</a>')
# A translation may break a line where the source doesn't; links and chips are compared as what they are.
FREE_TAGS = {"a", "br", "p", "embed"}


def check_tokens(pair: Pair) -> Iterable[Finding]:
    source, target = without_addresses(pair.source), without_addresses(pair.target)
    yield from same_tokens("links", links(pair.source), links(pair.target), _("Link"))
    yield from same_tokens("chips", chips(pair.source), chips(pair.target), _("Variable or cross-reference"))
    yield from same_tokens("markup", markup(pair.source), markup(pair.target), _("Markup"))
    yield from same_tokens("placeholders", PLACEHOLDER.findall(source), PLACEHOLDER.findall(target), _("Placeholder"))
    yield from same_tokens("tlp", TLP.findall(source), TLP.findall(target), _("TLP label"))
    yield from same_tokens("references", references(source), references(target), _("Reference"))


def references(text: str) -> list[str]:
    return REFERENCE.findall(TLP.sub(" ", text))


def links(text: str) -> list[str]:
    """Numbered anchors as wagtail-localize makes them, targets, and addresses that stand in the text."""
    anchors = [name for name, attributes in anchors_of(text) if "linktype" not in attributes or is_page(attributes)]
    inside = MARKDOWN_LINK.findall(text)
    bare = ADDRESS.findall(TAG.sub(" ", MARKDOWN_LINK.sub("]", text)))
    return [*anchors, *inside, *(address.rstrip(".,;:!?") for address in bare)]


def chips(text: str) -> list[str]:
    return [name for name, attributes in anchors_of(text) if "linktype" in attributes and not is_page(attributes)]


def is_page(attributes: dict[str, str]) -> bool:
    return attributes["linktype"] in {"page", "document"}


def anchors_of(text: str) -> Iterable[tuple[str, dict[str, str]]]:
    for closing, name, rest in TAG.findall(text):
        if name == "a" and not closing:
            attributes = dict(ATTRIBUTE.findall(rest))
            yield " ".join(f'{key}="{value}"' for key, value in sorted(attributes.items())), attributes


def markup(text: str) -> list[str]:
    tags = [f"<{closing}{name}>" for closing, name, _rest in TAG.findall(text) if name not in FREE_TAGS]
    return [*tags, *BOLD.findall(text)]


@lru_cache(2048)
def without_addresses(text: str) -> str:
    """Only the words: no tags, and no link's target."""
    return ADDRESS.sub(" ", TAG.sub(" ", MARKDOWN_LINK.sub("]", CHIP.sub(" ", text))))


@lru_cache(2048)
def words_only(text: str) -> str:
    """Without anything that is compared as a token."""
    for pattern in (PLACEHOLDER, TLP, REFERENCE):
        text = pattern.sub(" ", without_addresses(text) if pattern is PLACEHOLDER else text)
    return text
