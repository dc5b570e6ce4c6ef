"""What editors may use in text. Whatever else is pasted, from Word for instance, is dropped or becomes plain text."""

TEXT = ["bold", "italic", "link", "ol", "ul"]
INLINE = ["bold", "italic", "link"]
