"""The shipped fonts, which of them a language is set in, and which characters they can draw."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

FONT_FOLDER = Path(__file__).parent.parent / "fonts"
FONT_FILES = (
    "NotoSerif-Regular.ttf",
    "NotoSerif-Bold.ttf",
    "NotoSerif-Italic.ttf",
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
    "NotoSerifSC-Regular.ttf",
    "NotoSerifSC-Bold.ttf",
    "NotoEmoji-Regular.ttf",
)
FILES = {
    "Noto Serif": ("NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf"),
    "Noto Naskh Arabic": ("NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf"),
    "Noto Serif SC": ("NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf"),
    "Noto Emoji": ("NotoEmoji-Regular.ttf",),
}
FONTS = {
    "ar": ("Noto Naskh Arabic", "Noto Serif", "Noto Serif SC", "Noto Emoji"),
    "zh-hans": ("Noto Serif", "Noto Serif SC", "Noto Naskh Arabic", "Noto Emoji"),
}
LATIN_FONTS = ("Noto Serif", "Noto Serif SC", "Noto Naskh Arabic", "Noto Emoji")


def fonts_of(language: str) -> tuple[str, ...]:
    return FONTS.get(language, LATIN_FONTS)


@lru_cache(8)
def covered_in(language: str) -> frozenset[int]:
    return frozenset().union(*(_family(name) for name in fonts_of(language)))


@lru_cache(8)
def _family(name: str) -> frozenset[int]:
    """What every weight has, for a name is printed in bold too."""
    regular, *others = (frozenset(_code_points((FONT_FOLDER / file).read_bytes())) for file in FILES[name])
    return regular.intersection(*others)


def is_drawn(character: str, covered: frozenset[int]) -> bool:
    if unicodedata.category(character) in ("Cc", "Cf", "Zs") or 0xFE00 <= ord(character) <= 0xFE0F:
        return True  # has no shape
    # A composed letter that a font lacks is drawn from its parts.
    return ord(character) in covered or covered.issuperset(map(ord, unicodedata.normalize("NFD", character)))


def undrawn_in(text: str, language: str) -> frozenset[str]:
    """The characters that no shipped font of a language has."""
    covered = covered_in(language)
    return frozenset(one for one in set(text) if not is_drawn(one, covered))


def drawable(text: str, language: str) -> str:
    """With the number of each character that can't be drawn in its place: one alone must not stop a document."""
    missing = undrawn_in(text, language)
    return text.translate({ord(one): number_of(one) for one in missing}) if missing else text


def number_of(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def _code_points(font: bytes) -> Iterator[int]:
    """From the table `cmap` of a font, in its formats 4 and 12."""
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for index in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * index + 4)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if form == 12:
            yield from _groups(font, start + offset)
        elif form == 4:
            yield from _segments(font, start + offset)


def _table(font: bytes, wanted: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    rows = (struct.unpack_from(">4sIII", font, 12 + 16 * index) for index in range(count))
    return next(offset for tag, _checksum, offset, _length in rows if tag == wanted)


def _groups(font: bytes, start: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", font, start + 12)
    for index in range(count):
        first, last, _glyph = struct.unpack_from(">III", font, start + 16 + 12 * index)
        yield from range(first, last + 1)


def _segments(font: bytes, start: int) -> Iterator[int]:
    (double,) = struct.unpack_from(">H", font, start + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", font, start + 14)
    starts, deltas, offsets = (struct.unpack_from(f">{count}H", font, start + 16 + double * part) for part in (1, 2, 3))
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offsets[index]:
                at = start + 16 + 3 * double + 2 * index + offsets[index] + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", font, at)
            if offsets[index] and glyph == 0:
                continue
            if (glyph + deltas[index]) % 65536:
                yield code
