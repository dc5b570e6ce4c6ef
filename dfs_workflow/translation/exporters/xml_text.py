import re

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Without signs that no XML can hold, so that one of them doesn't spoil the file of a whole language."""
    return NOT_IN_XML.sub("", text)
