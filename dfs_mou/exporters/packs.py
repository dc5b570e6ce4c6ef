"""All files of an agreement in one ZIP, made by the worker: each language in each format, each pair in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import F
from django_tasks import task

from dfs_mou import query
from dfs_mou.documents.bilingual import Bilingual
from dfs_mou.exporters.agreement_texts import agreement_text, languages_of
from dfs_mou.exporters.files import FORMATS, render
from dfs_mou.models import FilePack
from dfs_workflow.documents.fixed_zip import fixed_zip
from dfs_workflow.documents.not_made import NotMade

FORMATS_OF_ONE = ("docx", "pdf", "odt", "html", "md", "akn")
FORMATS_OF_TWO = ("docx", "pdf")
Wanted = tuple[tuple[str, ...], str]  # languages and format


def wanted(languages: Sequence[str]) -> list[Wanted]:
    one = [((code,), name) for code in languages for name in FORMATS_OF_ONE]
    return one + [((languages[0], code), name) for code in languages[1:] for name in FORMATS_OF_TWO]


@task(priority=10)  # somebody waits for it
def make_pack(pack_id: int) -> None:
    """Ends at once when the agreement is deleted: its row, and with it this one, is gone."""
    pack = FilePack.objects.select_related("agreement__edition").filter(pk=pack_id, content=None).first()
    if pack is None:
        return
    files: list[tuple[str, bytes]] = []
    failed: list[str] = []
    for name, data in _files(pack):
        if data is None:
            failed.append(name)
        else:
            files.append((name, data))
        if not FilePack.objects.filter(pk=pack_id, asked_at=pack.asked_at).update(done=F("done") + 1):
            return
    rows = FilePack.objects.filter(pk=pack_id, asked_at=pack.asked_at)
    rows.update(content=fixed_zip(files), failed=failed)


def _files(pack: FilePack) -> Iterator[tuple[str, bytes | None]]:
    """None: this file could not be made; the others are made all the same."""
    languages = languages_of(pack.agreement)
    texts = {code: agreement_text(pack.agreement, code, day=pack.day, is_draft=pack.is_draft) for code in languages}
    look = query.look_of(pack.agreement)
    for codes, name in wanted(languages):
        document = texts[codes[0]] if len(codes) == 1 else Bilingual(texts[codes[0]], texts[codes[1]])
        file = f"mou-{'+'.join(codes)}.{FORMATS[name].extension}"
        try:
            yield file, render(document, name, look)
        except NotMade:
            yield file, None
