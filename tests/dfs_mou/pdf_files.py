"""Small PDFs, written by hand, so that they hold what no program writes."""

import zlib


def made(catalog=b"", *objects, trailer=b"", head=b"%PDF-1.7\n"):
    """A PDF of one empty page, with more in its catalogue and more objects, the first of which is number 4."""
    rows = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        *objects,
    ]
    data, places = head, []
    for number, row in enumerate(rows, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, row)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(rows) + 1, trailer, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(rows) + 1) + table + end


def stream(body, about=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), about, body)


def packed(inside, before=b"", about=b"/Filter /FlateDecode"):
    """With an object stream of one object, the number 5."""
    body = zlib.compress(b"5 0 " + inside) if b"Flate" in about else (b"5 0 " + inside).hex().encode()
    return made(b"", stream(body, before + b" /Type /ObjStm /N 1 /First 4 " + about))


def attached(kind, body, more=b""):
    file = stream(body, b"/Type /EmbeddedFile /Subtype /application#2F" + kind)
    names = b"/Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>"
    return made(
        names, file, b"<< /Type /Filespec /F (a) /UF (a) /EF << /F 4 0 R /UF 4 0 R >> >>", head=b"%PDF-1.7\n" + more
    )


PDF = made()
