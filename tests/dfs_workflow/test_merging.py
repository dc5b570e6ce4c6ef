"""Proposals meet a text that went on: whatever two people do at once, nothing that was accepted is lost."""

from hypothesis import given
from hypothesis import strategies as st

from dfs_workflow.merging import ABSENT, ORDER, Answer, changes_between, merge

WORDS = ("must", "should", "may", "24 hours", "never", "report")


def block(key, text):
    return {"type": "paragraph", "value": text, "id": key}


def page(*texts, **fields):
    return {"body": [block(f"b{n}", text) for n, text in enumerate(texts)], **fields}


def listed(content):
    return [row["id"] for row in content["body"]]


def texts(value):
    """Every block's text by its identity, however deep."""
    if isinstance(value, list):
        found = {}
        for row in value:
            if isinstance(row["value"], str):
                found[row["id"]] = row["value"]
            else:
                found |= texts(row["value"])
        return found
    return texts(value["body"])


operations = st.lists(
    st.tuples(
        st.sampled_from(["edit", "remove", "add", "move", "inner edit", "inner add"]),
        st.integers(0, 9),
        st.integers(0, 9),
        st.sampled_from(WORDS),
    ),
    max_size=6,
)


def start(size):
    inner = [{"type": "item", "value": f"inner {n}", "id": f"i{n}"} for n in range(3)]
    return {
        "title": "T",
        "body": [*(block(f"b{n}", f"text {n}") for n in range(size)), {"type": "list", "value": inner, "id": "list"}],
    }


def edited(content, steps, who):
    """The content after what one person does to it."""
    body = [dict(row) for row in content["body"]]
    for number, (step, one, other, word) in enumerate(steps):
        here = one % len(body) if body else 0
        inner = next((row for row in body if row["id"] == "list"), None)
        if step == "add" or not body:
            body.insert(here, block(f"{who}{number}", f"{who} adds {word}"))
        elif step == "edit" and isinstance(body[here]["value"], str):
            body[here] = {**body[here], "value": f"{who}: {word}"}
        elif step == "remove":
            del body[here]
        elif step == "move":
            body.insert(other % len(body), body.pop(here))
        elif step.startswith("inner") and inner is not None:
            rows = [dict(row) for row in inner["value"]]
            if step == "inner add":
                rows.insert(one % 3, {"type": "item", "value": f"{who} {word}", "id": f"{who}i{number}"})
            else:
                rows[other % len(rows)]["value"] = f"{who} {word}"
            body[body.index(inner)] = {**inner, "value": rows}
    return {**content, "body": body}


@given(st.integers(0, 5), operations, operations)
def test_nothing_that_was_accepted_is_lost_and_nothing_proposed_goes_unsaid(size, theirs, ours):
    base = start(size)
    now, proposed = edited(base, theirs, "now"), edited(base, ours, "new")
    merged = merge(base, proposed, now)
    was, accepted, wanted, found = texts(base), texts(now), texts(proposed), texts(merged.value)
    disputed = {part for change in merged.conflicts for part in change.path}
    for key, text in accepted.items():
        if was.get(key) != text:
            assert found[key] == text
    for key, text in wanted.items():
        if was.get(key) != text:
            assert found.get(key) == text or key in disputed or "list" in disputed
    for key in was.keys() - accepted.keys():
        assert key not in found
    for key in was.keys() - wanted.keys():
        assert key not in found or key in disputed or "list" in disputed
    keys = listed(merged.value)
    assert len(keys) == len(set(keys))


@given(st.integers(0, 5), operations, operations)
def test_who_is_alone_gets_exactly_what_they_wrote(size, theirs, ours):
    base = start(size)
    one, other = edited(base, theirs, "a"), edited(base, ours, "b")
    assert merge(base, one, base).value == one
    assert merge(base, base, other).value == other
    same = merge(base, one, one)
    assert same.value == one and not same.conflicts


@given(st.integers(1, 5), st.lists(operations, min_size=2, max_size=4))
def test_several_proposals_on_one_version_are_applied_one_after_the_other(size, proposals):
    base = now = start(size)
    promised = {}
    for number, steps in enumerate(proposals):
        merged = merge(base, edited(base, steps, f"p{number}"), now)
        now = merged.value
        found = texts(now)
        assert promised.items() <= found.items()
        promised |= {key: text for key, text in found.items() if texts(base).get(key) != text}


@given(st.integers(1, 5), operations, operations)
def test_an_answered_conflict_is_settled_only_for_what_was_seen(size, theirs, ours):
    base = start(size)
    now, proposed = edited(base, theirs, "now"), edited(base, ours, "new")
    first = merge(base, proposed, now)
    answers = {change.path: Answer(change.proposed, change.now) for change in first.conflicts}
    assert not merge(base, proposed, now, answers).conflicts
    stale = {path: Answer(answer.value, "something older") for path, answer in answers.items()}
    again = merge(base, proposed, now, stale)
    assert again.value == first.value and again.conflicts == first.conflicts


def test_neighbours_merge_and_a_real_conflict_shows_all_three():
    base = page("one", "two", "three", title="T")
    merged = merge(base, page("ONE", "deux", "three", title="T"), page("one", "zwei", "THREE", title="U"))
    assert merged.value == page("ONE", "zwei", "THREE", title="U")
    (conflict,) = merged.conflicts
    assert (conflict.base, conflict.proposed, conflict.now) == ("two", "deux", "zwei")
    assert conflict.path == ("body", "b1", "value")
    assert [change.path for change in merged.changes] == [("body", "b0", "value")]


def test_a_moved_block_takes_the_words_that_were_corrected_meanwhile():
    base, now = page("one", "two", "three"), page("one", "two", "third")
    moved = {"body": [base["body"][2], base["body"][0], base["body"][1]]}
    merged = merge(base, moved, now)
    assert listed(merged.value) == ["b2", "b0", "b1"] and merged.value["body"][0]["value"] == "third"
    assert [change.path for change in merged.changes] == [("body", ORDER)]


def test_two_who_move_differently_are_told():
    base = page("one", "two", "three")
    left, right = ({"body": [base["body"][n] for n in order]} for order in ((2, 0, 1), (1, 2, 0)))
    merged = merge(base, left, right)
    assert merged.value == right and [change.path for change in merged.conflicts] == [("body", ORDER)]


def test_what_one_removes_and_the_other_rewords_is_a_conflict_either_way():
    base, without = page("one", "two"), page("one")
    reworded = page("one", "new two")
    for proposed, now in ((without, reworded), (reworded, without)):
        merged = merge(base, proposed, now)
        assert merged.value == now
        (conflict,) = merged.conflicts
        assert ABSENT in (conflict.proposed, conflict.now)


def test_a_new_block_stands_behind_what_it_was_written_after():
    base = page("one", "two")
    added = {"body": [base["body"][0], block("new", "between"), base["body"][1]]}
    now = {"body": [block("first", "first"), *base["body"], block("last", "last")]}
    assert listed(merge(base, added, now).value) == ["first", "b0", "new", "b1", "last"]


def test_a_block_that_became_another_type_is_compared_as_a_whole():
    base, proposed, now = page("one"), page("uno"), page("one")
    now["body"][0] = {"type": "hint", "value": {"text": "one"}, "id": "b0"}
    merged = merge(base, proposed, now)
    assert merged.value == now and merged.conflicts[0].path == ("body", "b0")


def test_child_rows_are_known_by_their_key_and_rows_without_one_are_one_value():
    rows = [{"pk": 1, "text": "a"}, {"pk": 2, "text": "b"}]
    now = [{"pk": 1, "text": "a"}, {"pk": 2, "text": "B"}]
    assert merge(rows, [{"pk": 1, "text": "A"}, rows[1]], now).value == [{"pk": 1, "text": "A"}, now[1]]
    assert merge(["x"], ["x", "y"], ["z"]).conflicts


def test_other_words_of_the_decider_are_taken_and_said():
    base, proposed = page("one"), page("uno")
    path = ("body", "b0", "value")
    merged = merge(base, proposed, base, {path: Answer("eins", "one")})
    assert merged.value == page("eins")
    assert [(change.path, change.proposed) for change in merged.changes] == [(path, "eins")]
    assert merge(base, proposed, base, {path: Answer("one", "one")}).changes == ()
    assert [change.path for change in changes_between(base, proposed)] == [path]
