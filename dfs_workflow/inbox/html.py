"""Mails that come as HTML only: their words as lines, and a `>` where something is quoted."""

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
    ("address", "article", "blockquote", "body", "div", "dl", "dt", "dd", "footer", "form", "h1", "h2", "h3", "h4")
    + ("h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul")
)
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
SILENT = frozenset({"head", "style", "script", "title"})
QUOTES = ("gmail_quote", "yahoo_quoted", "moz-forward-container")  # with the line that says who wrote
ENDS = ("divrplyfwdmsg", "appendonsend", "x_divrplyfwdmsg", "mail-editor-reference-message-container")
DEEPEST = 2000


def text_of_html(html: str) -> str:
    reader = Words()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.found).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.opened: list[tuple[str, bool]] = []  # with whether it is silent
        self.is_over = False

    @property
    def is_silent(self) -> bool:
        return self.is_over or any(silent for _tag, silent in self.opened)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks = {name: (value or "").lower() for name, value in attrs}
        if marks.get("id") in ENDS:
            self.is_over = True
        is_quote = tag == "blockquote" or any(mark in marks.get("class", "") for mark in QUOTES)
        if is_quote and not self.is_silent:
            self.found.append("\n>\n")
        elif (tag == "br" or tag in BLOCKS) and not self.is_silent:
            self.found.append("\n")
        if tag not in VOID and len(self.opened) < DEEPEST:
            self.opened.append((tag, is_quote or tag in SILENT))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or all(tag != name for name, _silent in self.opened):
            return
        while self.opened.pop()[0] != tag:
            pass
        if tag in BLOCKS and not self.is_silent:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.is_silent:
            self.found.append(data.replace("\n", " ").replace("\xa0", " "))
