"""What the kinds of parts of a book are called in the language of who reads its report."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

KINDS: dict[str, Promise] = {
    "page": pgettext_lazy("part of a book", "page"),
    "link": pgettext_lazy("part of a book", "link"),
    "image": pgettext_lazy("part of a book", "picture"),
    "file": pgettext_lazy("part of a book", "file"),
    "HTML tag": pgettext_lazy("part of a book", "HTML tag"),
    "alternative text": pgettext_lazy("part of a book", "alternative text"),
    "button": pgettext_lazy("part of a book", "button"),
    "card": pgettext_lazy("part of a book", "card"),
    "cards": pgettext_lazy("part of a book", "group of cards"),
    "code": pgettext_lazy("part of a book", "code"),
    "columns": pgettext_lazy("part of a book", "columns"),
    "content-ref": pgettext_lazy("part of a book", "reference to a page"),
    "contents entry": pgettext_lazy("part of a book", "entry of the contents"),
    "definitions": pgettext_lazy("part of a book", "definitions"),
    "drawing": pgettext_lazy("part of a book", "drawing"),
    "embed": pgettext_lazy("part of a book", "part of another site"),
    "emoji": pgettext_lazy("part of a book", "emoji"),
    "expandable": pgettext_lazy("part of a book", "text that opens"),
    "expression": pgettext_lazy("part of a book", "variable"),
    "footnote": pgettext_lazy("part of a book", "footnote"),
    "formula": pgettext_lazy("part of a book", "formula"),
    "heading": pgettext_lazy("part of a book", "heading"),
    "hint": pgettext_lazy("part of a book", "hint"),
    "icon": pgettext_lazy("part of a book", "icon"),
    "if": pgettext_lazy("part of a book", "text for some readers"),
    "include": pgettext_lazy("part of a book", "included text"),
    "integration": pgettext_lazy("part of a book", "part of another program"),
    "list": pgettext_lazy("part of a book", "list"),
    "list item": pgettext_lazy("part of a book", "list item"),
    "nested block": pgettext_lazy("part of a book", "block in a block"),
    "openapi": pgettext_lazy("part of a book", "operation of an API"),
    "page setting": pgettext_lazy("part of a book", "setting of a page"),
    "paragraph": pgettext_lazy("part of a book", "paragraph"),
    "picture in a line": pgettext_lazy("part of a book", "picture in a line"),
    "picture with a link": pgettext_lazy("part of a book", "picture with a link"),
    "quotation": pgettext_lazy("part of a book", "quotation"),
    "redirect": pgettext_lazy("part of a book", "old address"),
    "rule": pgettext_lazy("part of a book", "dividing line"),
    "step": pgettext_lazy("part of a book", "step"),
    "stepper": pgettext_lazy("part of a book", "sequence of steps"),
    "table": pgettext_lazy("part of a book", "table"),
    "table cell": pgettext_lazy("part of a book", "table cell"),
    "table of contents": pgettext_lazy("part of a book", "table of contents"),
    "tabs": pgettext_lazy("part of a book", "tabs"),
    "task": pgettext_lazy("part of a book", "task"),
    "text for inclusion": pgettext_lazy("part of a book", "text for inclusion"),
    "text style": pgettext_lazy("part of a book", "text style"),
    "title": pgettext_lazy("part of a book", "title"),
    "update": pgettext_lazy("part of a book", "news entry"),
    "updates": pgettext_lazy("part of a book", "news"),
}


def kind_name(kind: str) -> str:
    """A tag that has no block of its own is called as it is written."""
    return str(KINDS.get(kind, kind))
