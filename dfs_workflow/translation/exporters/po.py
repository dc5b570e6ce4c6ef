from collections.abc import Iterable

import polib

from dfs_workflow.translation.query.states import State
from dfs_workflow.translation.query.units import Unit

WIDTH = 110


def write_po(units: Iterable[Unit], source_language: str, language: str) -> bytes:
    """The state stands in a comment of its own, as PO knows only “fuzzy”: that is for drafts of machines."""
    head = polib.POFile(wrapwidth=WIDTH)
    head.metadata = {
        "Language": language,
        "X-Source-Language": source_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return "\n".join([str(head), *map(written, units)]).encode()


def written(unit: Unit) -> str:
    """One entry; a site has too many of them to keep each as an object until the end."""
    entry = polib.POEntry(
        msgctxt=unit.key,
        msgid=unit.source,
        msgstr=unit.target,
        comment="\n".join(filter(None, [unit.title, f"state: {unit.state}", unit.note])),
        flags=["fuzzy"] if unit.state == State.MACHINE else [],
    )
    return str(entry.__unicode__(WIDTH))
