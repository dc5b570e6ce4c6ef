"""Answers to look at a template with: an example pair with all its answers, or any pair of the directory."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from dfs_mou.documents.answers import Answers, clean
from dfs_mou.documents.country_forms import country_name
from dfs_mou.documents.directory import FIELDS
from dfs_mou.documents.edition import Edition
from dfs_mou.exporters import pairs
from dfs_mou.exporters.directory_answers import directory_answers, directory_row
from dfs_workflow.importers.yaml_source import load_yaml

EXAMPLES = Path(__file__).parents[1] / "content" / "example-pairs.yaml"
Row = Mapping[str, Any]


@lru_cache(1)
def example_pairs() -> dict[str, Row]:
    """The shipped pairs by their id; a language that one lacks has only its names."""
    shipped = load_yaml(EXAMPLES.name, EXAMPLES.read_text(encoding="utf-8"))["pairs"]
    return {pair["id"]: pair for pair in shipped}


def example_for(language: str) -> str:
    """The first shipped pair that has answers in this language."""
    shipped = example_pairs()
    return next((name for name, pair in shipped.items() if language in pair["values"]), next(iter(shipped)))


def pair_label(name: str, country: str) -> str:
    """“Nigeria: NCC, CBN”."""
    return f"{country}: {', '.join(part.upper() for part in name.split('-')[1:])}"


def sample_answers(edition: Edition, name: str) -> Answers:
    """`name`: the id of a shipped pair, or country, regulator and bank of the directory as in `NG.12.34`."""
    pair = example_pairs().get(name)
    common, values = _of_example(edition, pair) if pair else _of_directory(edition, name)
    given: dict[str, Any] = {"common": _examples(edition, "") | common}
    if name != example_for(edition.languages[0]):  # a reference like “NCC-CBN/01” is that of one pair
        of_one_pair = {variable.name for variable in edition.variables if variable.type == "text"} - set(common)
        given["common"] = {key: value for key, value in given["common"].items() if key not in of_one_pair}
    own = pair["values"] if pair else ()
    given["values"] = {
        code: (_examples if code in own else _placeholders)(edition, code) | values.get(code, {})
        for code in edition.languages
    }
    return clean(edition, _known(edition, given)).answers


def _of_example(edition: Edition, pair: Row) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    first: Row = next(iter(pair["values"].values()))
    names = {name: first[name] for name in FIELDS.values() if name in first}
    values = {}
    for code in edition.languages:
        country = country_name(pair["country_code"], code)
        values[code] = dict(pair["values"].get(code) or names | ({"country_name": country} if country else {}))
    return dict(pair["common"]), values


def _of_directory(edition: Edition, name: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    found = pairs.pair_of(name)
    if found is None:
        return {}, {}
    code, country, regulator, bank = found
    answers = directory_answers(directory_row(code, country, regulator, bank), edition.languages)
    return answers["common"], answers["values"]


def _examples(edition: Edition, language: str) -> dict[str, Any]:
    """Not of the authorities: nobody's city or governor stands beside another's name."""
    authorities = {variable.group for variable in edition.variables if variable.name in FIELDS.values()}
    source = edition.languages[0]
    return {
        variable.name: variable.example.get(language or source)
        for variable in edition.variables
        if variable.localised == bool(language)
        and variable.default is None
        and variable.example.get(language or source)
        and variable.type != "country"
        and not variable.form_of
        and variable.group not in authorities
    }


def _placeholders(edition: Edition, language: str) -> dict[str, Any]:
    """What is asked, in brackets: the examples of a language are the laws and bodies of one country."""
    found = {}
    for name in _examples(edition, language):
        variable = edition.by_name[name]
        text = f"[{variable.label.get(language) or name}]"
        if variable.type in ("text", "long_text"):
            found[name] = text
        elif variable.type == "legal_acts_list":
            found[name] = [text]
    return found


def _known(edition: Edition, given: dict[str, Any]) -> dict[str, Any]:
    """Another template may ask less."""
    known = edition.by_name
    return {
        "common": {name: value for name, value in given["common"].items() if name in known},
        "values": {
            code: {name: value for name, value in part.items() if name in known}
            for code, part in given["values"].items()
        },
    }
