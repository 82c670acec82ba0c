"""YAML 1.2 as plain data with positions."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iop_sched.week.problems import InputProblems
from iop_sched.week.yaml_text import LARGE, build, plain, read_yaml
from week.texts import WEEK, marks, problems

with_c = pytest.mark.skipif(find_spec("_ruamel_yaml") is None, reason="ruamel.yaml.clib is not installed")


@pytest.mark.parametrize(
    "word", ["12:30", "9:00", "NO", "no", "yes", "on", "1_000", "0o17", "0x1f", ".inf", ".nan"]
)
def test_what_yaml_1_1_would_misread_stays_text(word: str) -> None:
    assert plain(word) == word
    assert read_yaml("f", f"a: [{word}]\nb: {word}\n").data == {"a": [word], "b": word}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("3", 3),
        ("-3", -3),
        ("9.5", 9.5),
    ],
)
def test_plain_words_have_their_meaning(word: str, value: object) -> None:
    assert plain(word) == value


def test_dates_stay_as_written_and_long_numbers_stay_text() -> None:
    assert plain("2026-11-23") == "2026-11-23"
    assert plain("9" * 5000) == "9" * 5000
    assert plain("1e999") == "1e999"


def test_quoted_values_are_text() -> None:
    assert read_yaml("f", "a: '3'\nb: \"true\"\nc: |\n  4\n").data == {"a": "3", "b": "true", "c": "4\n"}


def test_every_key_value_and_item_has_its_position() -> None:
    text = "a: 1\nb:\n  - x: {y: [2, 3]}\n  - z\n"
    document = read_yaml("f", text)
    assert document.position(("a",)) == (1, 4)
    assert document.position(("b",), of_key=True) == (2, 1)
    assert document.position(("b", 0)) == (3, 5)
    assert document.position(("b", 0, "x", "y", 1)) == (3, 16)
    assert document.position(("b", 0, "x", "y"), of_key=True) == (3, 9)
    assert document.position(("b", 1)) == (4, 5)


def test_a_part_that_is_missing_has_the_position_of_what_it_is_missing_in() -> None:
    assert read_yaml("f", "a:\n  b: {c: 1}\n").position(("a", "b", "d", 7)) == (2, 6)


REFUSED = [
    ("a: «&x 1\nb: 2", "anchor"),
    ("a: «*x", "alias"),
    ("a: «!!int 3", "tag"),
    ("a: «!x [1]", "tag"),
    ("a: 1\n«--- \nb: 2", "second document"),
    ("a: 1\n«a: 2", "the same key stands twice (first on line 1)"),
    ("a: 1\nb:\n  - mon: 1\n    «Mon: 2", "stands twice (first on line 3)"),
    ("? «[a]\n: 1", "where a key should"),
    ("a: b«: c", "a colon stands where none can"),
    ("a:\n  b: 1\n «c: 2", "this line does not belong here"),
    ("«\ta: 1", "a tab stands"),
    ("a: [1, 2\nb«: 3\n", "a list in brackets is not closed"),
    ("a: {b: 1\n«", "a mapping in braces is not closed"),
    ('a: "x«', "a quotation mark is never closed"),
    ('a: "«\\0"', "control character"),
    ('a: «"\\u202e"', "control character"),
]


@pytest.mark.parametrize(("marked", "said"), REFUSED)
def test_what_is_not_plain_yaml_is_refused_where_it_stands(marked: str, said: str) -> None:
    text, places = marks(marked)
    with pytest.raises(InputProblems) as caught:
        read_yaml("f", text)
    (problem,) = caught.value.problems
    assert said in problem.what
    if "\\0" not in marked and "{b" not in marked and "b: 3" not in marked and '"x' not in marked:
        assert [(problem.line, problem.column)] == places


def test_every_duplicate_key_is_reported_and_the_first_value_kept_in_mind() -> None:
    with pytest.raises(InputProblems) as caught:
        read_yaml("f", "a: 1\na: {b: 1, b: 2}\na: 3\n")
    assert [(one.line, one.column) for one in caught.value.problems] == [(2, 1), (2, 11), (3, 1)]


@pytest.mark.parametrize(
    "text", ["[" * 5000, "{a: " * 5000, "- " * 5000, "\n".join(" " * n + "a:" for n in range(200))]
)
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(InputProblems):
        read_yaml("f", text)


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n...\n"])
def test_a_file_without_a_value_is_not_a_week(text: str) -> None:
    assert [one.what for one in problems(text)] in (
        ["the file is empty"],
        ["this is not a mapping with named fields"],
    )


@with_c
def test_the_parser_in_c_reads_the_same_at_the_same_places() -> None:
    assert build("f", WEEK, pure=False) == build("f", WEEK, pure=True)


YAML_LIKE = st.text(alphabet="ab:-,[]{}#'\"|>&*!%? \n10.~", max_size=40)


@with_c
@settings(deadline=None)
@given(YAML_LIKE)
def test_what_the_parser_in_c_accepts_means_the_same_to_the_one_in_python(text: str) -> None:
    try:
        fast = build("f", text, pure=False)
    except InputProblems:
        return
    try:
        slow = build("f", text, pure=True)
    except InputProblems:
        return
    assert fast.data == slow.data


def test_a_large_file_reads_as_a_small_one() -> None:
    rows = "- {a: 1, start: 9:00}\n"
    document = read_yaml("f", rows * (LARGE // len(rows) + 10))
    assert document.data[-1] == {"a": 1, "start": "9:00"}
    assert document.position((5, "start")) == (6, 17)
