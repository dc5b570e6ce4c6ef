"""Files are made in processes of their own: what happens there stays there, inside its limits."""

import os
import threading
import time

import pytest

from dfs_workflow.documents.brief_memory import BriefMemory
from dfs_workflow.documents.child_process import ChildError, Children
from tests.dfs_workflow import child_functions


@pytest.fixture(scope="module")
def children():
    return Children()


def test_a_function_runs_in_another_process_without_our_environment(children, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    assert children.call(child_functions.greeting, "you") == b"Hello you"
    first, second = (children.call(child_functions.own_process).decode().split() for _turn in range(2))
    assert len({first[0], second[0], str(os.getpid())}) == 3
    assert first[1:] == ["/"]


def test_a_large_text_goes_in_and_out_whole_from_several_threads(children):
    texts = [letter * 3_000_000 for letter in "abcdef"]
    found = {}

    def ask(text):
        found[text[0]] = children.call(child_functions.greeting, text)

    threads = [threading.Thread(target=ask, args=[text]) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found[text[0]] == f"Hello {text}".encode() for text in texts)


def test_what_goes_wrong_is_told_and_the_next_call_works(children):
    with pytest.raises(ChildError, match="ValueError: no such style"):
        children.call(child_functions.fail, "no such style")
    for function in (child_functions.die, child_functions.take_memory, child_functions.never_end):
        with pytest.raises(ChildError, match="stopped twice"):
            children.call(function)
    assert children.call(child_functions.greeting, "again") == b"Hello again"


def test_a_process_that_dies_once_is_started_again(children, tmp_path):
    file = tmp_path / "mark"
    file.touch(0o600)
    assert children.call(child_functions.die_once, str(file)) == b"alive"


def test_it_writes_no_file(children, tmp_path):
    file = tmp_path / "written"
    with pytest.raises(ChildError):
        children.call(child_functions.write_file, str(file))
    assert not file.exists() or file.stat().st_size == 0


def test_when_the_parent_of_the_processes_is_gone_another_one_is_started(children):
    children.call(child_functions.greeting, "you")
    children._parent.kill()
    children._parent.wait()
    assert children.call(child_functions.greeting, "you") == b"Hello you"


def test_made_files_are_forgotten_by_themselves_and_at_once_when_asked():
    memory = BriefMemory(seconds=0.2, largest=10)
    memory.keep("a", b"123456")
    memory.keep("b", b"123456")
    assert (memory.get("a"), memory.get("b")) == (None, b"123456")
    deadline = time.monotonic() + 5
    while memory._rows and time.monotonic() < deadline:
        time.sleep(0.02)
    assert memory._rows == {}
    memory.keep("c", b"1")
    memory.clear()
    assert memory.get("c") is None
