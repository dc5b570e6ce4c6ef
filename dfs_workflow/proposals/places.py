"""Where a text can be proposed, and the texts that stand there.

A kind of page says which of its fields are open to proposals: `proposable_fields`. A place is named by its field and,
in a stream, by the identity of the block: `statement`, `detail.3f2a…`, `clauses.confidentiality`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from dfs_workflow.merging import Path, key_of

# Exactly these: what is derived from them holds codes, keys or what machines read.
PLAIN, RICH = (blocks.CharBlock, blocks.TextBlock), (blocks.RichTextBlock,)
TEXTS = PLAIN + RICH


@dataclass(frozen=True)
class Text:
    """One text of a place, and where it stands in the content of its page."""

    path: Path
    label: str
    value: str
    is_rich: bool = False
    features: Sequence[str] | None = None
    is_required: bool = False
    max_length: int | None = None


def proposable_fields(model: Any) -> Sequence[str]:
    return getattr(model, "proposable_fields", ())


def texts_at(model: Any, content: dict[str, Any], place: str) -> list[Text]:
    """Nothing where there is no such place, or it isn't open to proposals."""
    name, _dot, key = place.partition(".")
    field = field_of(model, name)
    if field is None or name not in proposable_fields(model):
        return []
    if not isinstance(field, StreamField):
        return [] if key else [plain_text(field, content.get(name))]
    found = find(field.stream_block, content.get(name) or [], (name,), key) if key else None
    if found is None:
        return []
    block, value, path, label = found
    return list(texts_in(block, value, path, label))


def field_of(model: Any, name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def plain_text(field: Any, value: Any) -> Text:
    is_rich = isinstance(field, RichTextField)
    return Text(
        path=(field.name,),
        label=capfirst(str(field.verbose_name)),
        value=str(value or ""),
        is_rich=is_rich,
        features=field.features if is_rich else None,
        is_required=not field.blank,
        max_length=field.max_length,
    )


Found = tuple[Any, Any, Path, str]


def find(block: Any, value: Any, path: Path, key: str) -> Found | None:
    """The block with this identity, or with this `key` among its values, however deep."""
    for child, inner, at, label, identity in children(block, value, path):
        named = inner.get("key") if isinstance(inner, dict) else None
        if key in (identity, named):
            return child, inner, at, label
        if found := find(child, inner, at, key):
            return found
    return None


def texts_in(block: Any, value: Any, path: Path, label: str) -> Iterator[Text]:
    """A part that has a key is a place of its own, and none of the texts of what it stands in."""
    if type(block) in TEXTS:
        yield block_text(block, value, path, label)
        return
    for child, inner, at, name, _identity in children(block, value, path):
        if not has_key(child):
            yield from texts_in(child, inner, at, name)


def block_text(block: Any, value: Any, path: Path, label: str) -> Text:
    return Text(
        path=path,
        label=label,
        value=str(value or ""),
        is_rich=type(block) in RICH,
        features=block.features if type(block) in RICH else None,
        is_required=block.required,
        max_length=getattr(block.field, "max_length", None),
    )


def children(block: Any, value: Any, path: Path) -> Iterator[tuple[Any, Any, Path, str, str]]:
    """Each with its value, its path, what it is called and its identity."""
    if isinstance(block, blocks.StreamBlock):
        for row in value or []:
            if row.get("type") in block.child_blocks and row.get("id"):
                child = block.child_blocks[row["type"]]
                yield child, row["value"], (*path, row["id"], "value"), str(child.label), row["id"]
    elif isinstance(block, blocks.ListBlock):
        for number, row in enumerate(value or [], start=1):
            label = _("%(what)s %(number)d") % {"what": block.child_block.label or "", "number": number}
            if key_of(row) is not None and isinstance(row, dict) and "value" in row:
                yield block.child_block, row["value"], (*path, row["id"], "value"), label.strip(), row["id"]
            else:
                yield block.child_block, row, (*path, str(number - 1)), label.strip(), ""
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield child, (value or {}).get(name), (*path, name), str(child.label), ""


def has_key(block: Any) -> bool:
    return isinstance(block, blocks.StructBlock) and "key" in block.child_blocks


def holds_text(block: Any) -> bool:
    """Whether anything of a kind of block could be proposed: a figure has a caption, a reference has nothing."""
    if type(block) in TEXTS:
        return True
    if isinstance(block, blocks.ListBlock):
        return holds_text(block.child_block)
    inner = getattr(block, "child_blocks", {}).values()
    return any(holds_text(child) for child in inner)


def at(value: Any, path: Path) -> Any:
    """What stands at a path of content; nothing where it is no more."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            value = next((row for row in value if key_of(row) == step), indexed(value, step))
        else:
            return None
    return value


def indexed(rows: list[Any], step: str) -> Any:
    return rows[int(step)] if step.isdecimal() and int(step) < len(rows) else None


def replaced(value: Any, path: Path, new: Any) -> Any:
    """The same content with another value at a path; nothing that was given is changed."""
    if not path:
        return new
    step, *rest = path
    if isinstance(value, dict):
        return {**value, step: replaced(value.get(step), tuple(rest), new)}
    position = next((n for n, row in enumerate(value) if key_of(row) == step), None)
    position = int(step) if position is None else position
    return [replaced(row, tuple(rest), new) if n == position else row for n, row in enumerate(value)]


def without_block(value: Any, path: Path) -> Any:
    """Takes out the block that a path leads to: `(field, …, id)`."""
    *above, key = path
    rows = at(value, tuple(above))
    return replaced(value, tuple(above), [row for row in rows if key_of(row) != key])
