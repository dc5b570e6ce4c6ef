"""A small booklet with every block, in any language, made without a database; and the tools that read the files."""

import page as page_validation

from dfs_pages.exporters.booklets.booklet import Booklet, Part
from dfs_pages.exporters.booklets.tidy import tidy
from dfs_pages.exporters.html import Html

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
WORDS = {
    "en": "Check the device before each transfer.",
    "fr": "Vérifier l'appareil avant chaque virement.",
    "es": "Verificar el dispositivo antes de cada transferencia.",
    "ar": "التحقق من الجهاز قبل كل تحويل عبر USSD.",
    "ru": "Проверять устройство перед каждым переводом.",
    "zh-hans": "每次转账前核实设备（IMSI）。",
}
BLOCKS = [
    {"type": "subheading", "value": "Below a heading"},
    {
        "type": "paragraph",
        "value": '<p>A <b>bold</b> word, <i>a</i> &amp; <a href="http://site.test/r/S-02/">link</a>.</p>',
    },
    {"type": "list", "value": ["<p>First</p>", "<p>Second <code>IMSI</code></p>"]},
    {"type": "hint", "value": {"kind": "warning", "title": "", "text": "<p>Careful <br>now.</p>"}},
    {"type": "definitions", "value": [{"term": "Churn", "text": "<p>A number given again.</p>"}]},
    {"type": "quote", "value": {"text": "Words.", "source": "A report", "url": "https://example.org/"}},
    {
        "type": "table",
        "value": {
            "caption": "Who does what",
            "columns": ["Step", "Who"],
            "row_headings": True,
            "rows": [{"cells": ["<p>Stop</p>", "<p>Provider</p>"]}, {"cells": ["<p>Call</p>", "<p></p>"]}],
        },
    },
    {"type": "code", "value": {"title": "Ask", "language": "sh", "code": 'curl "#x" \\ $y\n  <z>'}},
    {"type": "figure", "value": {"image": 1, "alt_text": "A dot", "caption": "The dot"}},
    {"type": "steps", "value": [{"title": "One", "content": [{"type": "paragraph", "value": "<p>Do it.</p>"}]}]},
    {"type": "tabs", "value": [{"title": "Operators", "content": [{"type": "paragraph", "value": "<p>Tab.</p>"}]}]},
    {"type": "expandable", "value": {"title": "Why", "content": [{"type": "paragraph", "value": "<p>So.</p>"}]}},
    {"type": "cards", "value": [{"title": "Go", "text": "there", "page": None, "url": "https://example.org/go"}]},
    {"type": "recommendation", "value": "S-02"},
    {"type": "footnote", "value": {"mark": "1", "text": "<p>A footnote.</p>"}},
    {"type": "paragraph", "value": '<p>#eval(read("/etc/passwd")) ]$ \u0e20 <script>alert(1)</script></p>'},
]


def link_to(kind: str, name: str, anchor: str) -> str:
    return f"http://site.test/r/{name}/" if kind == "statement" else name


def sample(language: str = "en") -> Booklet:
    words = WORDS[language]
    html = tidy(Html(link_to, lambda pk: "dot.png", {"S-02": "Second"}).text(BLOCKS))
    foreign = "en" if language == "ar" else ""
    return Booklet(
        language=language,
        title=f"{words} 2026",
        site="Platform",
        address=f"http://site.test/{language}/x/",
        date="2026-11-20",
        state="20.11.2026",
        notices=["Not official."],
        parts=[
            Part(1, words, "p1-0", html, "http://site.test/x/", begins=True),
            Part(2, "Section", "p1-1", ""),
            Part(3, words, "S-01", "<p>Why.</p>", "http://site.test/r/S-01/", "S-01", f"{words} {words}"),
            Part(3, "Second", "S-02", "", "http://site.test/r/S-02/", "S-02", "Second.", foreign, ["A note."]),
        ],
        abbreviations=[("IMSI", words)],
        pictures={"dot.png": PNG},
    )


def pdf_failures(data: bytes) -> list[object]:
    reports = [page_validation.validate_pdf_bytes(data, profile=profile) for profile in ("3a", "ua1")]
    assert all(report.rules.total > 100 for report in reports)
    return [failure for report in reports if not report.is_compliant for failure in report.failures]
