"""What editors may use in text. Whatever else is pasted, from Word for instance, is dropped or becomes plain text."""

from django.utils.text import slugify

TEXT = ["bold", "italic", "link", "code", "ol", "ul"]
INLINE = ["bold", "italic", "link", "code"]
# Headings that are pasted or typed into the text of a page; they become blocks when it is saved.
WITH_HEADINGS = [*TEXT, "h1", "h2", "h3", "h4"]


def heading_anchor(text: str) -> str:
    """Where links to a heading lead; apart from the anchors of sections and statements."""
    return f"h-{slugify(text, allow_unicode=True)}"
