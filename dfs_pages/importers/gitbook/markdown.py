"""From GitBook's Markdown to one tree of elements: Markdown, HTML in it and GitBook's own tags alike.

GitBook's tags, such as `{% hint style="info" %}`, become elements named `gb-hint`, wherever they stand, also in lists.
"""

import re
from collections import Counter, deque
from collections.abc import Callable, Sequence
from html import escape, unescape
from typing import Any

import lxml.html
from django.utils.translation import gettext_noop as _
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from dfs_pages.importers.gitbook.store import BookError

# Whatever stands in a text, each is found in one pass over it: a page of 5 MB is read in seconds.
NAME = r"(?:@[a-z0-9-]++/)?[a-z]++(?:-[a-z]++)*+"
TAG = re.compile(rf"\{{%-?\s*({NAME})\b((?:(?!\{{%).)*?)-?%\}}", re.DOTALL)
ATTRIBUTE = re.compile(r"""(?<![\w-])([\w-]++)\s*=\s*(?:"([^"]*)"|'([^']*)')|(?:"([^"]*)"|'([^']*)')""")
SPLIT = re.compile(rf"(\{{%-?\s*{NAME}\b(?:(?!\{{%).)*?-?%\}})")
LINE_IN_A_TAG = "\u2028"
SCRIPT = _("%(place)s: the page holds a script (%(what)s); remove it and try again.")
NESTED = _("%(file)s: the page is nested too deeply.")
NO_END = _("its end is missing: what follows stands as text")
NO_START = _("an end without a beginning was left out")
PAIRED = frozenset({"hint", "tabs", "stepper", "step", "columns", "column", "tab", "code", "if", "updates", "update"})
WITH_WORDS = frozenset({"tab", "code", "if", "update"})  # of their own, which are kept
TOO_DEEP = "Excessive depth"  # says libxml2, and leaves out what is deeper
TAG_LINE = re.compile(r"([\s>]*)\{%")
MARKER = re.compile(r"[\s>]*+(?:[-*+]|\d+[.)])?\s*")
END = re.compile(r"\{%-?\s*end[a-z-]+\s*-?%\}\s*$")
FENCE = re.compile(r"^(?:[\s>]|[-*+]\s|\d+[.)]\s)*(`{3,}|~{3,})")
HTML_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>"']++|"[^"]*"|'[^']*'){0,200}+)>""")
HANDLER = re.compile(r"""\son[a-z]{3,}\s*=""", re.IGNORECASE)
SCRIPT_ADDRESS = re.compile(r"^[\s\x00-\x20]*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
ADDRESS = re.compile(r"""\b(?:href|src|action|formaction|xlink:href)\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
KNOWN = frozenset(
    [
        "a",
        "abbr",
        "article",
        "aside",
        "b",
        "blockquote",
        "br",
        "button",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "iframe",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "li",
        "main",
        "mark",
        "nav",
        "ol",
        "p",
        "picture",
        "pre",
        "q",
        "s",
        "samp",
        "section",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
        "video",
        "audio",
        "svg",
        "path",
        "font",
        "big",
    ]
)
ACTIVE = frozenset({"script", "applet", "base"})


def parse(name: str, text: str, *, lost: Callable[[str, str, str], Any] = lambda kind, reason, what: None) -> Any:
    """The page as an lxml element; `lost` is told of tags that have no meaning. Hostile text raises `BookError`."""
    renderer = Renderer(name, lost)
    html = renderer.render(split_tags(text))
    reader = lxml.html.HTMLParser()
    tree = lxml.html.fragment_fromstring(html.replace("\x0c", " "), create_parent="div", parser=reader)
    if any(TOO_DEEP in error.message for error in reader.error_log):
        raise BookError(NESTED, file=name)
    return tree


def split_tags(text: str) -> str:
    """Gives each of GitBook's tags a paragraph of its own, outside code, with the indentation of its line."""
    lines, fence = [], ""
    waiting = deque(text.split("\n"))
    while waiting:
        line = waiting.popleft()
        match = FENCE.match(line)
        if match and not fence:
            fence = match[1]
        elif match and match[1].startswith(fence) and not line.strip(" >").strip(fence[0]):
            fence = ""
        elif not fence and "{%" in line:
            line = whole_tag(line, waiting)
            if lines and (lead := TAG_LINE.match(line)) and lines[-1].strip(" >"):
                lines.append(lead[1].rstrip())  # HTML goes on until an empty line, and would take the tag for its text
            line = own_lines(line)
        lines.append(line)
    return "\n".join(lines)


def whole_tag(line: str, waiting: deque[str]) -> str:
    """A tag may go on over several lines, as the source of a drawing does."""
    if "%}" in line[line.rfind("{%") :]:
        return line
    taken = []
    while waiting and "{%" not in waiting[0]:
        taken.append(waiting.popleft())
        if "%}" in taken[-1]:
            whole = LINE_IN_A_TAG.join([line, *taken])
            if SPLIT.search(whole):
                return whole
            break
    waiting.extendleft(reversed(taken))
    return line


def own_lines(line: str) -> str:
    head, *pieces = SPLIT.split(line)
    leads = MARKER.fullmatch(head)
    if not pieces or "`" in head or not (leads or END.search(line)):
        return line
    indent = re.sub(r"[^\s>]", " ", head) if leads else re.match(r"\s*", head)[0]  # type: ignore[index]
    between = f"\n\n{indent}"
    rest = between.join(piece.strip() for piece in pieces if piece.strip())
    return (head if leads else head.rstrip() + between) + rest + "\n"


def gitbook_tag(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.sCount[start] - state.blkIndent >= 4:
        return False
    match = TAG.fullmatch(line_of(state, start))
    if match is None:
        return False
    if silent:
        return True
    token = state.push("gitbook_tag", "", 0)
    token.info, token.meta, token.map = match[1], attributes(match[2]), [start, start + 1]
    if match[1] == "if":
        token.meta = {"condition": match[2].strip()}
    elif match[1].startswith("@"):
        token.info, token.meta["integration"] = "integration", match[1]
    state.line = start + 1
    return True


def attributes(text: str) -> dict[str, str]:
    """A value without a name, as in `{% include "file" %}`, is named `value`."""
    found = {}
    for match in ATTRIBUTE.finditer(text):
        bare = match[4] if match[4] is not None else match[5]
        value = match[2] if match[2] is not None else match[3]
        found[match[1] or "value"] = (bare if bare is not None else value or "").replace(LINE_IN_A_TAG, "\n")
    return found


def formula_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """From a line of `$$` alone to the next one that ends so: its signs are no Markdown."""
    if state.is_code_block(start) or line_of(state, start) != "$$":
        return False
    last = start + 1
    while last < end and not line_of(state, last).endswith("$$"):
        if line_of(state, last) and state.sCount[last] < state.blkIndent:
            return False
        last += 1
    if last >= end:
        return False
    if not silent:
        token = state.push("fence", "code", 0)
        token.info, token.map = "math", [start, last + 1]
        token.content = state.getLines(start + 1, last, state.sCount[start], False)
        token.content += line_of(state, last).removesuffix("$$")
    state.line = last + 1
    return True


def line_of(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()


def formula_inline(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("$$", state.pos):
        return False
    end = state.src.find("$$", state.pos + 2)
    if end < 0 or not (formula := state.src[state.pos + 2 : end].strip()):
        return False
    if not silent:
        token = state.push("code_inline", "code", 0)
        token.attrs, token.content = {"class": "formula"}, formula
    state.pos = end + 2
    return True


class Renderer:
    def __init__(self, name: str, lost: Callable[[str, str, str], Any]) -> None:
        self.name, self.lost = name, lost
        self.parser = parser()

    def render(self, text: str) -> str:
        try:
            tokens = self.parser.parse(text, {})
        except RecursionError as error:
            raise BookError(NESTED, file=self.name) from error
        self.close_tags(tokens)
        for token in tokens:
            for part in (token, *(token.children or ())):
                if part.type in ("html_block", "html_inline"):
                    part.content = self.checked(part)
                elif part.type == "gitbook_tag":
                    part.type, part.content = "html_block", self.element(part)
        return str(self.parser.renderer.render(tokens, self.parser.options, {}))

    def close_tags(self, tokens: Sequence[Token]) -> None:
        """Marks each tag as opening, closing or standing alone; those without a partner stand alone."""
        open_tags: dict[int, list[Token]] = {}
        waiting: Counter[tuple[int, str]] = Counter()
        for token in tokens:
            if token.type != "gitbook_tag":
                continue
            stack = open_tags.setdefault(token.level, [])
            if not token.info.startswith("end"):
                stack.append(token)
                waiting[token.level, token.info] += 1
                continue
            wanted = token.info[3:]
            while waiting[token.level, wanted]:
                last = stack.pop()
                waiting[token.level, last.info] -= 1
                if last.info == wanted:
                    last.markup, token.markup = "open", "close"
                    break

    def element(self, token: Token) -> str:
        if token.markup or token.info.removeprefix("end") not in PAIRED:
            return element(token)
        name = token.info.removeprefix("end")
        said = ", ".join(f"{key}: {value}" for key, value in token.meta.items())
        self.lost(name, NO_END if name == token.info else NO_START, said)
        return element(token) if name in WITH_WORDS else ""

    def checked(self, token: Token) -> str:
        """Tags that nobody knows become text, as `<name>` is in a manual; active content is refused."""
        line = token.map[0] + 1 if token.map else 0
        return HTML_TAG.sub(lambda match: self.tag(match, line), token.content)

    def tag(self, match: re.Match[str], line: int) -> str:
        name, rest = match[2].lower(), match[3]
        place = f"{self.name}, line {line}" if line else self.name
        if name in ACTIVE or (name in KNOWN and HANDLER.search(f" {rest}")):
            raise BookError(SCRIPT, place=place, what=f"<{name}>")
        if name in KNOWN:
            for address in ADDRESS.findall(rest):
                check_address(unescape(address), place)
            return match[0]
        if name == "style":
            return ""
        self.lost("HTML tag", _("shown as text"), match[0])
        return escape(match[0])


def check_address(address: str, place: str) -> None:
    plain = re.sub(r"[\t\n\r]", "", address)
    if SCRIPT_ADDRESS.match(plain):
        raise BookError(
            _("%(place)s: a link starts a script (%(what)s); remove it and try again."), place=place, what=plain[:40]
        )


def element(token: Token) -> str:
    if token.markup == "close":
        return f"</gb-{token.info[3:]}>"
    if token.info.startswith("end"):
        return ""
    given = "".join(f' {name.lower()}="{escape(value)}"' for name, value in token.meta.items())
    return f"<gb-{token.info}{given}>" + ("" if token.markup == "open" else f"</gb-{token.info}>")


def parser() -> MarkdownIt:
    """Links are checked here and not by the parser, which would turn a hostile one into text without a word."""
    # Beyond its limit the parser leaves texts out, so the limit is that of the interpreter, which refuses.
    made = MarkdownIt("commonmark", {"html": True, "maxNesting": 100_000})
    made.enable(["table", "strikethrough"]).use(footnote_plugin)
    made.validateLink = lambda url: True  # type: ignore[method-assign]
    ends = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    made.block.ruler.before("fence", "gitbook_tag", gitbook_tag, ends)
    made.block.ruler.before("fence", "formula", formula_block, ends)
    made.inline.ruler.before("escape", "formula", formula_inline)
    return made
