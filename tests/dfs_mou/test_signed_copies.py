"""The gate of signed copies: what may run, start or send something is refused, and what can't be looked into."""

import io
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader, PdfWriter

from dfs_mou.documents import pdf, pdf_gate
from dfs_workflow.documents.docx_gate import RefusedFile
from tests.dfs_mou.agreed import agreement, seal
from tests.dfs_mou.form import text_of
from tests.dfs_mou.mou_content import pair_document
from tests.dfs_mou.pdf_files import PDF, attached, made, packed, stream

ACTIVE, UNREADABLE, OTHER = "scripts or other active content", "damaged or packed", "This is no PDF"
SCRIPT = b"/OpenAction << /S /JavaScript /JS (x) >>"
HOSTILE = {
    "program": (b"MZ" + PDF, OTHER),
    "html": (b"<html>%PDF-1.7 %%EOF", OTHER),
    "cut": (PDF[:-8], OTHER),
    "only the frame of one": (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n", UNREADABLE),
    "script": (made(SCRIPT), ACTIVE),
    "hexadecimal": (made(b"/OpenAction << /S /J#61vaScript >>"), ACTIVE),
    "launch": (made(b"/AA << /S /Launch >>"), ACTIVE),
    "another file": (made(b"/OpenAction << /S /GoToR /F (x) >>"), ACTIVE),
    "form": (made(b"/AcroForm << /XFA 3 0 R >>"), ACTIVE),
    "object in three dimensions": (made(b"/Annots [<< /Subtype /3#44 >>]"), ACTIVE),
    "rich media": (made(b"", b"<< /Subtype /RichMedia >>"), ACTIVE),
    "attachment": (attached(b"octet-stream", b"MZ"), ACTIVE),
    "attachment that is excused in a comment": (
        attached(b"octet-stream", b"MZ", more=b"% /application/json\n% /application/json\n"),
        ACTIVE,
    ),
    "attachment that is called data": (attached(b"json", b"MZ"), ACTIVE),
    "attachment that is not listed": (PDF.replace(b"xref\n", b"<< /Type /EmbeddedFile >>\nxref\n", 1), ACTIVE),
    "encrypted": (made(trailer=b"/Encrypt 9 0 R"), "encrypted"),
    "packed": (packed(b"<< /S /JavaScript >>"), ACTIVE),
    "packed behind a decoy": (
        packed(b"<< /S /JavaScript >>", before=b"/Note (\nstream\n%s\n)" % zlib.compress(b"")),
        ACTIVE,
    ),
    "packed as digits": (packed(b"<< /S /JavaScript >>", about=b"/Filter /ASCIIHexDecode"), ACTIVE),
    "packed oddly": (made(b"", stream(b"xxxx", b"/Type /ObjStm /Filter /FlateDecode /N 1 /First 4")), UNREADABLE),
    "packed and not listed": (
        PDF.replace(b"xref\n", b"9 0 obj << /Type /Obj#53tm >>\nstream\nx\nendstream\nxref\n", 1),
        UNREADABLE,
    ),
    "bomb": (packed(b" " * 41 * 1024**2), UNREADABLE),
    "too large": (PDF.replace(b"trailer", b" " * pdf_gate.LARGEST_COPY + b"trailer"), "10 megabytes"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_plain_pdf_is_refused(kind):
    content, why = HOSTILE[kind]
    with pytest.raises(RefusedFile, match=why):
        pdf_gate.check(content)


@pytest.mark.parametrize("file", [packed(b"<< /Type /Page >>"), attached(b"json", b"{}")])
def test_what_only_packs_objects_or_attaches_data_passes(file):
    pdf_gate.check(file)


def test_a_scanned_picture_passes_whatever_bytes_it_has():
    """Three or four bytes of a short name stand in ten million bytes by chance."""
    pdf_gate.check(made(b"", stream(b"\xff /3D /JS /EF /XFA \xff", b"/Subtype /Image")))


@pytest.mark.django_db
def test_a_refusal_is_a_sentence_and_our_own_documents_pass(edition):
    owner, guest = agreement(edition)
    seal(owner, guest)
    owner.press("sign", signed_on="2026-11-02")
    response = owner.press("attach", copy=SimpleUploadedFile("a.pdf", HOSTILE["script"][0]))
    assert response.status_code == 422
    assert "print it to a new PDF" in text_of(response)
    assert owner.press("attach").status_code == 422
    own = owner.press("download.pdf.en").content
    assert len(PdfReader(io.BytesIO(own)).attachments) > 0
    assert owner.press("attach", copy=SimpleUploadedFile("a.pdf", own)).status_code == 302


def test_our_own_document_passes_with_a_signature_but_not_with_another_file():
    """As a program appends them to the file that it signs."""
    signed = PdfWriter(io.BytesIO(pdf.render(pair_document("ng-ncc-cbn", "en"))), incremental=True)
    signed.add_metadata({"/Signed": "yes"})
    out = io.BytesIO()
    signed.write(out)
    pdf_gate.check(out.getvalue())
    signed.add_attachment("a.exe", b"MZ")
    out = io.BytesIO()
    signed.write(out)
    with pytest.raises(RefusedFile, match=ACTIVE):
        pdf_gate.check(out.getvalue())
