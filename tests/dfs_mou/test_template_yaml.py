"""The supplied template is read whole; a broken or hostile file ends in one sentence that names the place."""

import re

import pytest

from dfs_mou.documents.edition import Edition, EditionError
from dfs_mou.documents.edition_checks import problems
from dfs_mou.importers.template_yaml import load_template, parse_template
from dfs_workflow.importers.yaml_source import SourceError
from tests.dfs_mou.mou_content import TEMPLATE_FILES, supplied, supplied_json

SMALL = """
id: small
version: 1.0.0
language: en
title: Small
variables:
  - {name: mode, label: Mode, help: null, type: choice, required: true, group: legal, default: a, example: a,
     localised: false, choices: [{value: a, label: A}, {value: b, label: B}]}
clauses:
  - {id: one, reference: S-1, number: null, title: One, kind: mandatory,
     alternatives_group: null, condition: null, guidance: null, itu_reference: null,
     body: "Mode {{ mode }}, see [[one]]."}
annexes: []
"""


def parse(text=SMALL, **changes):
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    return parse_template({"small.yaml": text})


def test_the_supplied_template_is_read_whole():
    edition = supplied()
    assert (len(edition.clauses), len(edition.annexes)) == (50, 11)
    assert len(list(edition.nodes())) == 384
    assert len(edition.variables) == 105
    assert edition.languages == ("en", "fr")
    assert len({node.condition.to_json().__repr__() for node in edition.nodes() if node.condition}) == 34
    assert not problems(edition)


def test_the_json_form_round_trips_and_the_hash_is_that_of_the_content():
    again = Edition.from_json(supplied_json())
    assert again.to_json() == supplied_json()
    assert again.sha256 == supplied().sha256
    changed = supplied_json() | {"version": "1.0.1"}
    assert Edition.from_json(changed).sha256 != supplied().sha256


def test_a_body_becomes_runs():
    body = parse()["clauses"][0]["body"]["en"]
    assert body == [[{"text": "Mode "}, {"var": "mode"}, {"text": ", see "}, {"ref": "one"}, {"text": "."}]]


def test_no_markup_of_the_source_is_left_in_a_text():
    for node in supplied().nodes():
        for language in ("en", "fr"):
            texts = "".join(run.text or "" for run in node.runs(language))
            assert not re.search(r"\{\{|\}\}|\[\[|\]\]", texts), node.key


@pytest.mark.parametrize(
    ("condition", "rows"),
    [
        ("mode", {"op": "set", "var": "mode"}),
        ("mode == 'a'", {"op": "eq", "var": "mode", "value": "a"}),
        ("mode in ['a', 'b']", {"op": "in", "var": "mode", "value": ["a", "b"]}),
        ("not mode", {"op": "not", "of": [{"op": "set", "var": "mode"}]}),
        (
            "mode == 'a' or mode != 'b' and mode",
            {
                "op": "any",
                "of": [
                    {"op": "eq", "var": "mode", "value": "a"},
                    {
                        "op": "all",
                        "of": [{"op": "ne", "var": "mode", "value": "b"}, {"op": "set", "var": "mode"}],
                    },
                ],
            },
        ),
    ],
)
def test_a_condition_becomes_rows(condition, rows):
    assert parse(c=("condition: null", f'condition: "{condition}"'))["clauses"][0]["condition"] == rows


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("{{ mode }}", "{{ other }}", "other"),
        ("{{ mode }}", "{{ mode }", "one"),
        ("[[one]]", "[[two]]", "two"),
        ("[[one]]", "[[one]", "one"),
        ("condition: null", "condition: \"__import__('os').system('id')\"", "one"),
        ("condition: null", "condition: \"mode.__class__ == 'a'\"", "one"),
        ("condition: null", "condition: \"mode == 'z'\"", "z"),
        ("condition: null", "condition: 'mode =='", "one"),
        ("condition: null", f"condition: '{'not ' * 90}mode'", "one"),
        ("condition: null", "condition: 'unknown'", "unknown"),
        ("kind: mandatory", "kind: usual", "usual"),
        ("kind: mandatory", "kind: alternative", "one"),
        ("number: null", "number: null, requires: [two]", "two"),
        ("default: a", "default: c", "mode"),
        ("group: legal", "group: other", "mode"),
        ("type: choice", "type: code", "mode"),
        ("title: One", "title: [One]", "one"),
        ("title: One", "surprise: 1, title: One", "surprise"),
        ("language: en", "language: '../../en'", "language"),
        ("version: 1.0.0", "version: 1.0.0\nversion: 2.0.0", "twice"),
        ("title: Small", "title: !!python/object/apply:os.system ['id']", "line 5"),
        ("title: Small", 'title: "Sma\\0ll"', "line 5: a text holds a character that no text has"),
        ("title: Small", "title: &a Small\nother: *a", "aliases"),
        ("title: Small", "title: " + "[" * 60 + "]" * 60, "deeply"),
        ("annexes: []", "annexes: [", "YAML"),
        ("annexes: []", "annexes: nothing", "annexes"),
    ],
)
def test_a_broken_or_hostile_file_is_one_sentence(old, new, place):
    with pytest.raises(SourceError) as caught:
        parse(change=(old, new))
    sentence = str(caught.value)
    assert sentence.startswith("small.yaml: ")
    assert place in sentence
    assert "\n" not in sentence
    assert len(sentence) < 400


def test_two_languages_must_have_the_same_clauses():
    french = SMALL.replace("language: en", "language: fr")
    assert parse_template({"en.yaml": SMALL, "fr.yaml": french})["languages"] == ["en", "fr"]
    for old, new, word in (
        ("id: one", "id: uno", "order"),
        ("kind: mandatory", "kind: optional", "kind"),
        ("{{ mode }}", "mode", "variables"),
        ('body: "Mode {{ mode }}, see [[one]]."', "body: ''", "text is missing"),
    ):
        with pytest.raises(SourceError, match=word):
            parse_template({"en.yaml": SMALL, "fr.yaml": french.replace(old, new)})


def test_a_file_that_is_not_there_or_not_text_is_said(tmp_path):
    with pytest.raises(SourceError, match=r"gone\.yaml"):
        load_template([tmp_path / "gone.yaml"])
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match=r"binary\.yaml"):
        load_template([tmp_path / "binary.yaml"])
    with pytest.raises(SourceError, match="larger"):
        parse_template({"big.yaml": "a: " + "x" * 2_100_000})


@pytest.mark.parametrize("broken", [None, [], "x", {"template": 1}, {"template": "a", "unknown": 1}])
def test_a_json_that_is_no_edition_is_refused(broken):
    with pytest.raises(EditionError):
        Edition.from_json(broken)


def test_the_example_files_are_those_of_the_package():
    assert all(path.exists() for path in TEMPLATE_FILES)
