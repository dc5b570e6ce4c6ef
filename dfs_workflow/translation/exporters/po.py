from collections.abc import Iterable

import polib

from dfs_workflow.translation.query.states import State
from dfs_workflow.translation.query.units import Unit


def write_po(units: Iterable[Unit], source_language: str, language: str) -> bytes:
    """The state stands in a comment of its own, as PO knows only “fuzzy”: that is for drafts of machines."""
    file = polib.POFile(wrapwidth=110)
    file.metadata = {
        "Language": language,
        "X-Source-Language": source_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for unit in units:
        file.append(
            polib.POEntry(
                msgctxt=unit.key,
                msgid=unit.source,
                msgstr=unit.target,
                comment="\n".join(filter(None, [unit.title, f"state: {unit.state}", unit.note])),
                flags=["fuzzy"] if unit.state == State.MACHINE else [],
            )
        )
    return str(file).encode()
