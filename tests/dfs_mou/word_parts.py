"""Clauses of a Word file as somebody moves them."""

from docx.oxml.ns import qn


def clause_in(body, name):
    """The paragraphs from the heading that bears the bookmark to the next heading."""
    rows, names = list(body), {"Heading1", "MOUHeading", "MOUAnnex"}
    heads = [row for row in rows if row.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") is not None]
    heads = [row for row in heads if row.find(qn("w:pPr")).find(qn("w:pStyle")).get(qn("w:val")) in names]
    head = next(row for row in heads if any(mark.get(qn("w:name")) == name for mark in row.iter(qn("w:bookmarkStart"))))
    return rows[rows.index(head) : rows.index(heads[heads.index(head) + 1])]


def move_costs(body):
    before = clause_in(body, "_Ref_purpose")[0]
    for row in clause_in(body, "_Ref_costs"):
        before.addprevious(row)
