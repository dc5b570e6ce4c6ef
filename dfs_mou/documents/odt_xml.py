"""Small builders of OpenDocument XML. Every text goes through `escape`: no answer can become an element."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

PREFIXES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
NAMESPACES = " ".join(f'xmlns:{name}="{uri}"' for name, uri in PREFIXES.items()) + ' office:version="1.3"'
SPACES = re.compile(r"  +")


def element(tag: str, /, *children: str, **attributes: str) -> str:
    rendered = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    inner = "".join(children)
    return f"<{tag}{rendered}>{inner}</{tag}>" if inner else f"<{tag}{rendered}/>"


def paragraph(style: str, *inner: str) -> str:
    return element("text:p", *inner, **{"text:style-name": style})


def span(text: str, *, bold: bool = False) -> str:
    """OpenDocument keeps one space of several, unless the others are counted."""
    made = SPACES.sub(
        lambda found: " " + element("text:s", **{"text:c": str(len(found[0]) - 1)}), escape(text)
    ).replace("\n", "<text:line-break/>")
    if made.startswith(" "):
        made = "<text:s/>" + made[1:]
    return element("text:span", made, **{"text:style-name": "Strong"}) if bold and text else made
