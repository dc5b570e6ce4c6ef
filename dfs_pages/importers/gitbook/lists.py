"""Lists, steps and the text of hints: what may stand together in one rich text, and what has to stand after it."""

from html import escape
from typing import Any

from django.utils.translation import gettext_noop as _

from dfs_pages.importers.gitbook.account import DEGRADED, MAPPED
from dfs_pages.importers.gitbook.heads import drop
from dfs_pages.importers.gitbook.inline import INLINE_TAGS, LINK_IN_A_HEADING, LINK_IN_A_TITLE, Inline, contents

BOX = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}
IN_A_LIST = (INLINE_TAGS - {"img"}) | {"p", "div", "section", "ul", "ol", "li"}
LONGEST_TITLE = 200
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INSIDE_ANOTHER = _("steps inside another block became numbered lines")
IN_A_TITLE = _("a picture in a title stands below it")
INSIDE_AN_ITEM = _("a block inside a list item stands below it")


class Lists:
    def __init__(self, page: Any) -> None:
        self.page = page
        self.after: list[Any] = []

    def write(self, element: Any) -> None:
        """As one block where it can be; where an item holds blocks, the list is cut there and goes on after them."""
        children = [child for child in element if child.tag == "li"]
        for _child in children:
            self.page.met("list item", MAPPED)
        start = int(element.get("start")) if (element.get("start") or "").isdecimal() else 1
        is_cut = any(holds_blocks(child) for child in children)
        if element.tag == "ol" and is_cut and start == 1 and not self.page.inside:
            self.page.met("list", MAPPED)
            self.write_steps([("", [], child) for child in children])
            return
        items = [self.item(child) for child in children]
        if element.tag == "ul":
            self.page.met("list", DEGRADED if is_cut else MAPPED, _("a list with blocks inside was cut in two"))
            self.write_parts(items)
        elif is_cut or start != 1:
            reason = _("a numbered list with blocks inside became numbered paragraphs")
            self.page.met("list", DEGRADED, reason)
            self.write_numbered(items, start)
        else:
            self.page.met("list", MAPPED)
            self.flush([html for html, _after in items], ordered=True)

    def write_parts(self, items: list[tuple[str, list[Any]]]) -> None:
        together: list[str] = []
        for html, after in items:
            together.append(html)
            if after:
                self.flush(together, ordered=False)
                together = []
                self.page.follow(after, INSIDE_AN_ITEM)
        self.flush(together, ordered=False)

    def write_numbered(self, items: list[tuple[str, list[Any]]], start: int) -> None:
        for number, (html, after) in enumerate(items, start):
            self.page.out.add("paragraph", with_number(html, number))
            self.page.follow(after, INSIDE_AN_ITEM)

    def flush(self, items: list[str], *, ordered: bool) -> None:
        items = [item for item in items if item]
        if not items:
            return
        out = self.page.out
        if ordered or any("<ul>" in item or "<ol>" in item for item in items):
            tag = "ol" if ordered else "ul"
            out.add("paragraph", f"<{tag}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>")
        else:
            out.add("list", out.items(f"<p>{item}</p>" for item in items))

    def item(self, item: Any) -> tuple[str, list[Any]]:
        """Its words with the lists below it, and the blocks that can't stand in a list."""
        before, self.after = self.after, []
        html = self.item_html(item)
        found, self.after = self.after, before
        return html, found

    def item_html(self, item: Any) -> str:
        lines: list[str] = []
        below: list[str] = []
        loose: list[Any] = []

        def flush() -> None:
            inline = Inline(self.page.links)
            if html := self.task(inline.html(list(loose))):
                lines.append(html)
            self.after.extend(inline.pictures)
            loose.clear()

        def walk(element: Any) -> None:
            for part in contents(element):
                if isinstance(part, str) or part.tag in INLINE_TAGS:
                    loose.append(part)
                    continue
                flush()
                if part.tag in ("p", "div", "section"):
                    walk(part)
                    flush()
                elif part.tag in ("ul", "ol"):
                    below.append(self.nested(part))
                else:
                    self.after.append(part)

        walk(item)
        flush()
        return "<br/>".join(lines) + "".join(below)

    def nested(self, element: Any) -> str:
        items = [child for child in element if child.tag == "li"]
        for _item in items:
            self.page.met("list item", MAPPED)
        self.page.met("list", MAPPED)
        inner = "".join(f"<li>{self.item_html(item)}</li>" for item in items)
        return f"<{element.tag}>{inner}</{element.tag}>" if items else ""

    def task(self, html: str) -> str:
        for box, sign in BOX.items():
            if html.startswith(box):
                self.page.met("task", DEGRADED, _("a box to tick became a sign"))
                return sign + html[len(box) :].lstrip()
        return html

    def text(self, element: Any) -> tuple[str, str, list[Any]]:
        """Title, rich text and the blocks that have to follow, of a hint, a quotation or a step."""
        pieces: list[str] = []
        loose: list[Any] = []
        title = ""
        before, self.after = self.after, []

        def flush() -> None:
            inline = Inline(self.page.links)
            if html := inline.html(list(loose)):
                pieces.append(f"<p>{html}</p>")
            self.after.extend(inline.pictures)
            loose.clear()

        def walk(inside: Any) -> None:
            nonlocal title
            for part in contents(inside):
                if isinstance(part, str) or part.tag in INLINE_TAGS:
                    loose.append(part)
                    continue
                flush()
                if part.tag in ("p", "div", "section"):
                    walk(part)
                    flush()
                elif part.tag in ("ul", "ol"):
                    pieces.append(self.nested(part))
                elif part.tag in HEADINGS:
                    inline = Inline(self.page.links)
                    words = inline.plain(part, lost=LINK_IN_A_HEADING)
                    self.page.met("heading", MAPPED)
                    if not title and not pieces and not self.after:
                        title = words
                    elif words:
                        pieces.append(f"<p><b>{escape(words, quote=False)}</b></p>")
                    self.after.extend(inline.pictures)
                else:
                    self.after.append(part)

        walk(element)
        flush()
        found, self.after = self.after, before
        return title, "".join(pieces), found

    def steps(self, steps: list[Any]) -> None:
        """Of a stepper; a heading at the head of a step is its title."""
        for _step in steps:
            self.page.met("step", MAPPED)
        self.page.met("stepper", MAPPED if not self.page.inside else DEGRADED, INSIDE_ANOTHER)
        self.write_steps([(*self.step_title(step), step) for step in steps])

    def step_title(self, step: Any) -> tuple[str, list[Any]]:
        """A heading at the head of the step, and the pictures in it."""
        first = next(iter(step), None)
        if first is None or first.tag not in HEADINGS or (step.text or "").strip():
            return "", []
        inline = Inline(self.page.links)
        words = inline.plain(first, lost=LINK_IN_A_TITLE)
        drop(first)
        return words, inline.pictures

    def write_steps(self, steps: list[tuple[str, list[Any], Any]]) -> None:
        """What is inside another block can hold no steps: each becomes a line with its number, and its blocks."""
        page = self.page
        if not page.inside:
            values = []
            for words, pictures, step in steps:
                title, in_full = page.fitting(words, LONGEST_TITLE)
                values.append({"title": title, "content": page.within(step, in_full, pictures)})
            page.out.add("steps", page.out.items(values))
            return
        for number, (title, pictures, step) in enumerate(steps, 1):
            page.out.add("paragraph", f"<p><b>{escape(f'{number}. {title}'.rstrip(), quote=False)}</b></p>")
            page.follow(pictures, IN_A_TITLE)
            page.fill(step)


def holds_blocks(item: Any) -> bool:
    return any(isinstance(part.tag, str) and part.tag not in IN_A_LIST for part in item.iterdescendants())


def with_number(html: str, number: int) -> str:
    """Lists below the words of an item stay lists."""
    place = min((html.find(tag) for tag in ("<ul>", "<ol>") if tag in html), default=-1)
    words, below = (html, "") if place < 0 else (html[:place], html[place:])
    return f"<p>{number}. {words}</p>{below}"
