"""Word files: only our own kinds of fields may be in them; the rest is as for every Office file."""

from __future__ import annotations

import re
import zipfile

from lxml import etree

from dfs_workflow.documents import file_gate
from dfs_workflow.documents.file_gate import LARGEST_UPLOAD, PARSER, RefusedFile
from dfs_workflow.documents.file_gate import marked as _

__all__ = ["LARGEST_UPLOAD", "PARSER", "RefusedFile", "W", "check"]

# FILLIN only asks for a text: LibreOffice writes headings of an OpenDocument file as such fields.
FIELDS = {
    "FILLIN",
    "REF",
    "PAGEREF",
    "PAGE",
    "NUMPAGES",
    "TOC",
    "SEQ",
    "STYLEREF",
    "NUMWORDS",
    "DATE",
    "TIME",
    "HYPERLINK",
    "LISTNUM",
}
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def check(data: bytes) -> zipfile.ZipFile:
    kind = _("This is no Word file: save the document as .docx and try again.")
    return file_gate.check(data, main="word/document.xml", kind=kind, part=_fields)


def _fields(root: etree._Element) -> None:
    """A code may be cut over several runs, so the runs of a field are joined before it is judged."""
    if str(root.tag).startswith(STRICT):
        raise RefusedFile(_("The file is saved as “Strict Open XML”: save it as an ordinary Word document (.docx)."))
    code: list[str] | None = None
    for node in root.iter():
        if node.tag == f"{W}fldSimple":
            _judge(str(node.get(f"{W}instr")))
        elif node.tag == f"{W}fldChar":
            if code is not None:
                _judge("".join(code))
            code = [] if node.get(f"{W}fldCharType") == "begin" else None
        elif node.tag in (f"{W}instrText", f"{W}delInstrText"):
            if code is None:
                raise RefusedFile(_("The file has a field that can't be read: save it anew from your word processor."))
            code.append(node.text or "")


def _judge(code: str) -> None:
    words = code.split()
    if words and words[0].upper() not in FIELDS:
        kind = re.sub(r"[^A-Za-z]", "", words[0])[:20]
        sentence = _("The file has a field “%(kind)s”, which can run or fetch something: remove it and try again.")
        raise RefusedFile(sentence, kind=kind)
