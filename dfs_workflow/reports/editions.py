"""Whether editions are still what was frozen; by hashing what is kept, never by rendering it again."""

from collections.abc import Iterator
from hashlib import sha256

from dfs_workflow.actions.editions import manifest_hash
from dfs_workflow.models.edition import Edition, EditionFile, Snapshot


def faults() -> Iterator[str]:
    for snapshot in Snapshot.objects.iterator(chunk_size=500):
        if Snapshot.hash_of(snapshot.content) != snapshot.sha256:
            yield f"text {snapshot.sha256}"
    for file in EditionFile.objects.iterator(chunk_size=20):
        if sha256(bytes(file.content)).hexdigest() != file.sha256:
            yield f"file {file.sha256} ({file.name})"
    for edition in Edition.objects.exclude(frozen_at=None):
        if manifest_hash(list(edition.items.all())) != edition.sha256:
            yield f"list of edition {edition.number}"
