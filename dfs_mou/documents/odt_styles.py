"""The styles and the page of an OpenDocument text."""

from __future__ import annotations

from dfs_mou.documents.document import Document
from dfs_mou.documents.labels import Labels
from dfs_mou.documents.odt_xml import NAMESPACES, element, paragraph, span

FONTS = {"ltr": "Cambria", "rtl": "Times New Roman"}
NAVY = "#12335c"
# name: (text properties, paragraph properties); lengths in millimetres or points.
HEADING = {"fo:font-size": "13pt", "fo:font-weight": "bold", "fo:color": NAVY}
KEEP = {"fo:margin-top": "5mm", "fo:margin-bottom": "2mm", "fo:keep-with-next": "always"}
STYLES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "Title": ({"fo:font-size": "26pt", "fo:font-weight": "bold", "fo:color": NAVY}, {"fo:margin-top": "50mm"}),
    "Draft": ({"fo:font-size": "12pt", "fo:font-weight": "bold", "fo:color": "#9b1c1c"}, {}),
    "Cover": ({"fo:font-size": "13pt", "fo:color": "#404040"}, {"fo:margin-bottom": "4mm"}),
    "CoverName": ({"fo:font-size": "16pt", "fo:font-weight": "bold"}, {"fo:margin-bottom": "4mm"}),
    "ContentsHeading": (HEADING | {"fo:font-size": "15pt"}, KEEP | {"fo:break-before": "page"}),
    "Contents": ({}, {"fo:margin-bottom": "1mm"}),
    "Text": ({}, {"fo:margin-bottom": "2.1mm"}),
    "Heading": (HEADING, KEEP),
    "First": (HEADING, KEEP | {"fo:break-before": "page"}),
    "Bullet": ({}, {"fo:margin-bottom": "1mm"}),
    "Cell": ({"fo:font-size": "8.5pt"}, {}),
    "Line": (
        {},
        {
            "fo:margin-top": "14mm",
            "fo:margin-bottom": "2mm",
            "fo:margin-left": "4mm",
            "fo:margin-right": "4mm",
            "fo:border-bottom": "0.6pt solid #000000",
        },
    ),
    "Edge": ({"fo:font-size": "7.5pt", "fo:color": "#404040"}, {}),
}
CENTRED = ("Title", "Draft", "Cover", "CoverName")
INDENTS = {2: (12, 12), 3: (22, 10), 4: (32, 10), 5: (42, 10)}  # level → left, hanging


def styles_xml(document: Document) -> str:
    labels = document.labels
    inner = (
        element("office:font-face-decls", *(_face(name) for name in sorted(set(FONTS.values()) | {"SimSun"})))
        + element("office:styles", _defaults(labels), *_named(labels))
        + element("office:automatic-styles", _page_layout(labels))
        + element("office:master-styles", _master(document))
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-styles {NAMESPACES}>{inner}</office:document-styles>'
    )


def _face(name: str) -> str:
    return element("style:font-face", **{"style:name": name, "svg:font-family": f"'{name}'"})


def _defaults(labels: Labels) -> str:
    latin, latin_country = (
        labels.tag.split("-") if labels.direction == "ltr" and labels.tag != "zh-CN" else ("en", "GB")
    )
    text = {
        "style:font-name": FONTS["ltr"],
        "style:font-name-asian": "SimSun",
        "style:font-name-complex": FONTS["rtl"],
        "fo:font-size": "10.5pt",
        "style:font-size-asian": "10.5pt",
        "style:font-size-complex": "11.5pt" if labels.direction == "rtl" else "10.5pt",
        "fo:language": latin,
        "fo:country": latin_country,
        "style:language-asian": "zh",
        "style:country-asian": "CN",
        "style:language-complex": "ar",
        "style:country-complex": "SA",
    }
    return element(
        "style:default-style",
        element("style:paragraph-properties", **_direction(labels)),
        element("style:text-properties", **text),
        **{"style:family": "paragraph"},
    )


def _direction(labels: Labels) -> dict[str, str]:
    """Office programs read `start` as left, whatever the direction of the paragraph."""
    rtl = labels.direction == "rtl"
    return {"style:writing-mode": "rl-tb" if rtl else "lr-tb", "fo:text-align": "right" if rtl else "left"}


def _complex(text: dict[str, str]) -> dict[str, str]:
    """The same weight and size for Arabic and Chinese letters, which have properties of their own."""
    more = {
        f"style:{name[3:]}-{script}": value
        for name, value in text.items()
        if name in ("fo:font-size", "fo:font-weight")
        for script in ("asian", "complex")
    }
    return text | more


def _style(name: str, text: dict[str, str], paragraphs: dict[str, str], labels: Labels, **more: str) -> str:
    return element(
        "style:style",
        element("style:paragraph-properties", **(_direction(labels) | paragraphs)),
        element("style:text-properties", **_complex(text)) if text else "",
        **{"style:name": name, "style:family": "paragraph", **more},
    )


def _named(labels: Labels) -> list[str]:
    made = []
    for name, (text, paragraphs) in STYLES.items():
        centred = {"fo:text-align": "center"} if name in CENTRED else {}
        outline = {"style:default-outline-level": "1"} if name in ("Heading", "First") else {}
        made.append(_style(name, text, paragraphs | centred, labels, **outline))
    for level, (left, hanging) in INDENTS.items():
        # Office programs count the left margin from the side where the line begins.
        indent = {"fo:margin-left": f"{left}mm", "fo:margin-bottom": "2.1mm"}
        tab = element("style:tab-stops", element("style:tab-stop", **{"style:position": "0mm"}))
        properties = element(
            "style:paragraph-properties", tab, **(_direction(labels) | indent | {"fo:text-indent": f"-{hanging}mm"})
        )
        made.append(element("style:style", properties, **{"style:name": f"Part{level}", "style:family": "paragraph"}))
        made.append(_style(f"Under{level}", {}, indent, labels))
    strong = element("style:text-properties", **_complex({"fo:font-weight": "bold"}))
    return [*made, element("style:style", strong, **{"style:name": "Strong", "style:family": "text"})]


def _page_layout(labels: Labels) -> str:
    page = {
        "fo:page-width": "210mm",
        "fo:page-height": "297mm",
        "fo:margin": "22mm",
        "style:writing-mode": _direction(labels)["style:writing-mode"],
    }
    tabs = element("style:tab-stops", element("style:tab-stop", **{"style:position": "166mm", "style:type": "right"}))
    edge = element("style:paragraph-properties", tabs, **_direction(labels))
    return element(
        "style:page-layout",
        element("style:page-layout-properties", **page),
        *(
            element(
                f"style:{part}-style",
                element("style:header-footer-properties", **{"fo:min-height": "8mm", f"fo:margin-{side}": "4mm"}),
            )
            for part, side in (("header", "bottom"), ("footer", "top"))
        ),
        **{"style:name": "Page"},
    ) + element(
        "style:style",
        edge,
        **{"style:name": "EdgeTab", "style:family": "paragraph", "style:parent-style-name": "Edge"},
    )


def _master(document: Document) -> str:
    labels = document.labels
    before, _, rest = (labels.page % {"page": "\x01", "pages": "\x02"}).partition("\x01")
    between, _, after = rest.partition("\x02")
    number = element("text:page-number", "1", **{"text:select-page": "current"})
    pages = f"{span(before)}{number}{span(between)}{element('text:page-count', '1')}{span(after)}"
    tab = element("text:tab")
    draft = span(labels.draft, bold=True) if document.is_draft else ""
    header = element("style:header", paragraph("EdgeTab", f"{span(document.title)}{tab}{draft}"))
    footer = element(
        "style:footer",
        paragraph("EdgeTab", f"{span(labels.notice)}{tab}{pages}"),
        paragraph("Edge", span(document.footer)),
    )
    return element("style:master-page", header, footer, **{"style:name": "Standard", "style:page-layout-name": "Page"})
