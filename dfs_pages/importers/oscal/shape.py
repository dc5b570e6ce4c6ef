"""Which type each part of an OSCAL file has, as far as it is read here; what is not read is kept as it is."""

from collections.abc import Mapping
from typing import Any

from dfs_workflow.importers.yaml_source import SourceError

TEXT, NUMBER = "text", "number"
DEEPEST = 50  # objects and lists within each other
Kind = str | list[Any]
SHAPES: Mapping[str, Mapping[str, Kind]] = {
    "catalog": {
        "uuid": TEXT,
        "metadata": "metadata",
        "back-matter": "back matter",
        "params": ["parameter"],
        "groups": ["group"],
        "controls": ["control"],
    },
    "metadata": {
        "title": TEXT,
        "last-modified": TEXT,
        "version": TEXT,
        "remarks": TEXT,
        "links": ["link"],
        "props": ["property"],
    },
    "group": {
        "id": TEXT,
        "title": TEXT,
        "class": TEXT,
        "params": ["parameter"],
        "props": ["property"],
        "links": ["link"],
        "parts": ["part"],
        "groups": ["group"],
        "controls": ["control"],
    },
    "control": {
        "id": TEXT,
        "title": TEXT,
        "class": TEXT,
        "params": ["parameter"],
        "props": ["property"],
        "links": ["link"],
        "parts": ["part"],
        "controls": ["control"],
    },
    "part": {"name": TEXT, "title": TEXT, "prose": TEXT, "props": ["property"], "links": ["link"], "parts": ["part"]},
    "parameter": {"id": TEXT, "label": TEXT, "values": [TEXT], "select": "selection", "props": ["property"]},
    "selection": {"how-many": TEXT, "choice": [TEXT]},
    "property": {"name": TEXT, "value": TEXT},
    "link": {"href": TEXT, "rel": TEXT, "text": TEXT},
    "back matter": {"resources": ["resource"]},
    "resource": {"uuid": TEXT, "title": TEXT, "description": TEXT, "citation": "citation", "rlinks": ["link"]},
    "citation": {"text": TEXT},
    "mapping collection": {"metadata": "metadata", "mappings": ["mapping"]},
    "mapping": {"source-resource": "mapped resource", "target-resource": "mapped resource", "maps": ["entry"]},
    "mapped resource": {"href": TEXT, "props": ["property"]},
    "entry": {
        "uuid": TEXT,
        "relationship": TEXT,
        "remarks": TEXT,
        "props": ["property"],
        "sources": ["item"],
        "targets": ["item"],
        "confidence-score": "score",
    },
    "item": {"id-ref": TEXT, "type": TEXT, "props": ["property"]},
    "score": {"category": TEXT, "percentage": NUMBER},
}


def check_shape(name: str, value: Any, kind: Kind, place: str, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise SourceError(name, shortened(place), "the file is nested too deeply")
    if isinstance(kind, list):
        if not isinstance(value, list):
            raise SourceError(name, shortened(place), "a list was expected")
        for number, row in enumerate(value, 1):
            check_shape(name, row, kind[0], f"{place} {number}", depth + 1)
    elif kind == TEXT:
        if not isinstance(value, str):
            raise SourceError(name, shortened(place), "a text was expected")
    elif kind == NUMBER:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise SourceError(name, shortened(place), "a number was expected")
    elif not isinstance(value, dict):
        raise SourceError(name, shortened(place), "an object with named fields was expected")
    else:
        for key, below in SHAPES[kind].items():
            if key in value:
                check_shape(name, value[key], below, f"{place}, {key}", depth + 1)


def shortened(place: str) -> str:
    """Its end says most."""
    return place if len(place) <= 120 else f"…{place[-119:]}"
