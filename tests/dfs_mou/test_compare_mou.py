"""Comparing from the command line: two files of answers, a returned file, and the example client in docs/."""

import io
import runpy
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from docx import Document as open_word
from docx.oxml.ns import qn

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / "before.yaml", tmp_path / "after.yaml"]
    for path, binding in zip(paths, ("partly", "no"), strict=True):
        path.write_text(yaml.safe_dump({"common": {"binding": binding}}), encoding="utf-8")
    return paths


def compare(*paths, **options):
    out = io.StringIO()
    call_command("compare_mou", *map(str, paths), language="en", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_clauses_that_differ_are_named_and_tracked(edition, files, tmp_path):
    said = compare(*files, redline=tmp_path / "changes.docx", author="Legal")
    assert "dropped governing-law" in said
    assert "added legal-effect-none" in said
    body = open_word(tmp_path / "changes.docx").element.body
    assert {mark.get(qn("w:author")) for mark in body.iter(qn("w:ins"))} == {"Legal"}
    assert compare(files[0], files[0]) == "0 clauses differ.\n"


@pytest.mark.django_db
def test_a_returned_file_is_read(edition, files, tmp_path):
    call_command("generate_mou", str(files[1]), str(tmp_path / "back.docx"), language="en", format="docx")
    assert "dropped governing-law" in compare(files[0], tmp_path / "back.docx")
    (tmp_path / "bad.docx").write_bytes(b"MZ")
    for name in ("bad.docx", "missing.docx"):
        with pytest.raises(CommandError, match=f"^{name}: "):
            compare(files[0], tmp_path / name)


@pytest.mark.django_db(transaction=True)
def test_the_example_client_works(edition, live_server, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(ROOT / "docs" / "mou-client.py"))["main"](live_server.url)
    said = capsys.readouterr().out
    assert "questions are needed" in said
    assert "0 changes in the file that came back" in said
    assert (tmp_path / "mou.pdf").read_bytes().startswith(b"%PDF")
