"""Blocks as Markdown in GitBook's dialect; `importers/gitbook` reads it back to the same blocks."""

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from dfs_pages.exporters import rich_markdown
from dfs_pages.exporters.rich_markdown import LinkTo

HINTS = {"note": "info", "success": "success", "warning": "warning", "danger": "danger"}
Block = dict[str, Any]


class Markdown:
    """`link_to` says where links lead; `file_of` under which name a picture or file is kept.

    To be read back, it says what is a link and what isn't.
    """

    def __init__(self, link_to: LinkTo, file_of: Callable[[str, int], str], *, to_read_back: bool = False) -> None:
        self.link_to, self.file_of, self.to_read_back = link_to, file_of, to_read_back

    def text(self, blocks: Iterable[Block]) -> str:
        """Two lists in a row are parted by a comment, as they would be read as one."""
        parts: list[str] = []
        before = ""
        for block in blocks:
            text = getattr(self, f"block_{block['type']}")(block["value"])
            if not text:
                continue
            if is_list(text) and is_list(before):
                parts.append(rich_markdown.NOTHING)
            parts.append(text)
            before = text
        return "\n\n".join(parts)

    def rich(self, html: str) -> str:
        return rich_markdown.without_bare_addresses(html) if self.to_read_back else html

    def inline(self, html: str) -> str:
        return rich_markdown.inline(self.rich(html), self.link_to)

    def blocks(self, html: str) -> str:
        return rich_markdown.blocks(self.rich(html), self.link_to)

    def block_heading(self, value: str) -> str:
        return f"## {rich_markdown.escape(value)}"

    def block_subheading(self, value: str) -> str:
        return f"### {rich_markdown.escape(value)}"

    def block_paragraph(self, value: str) -> str:
        return self.blocks(value)

    def block_list(self, value: Any) -> str:
        return "\n".join(f"* {self.inline(item)}" for item in items(value))

    def block_hint(self, value: Block) -> str:
        title = f"#### {rich_markdown.escape(value['title'])}\n\n" if value.get("title") else ""
        text = self.blocks(value["text"])
        return f'{{% hint style="{HINTS.get(value["kind"], "info")}" %}}\n{title}{text}\n{{% endhint %}}'

    def block_definitions(self, value: Any) -> str:
        rows = [f"<dt>{escape(item['term'])}</dt><dd>{self.html(item['text'])}</dd>" for item in items(value)]
        return "<dl>" + "\n".join(rows) + "</dl>"

    def block_quote(self, value: Block) -> str:
        paragraphs = [rich_markdown.guard(rich_markdown.escape(part)) for part in value["text"].split("\n\n")]
        if value.get("source"):
            source = rich_markdown.escape(value["source"])
            paragraphs.append(f"— [{source}]({value['url']})" if value.get("url") else f"— {source}")
        return "\n>\n".join(f"> {part}" for part in paragraphs)

    def block_table(self, value: Block) -> str:
        head = "".join(f"<th>{escape(column)}</th>" for column in items(value["columns"]))
        rows = []
        for row in items(value["rows"]):
            tags = ["th" if value.get("row_headings") and not n else "td" for n in range(len(items(row["cells"])))]
            cells = zip(tags, items(row["cells"]), strict=True)
            rows.append("<tr>" + "".join(f"<{tag}>{self.html(cell)}</{tag}>" for tag, cell in cells) + "</tr>")
        caption = f"<caption>{escape(value['caption'])}</caption>" if value.get("caption") else ""
        body = "\n".join(rows)
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"

    def block_code(self, value: Block) -> str:
        longest = max((len(run) for run in re.findall("`+", value["code"])), default=0)
        fence = "`" * max(3, longest + 1)
        text = f"{fence}{value.get('language') or ''}\n{value['code']}\n{fence}"
        title = escape(value.get("title") or "")
        return f'{{% code title="{title}" %}}\n{text}\n{{% endcode %}}' if title else text

    def block_figure(self, value: Block) -> str:
        if not value.get("image"):
            return ""
        src, alt = escape(self.file_of("image", value["image"])), escape(value.get("alt_text") or "")
        caption = f"<figcaption>{escape(value.get('caption') or '')}</figcaption>"
        return f'<figure><img src="{src}" alt="{alt}">{caption}</figure>'

    def block_file(self, value: Block) -> str:
        if not value.get("file"):
            return ""
        src = escape(self.file_of("document", value["file"]))
        return f'{{% file src="{src}" %}}\n{rich_markdown.escape(value["title"])}\n{{% endfile %}}'

    def block_steps(self, value: Any) -> str:
        steps = [
            "{% step %}\n"
            + (f"### {rich_markdown.escape(step['title'])}\n\n" if step.get("title") else "")
            + f"{self.text(step['content'])}\n{{% endstep %}}"
            for step in items(value)
        ]
        return "{% stepper %}\n" + "\n\n".join(steps) + "\n{% endstepper %}"

    def block_expandable(self, value: Block) -> str:
        return (
            f"<details>\n\n<summary>{escape(value['title'])}</summary>\n\n{self.text(value['content'])}\n\n</details>"
        )

    def block_tabs(self, value: Any) -> str:
        tabs = [
            f'{{% tab title="{escape(tab["title"])}" %}}\n{self.text(tab["content"])}\n{{% endtab %}}'
            for tab in items(value)
        ]
        return "{% tabs %}\n" + "\n\n".join(tabs) + "\n{% endtabs %}"

    def block_cards(self, value: Any) -> str:
        head = '<th></th><th></th><th data-hidden data-card-target data-type="content-ref"></th>'
        rows = []
        for card in items(value):
            target = self.link_to("page", str(card["page"]), "") if card.get("page") else card.get("url") or ""
            link = f'<a href="{escape(target)}">{escape(target)}</a>' if target else ""
            title, text = escape(card["title"]), escape(card.get("text") or "").replace("\n", "<br>")
            rows.append(f"<tr><td><strong>{title}</strong></td><td>{text}</td><td>{link}</td></tr>")
        body = "\n".join(rows)
        return f'<table data-view="cards"><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>'

    def block_page_link(self, value: Block) -> str:
        target = self.link_to("page", str(value["page"]), "") if value.get("page") else ""
        words = rich_markdown.escape(value.get("title") or target)
        return f'{{% content-ref url="{target}" %}}\n[{words}]({target})\n{{% endcontent-ref %}}' if target else ""

    def block_recommendation(self, value: str) -> str:
        target = self.link_to("statement", value, "")
        return f"[{value}]({target})" if target else value

    block_control = block_recommendation

    def block_footnote(self, value: Block) -> str:
        return f"[^{value['mark']}]: {self.inline(value['text'])}"

    def html(self, rich: str) -> str:
        """The words of a cell; links as HTML, as Markdown is not read there."""
        element = rich_markdown.fragment(self.rich(rich))
        for link in element.iter("a"):
            kind = link.get("linktype") or ""
            target = self.link_to(
                kind, link.get("id") if kind else link.get("href") or "", link.get("data-anchor") or ""
            )
            link.attrib.clear()
            if target:
                link.set("href", target)
        text = "".join(
            (rich_markdown.lxml.html.tostring(child, encoding="unicode") if child.tag != "p" else inner(child))
            for child in element
        )
        return (element.text or "") + text


def inner(element: Any) -> str:
    tail = "".join(rich_markdown.lxml.html.tostring(child, encoding="unicode") for child in element)
    return escape(element.text or "", quote=False) + tail


def items(value: Iterable[Any]) -> list[Any]:
    """A stored list holds its items with their identities."""
    return [item["value"] if isinstance(item, dict) and item.get("type") == "item" else item for item in value]


def is_list(text: str) -> bool:
    return bool(re.match(r"(\* |\d+\. )", text))
