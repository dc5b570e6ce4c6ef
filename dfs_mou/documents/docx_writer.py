"""Writes paragraphs of a document into the body of a Word file."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from dfs_mou.documents.document import Document, Spans
from dfs_mou.documents.docx_look import text_width
from dfs_workflow.documents.docx_xml import bookmark_name, element, field_runs, run, text_runs


class Writer:
    def __init__(self, word: Any, document: Document) -> None:
        self.document = document
        self.rtl = document.labels.direction == "rtl"
        self.section = word.element.body.find(qn("w:sectPr"))
        self.width = text_width(self.section)
        self.bookmarks = 0

    def append(self, made: Any) -> Any:
        self.section.addprevious(made)
        return made

    def paragraph(self, style: str, runs: list[Any], *properties: Any) -> Any:
        """Style ids, not names: looking names up is most of the time python-docx takes."""
        return element("p", element("pPr", element("pStyle", val=style.replace(" ", "")), *properties), *runs)

    def text(self, text: str, *, bold: bool = False) -> list[Any]:
        return text_runs(text, bold=bold, rtl=self.rtl)

    def spans(self, spans: Spans, *, bold: bool = False) -> list[Any]:
        runs: list[Any] = []
        for span in spans:
            if span.kind == "break":
                runs.append(run(element("br")))
            elif span.kind == "reference":
                runs += self._reference(span.key, span.text, span.number)
            else:
                runs += self.text(span.text, bold=bold or span.bold)
        return runs

    def _reference(self, key: str, text: str, number: str) -> list[Any]:
        """What the numbering gives is a live field; the word beside it stays text."""
        if not number:
            return self.text(text)
        is_annex = any(annex.key == key for annex in self.document.annexes)
        live = text if is_annex else number
        before, _, after = text.partition(live)
        field = field_runs(rf"REF {bookmark_name(key)} \r \h", live, rtl=self.rtl and is_annex)
        return [*self.text(before), *field, *self.text(after)]

    def bookmark(self, paragraph: Any, key: str) -> None:
        self.bookmarks += 1
        start = element("bookmarkStart", id=self.bookmarks, name=bookmark_name(key))
        paragraph.find(qn("w:pPr")).addnext(start)
        paragraph.append(element("bookmarkEnd", id=self.bookmarks))
