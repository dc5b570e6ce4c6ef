"""A renderer that dies is started once more; what is said then is one sentence."""

from pathlib import Path
from typing import Any

import pytest

from dfs_workflow.documents import typst

DIES = """
import os, pathlib, signal, sys
tries = pathlib.Path(__file__).with_name("tries")
tries.write_text(tries.read_text() + "x" if tries.exists() else "x")
if len(tries.read_text()) <= {times}:
    os.kill(os.getpid(), signal.{how})
sys.stdout.buffer.write(b"%PDF-1.7")
"""


def compiled(monkeypatch: Any, folder: Path, times: int, how: str = "SIGABRT") -> bytes:
    child = folder / "child.py"
    child.write_text(DIES.format(times=times, how=how))
    monkeypatch.setattr(typst, "CHILD", child)
    return typst.compile_typst("text", timestamp=0)


def test_a_renderer_that_dies_is_started_once_more(monkeypatch, tmp_path):
    assert compiled(monkeypatch, tmp_path, times=1).startswith(b"%PDF")
    assert (tmp_path / "tries").read_text() == "xx"


def test_one_that_dies_again_is_reported_in_a_sentence(monkeypatch, tmp_path):
    with pytest.raises(typst.PdfError, match="^The PDF could not be made: the compiler was stopped.$"):
        compiled(monkeypatch, tmp_path, times=9)
    assert (tmp_path / "tries").read_text() == "xx"


def test_one_that_used_up_its_time_is_not_started_again(monkeypatch, tmp_path):
    with pytest.raises(typst.PdfError):
        compiled(monkeypatch, tmp_path, times=9, how="SIGXCPU")
    assert (tmp_path / "tries").read_text() == "x"
