"""Blocks as plain HTML, without classes of the site; what files are made of whose readers have no other frame."""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from dfs_pages.exporters.markdown import items
from dfs_pages.exporters.rich_markdown import LinkTo, fragment

Block = dict[str, Any]


class Html:
    """`link_to` says where links lead, `picture` under which name a picture is kept; `titles` are those of statements.

    `level` is that of the heading above: headings inside stand below it and leave no level out.
    """

    def __init__(
        self, link_to: LinkTo, picture: Callable[[int], str], titles: Mapping[str, str], level: int = 1
    ) -> None:
        self.link_to, self.picture, self.titles = link_to, picture, titles
        self.level = self.last = level

    def text(self, blocks: Iterable[Block]) -> str:
        return "".join(getattr(self, f"block_{block['type']}")(block["value"]) for block in blocks)

    def heading(self, below: int, words: str) -> str:
        self.last = min(self.level + below, self.last + 1, 6)
        return f"<h{self.last}>{escape(words)}</h{self.last}>"

    def link(self, target: str, words: str) -> str:
        return f'<a href="{escape(target)}">{escape(words)}</a>' if target else escape(words)

    def block_heading(self, value: str) -> str:
        return self.heading(1, value)

    def block_subheading(self, value: str) -> str:
        return self.heading(2, value)

    def block_paragraph(self, value: str) -> str:
        return self.rich(value)

    def block_list(self, value: Any) -> str:
        return "<ul>" + "".join(f"<li>{self.rich(item)}</li>" for item in items(value)) + "</ul>"

    def block_hint(self, value: Block) -> str:
        names = {"warning": _("Warning"), "danger": _("Danger"), "success": _("Good practice")}
        title = value.get("title") or names.get(value["kind"], _("Note"))
        return f"<aside><p><b>{escape(title)}</b></p>{self.rich(value['text'])}</aside>"

    def block_definitions(self, value: Any) -> str:
        rows = [f"<dt>{escape(item['term'])}</dt><dd>{self.rich(item['text'])}</dd>" for item in items(value)]
        return "<dl>" + "".join(rows) + "</dl>"

    def block_quote(self, value: Block) -> str:
        text = "".join(f"<p>{escape(part)}</p>" for part in value["text"].split("\n\n") if part.strip())
        source = f"<p>— {self.link(value.get('url') or '', value['source'])}</p>" if value.get("source") else ""
        return f"<blockquote>{text}{source}</blockquote>"

    def block_table(self, value: Block) -> str:
        head = "".join(f'<th scope="col">{escape(column)}</th>' for column in items(value["columns"]))
        rows = []
        for row in items(value["rows"]):
            cells = [self.rich(cell) for cell in items(row["cells"])]
            first = f'<th scope="row">{cells.pop(0)}</th>' if value.get("row_headings") and cells else ""
            rows.append(f"<tr>{first}" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        caption = f"<caption>{escape(value['caption'])}</caption>" if value.get("caption") else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    def block_code(self, value: Block) -> str:
        title = f"<p><b>{escape(value['title'])}</b></p>" if value.get("title") else ""
        return f'{title}<pre dir="ltr">{escape(value["code"])}</pre>'

    def block_figure(self, value: Block) -> str:
        name = self.picture(value["image"]) if value.get("image") else ""
        image = f'<img src="{escape(name)}" alt="{escape(value.get("alt_text") or "")}">' if name else ""
        caption = f"<figcaption>{escape(value['caption'])}</figcaption>" if value.get("caption") else ""
        return f"<figure>{image}{caption}</figure>" if image or caption else ""

    def block_file(self, value: Block) -> str:
        target = self.link_to("document", str(value["file"]), "") if value.get("file") else ""
        return f"<p>{self.link(target, value['title'])}</p>"

    def block_steps(self, value: Any) -> str:
        return "<ol>" + "".join(f"<li>{self.opened(step)}</li>" for step in items(value)) + "</ol>"

    def block_expandable(self, value: Block) -> str:
        return self.opened(value)

    def block_tabs(self, value: Any) -> str:
        return "".join(self.opened(tab) for tab in items(value))

    def opened(self, value: Block) -> str:
        """Paper has nothing to open: a line in bold, and the text below it."""
        title = f"<p><b>{escape(value['title'])}</b></p>" if value.get("title") else ""
        return title + self.text(value["content"])

    def block_cards(self, value: Any) -> str:
        rows = []
        for card in items(value):
            target = self.link_to("page", str(card["page"]), "") if card.get("page") else card.get("url") or ""
            more = f": {escape(card['text'])}" if card.get("text") else ""
            rows.append(f"<li><p>{self.link(target, card['title'])}{more}</p></li>")
        return f"<ul>{''.join(rows)}</ul>"

    def block_page_link(self, value: Block) -> str:
        target = self.link_to("page", str(value["page"]), "") if value.get("page") else ""
        return f"<p>{self.link(target, value.get('title') or target)}</p>" if target else ""

    def block_recommendation(self, value: str) -> str:
        title = f" {escape(self.titles[value])}" if value in self.titles else ""
        return f"<p>{self.link(self.link_to('statement', value, ''), value)}{title}</p>"

    block_control = block_recommendation

    def block_footnote(self, value: Block) -> str:
        return f"<aside><p>[{escape(value['mark'])}]</p>{self.rich(value['text'])}</aside>"

    def rich(self, html: str) -> str:
        """Rich text with its links led to where they go; one that leads nowhere leaves its words."""
        root = fragment(html)
        for link in list(root.iter("a")):
            kind = link.get("linktype") or ""
            name = link.get("id") if kind else link.get("href")
            target = self.link_to(kind, name or "", link.get("data-anchor") or "")
            link.attrib.clear()
            if target:
                link.set("href", target)
        return inner(root)


def inner(root: Any) -> str:
    from lxml.etree import tostring

    return escape(root.text or "") + "".join(tostring(child, encoding="unicode", method="html") for child in root)
