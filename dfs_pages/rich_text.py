"""What editors may use in text. Whatever else is pasted, from Word for instance, is dropped or becomes plain text."""

from django.utils.text import slugify

TEXT = ["bold", "italic", "link", "code", "ol", "ul"]
INLINE = ["bold", "italic", "link", "code"]


def heading_anchor(text: str) -> str:
    """Where links to a heading lead; apart from the anchors of sections and statements."""
    return f"h-{slugify(text, allow_unicode=True)}"
