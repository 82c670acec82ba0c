"""JSON as plain data with positions."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iop_sched.week.json_text import read_json
from iop_sched.week.problems import InputProblems
from week.texts import marks

PRINTABLE = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(-1e9, 1e9) | PRINTABLE,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(PRINTABLE, inner, max_size=4).filter(
            lambda found: len({key.casefold() for key in found}) == len(found)
        )
    ),
)


@settings(deadline=None)
@given(VALUES, st.sampled_from([None, 1, 3]), st.booleans())
def test_it_reads_what_the_standard_library_reads(
    value: object, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert read_json("f", text).data == json.loads(text)


def test_every_key_value_and_item_has_its_position() -> None:
    document = read_json("f", '{"a": 1,\n "b": [\n  {"x": "y\\"z"}, true]}')
    assert document.position(("a",)) == (1, 7)
    assert document.position(("b",), of_key=True) == (2, 2)
    assert document.position(("b", 0, "x")) == (3, 9)
    assert document.position(("b", 1)) == (3, 18)
    assert document.data["b"][0]["x"] == 'y"z'


REFUSED = [
    ('{"a": 1,\n «"a": 2}', "stands twice"),
    ('{"a": 1«}{', "follows the end"),
    ('{"a": 1«,}', "a key in double quotes is missing"),
    ("{«a: 1}", "a key in double quotes is missing"),
    ('{"a" «1}', "a comma or a colon"),
    ('{"a": «}', "a value is missing"),
    ('{"a": "x«\ny"}', "a line break or a tab"),
    ('{"a": «"xy}', "a text is not closed"),
    ('{"a": «"\\u0000"}', "control character"),
    ('{"a": «"\\ud800"}', "control character"),
]


@pytest.mark.parametrize(("marked", "said"), REFUSED)
def test_what_is_not_plain_json_is_refused_where_it_stands(marked: str, said: str) -> None:
    text, places = marks(marked)
    with pytest.raises(InputProblems) as caught:
        read_json("f", text)
    (problem,) = caught.value.problems
    assert said in problem.what
    line, column = places[0]
    # Some of these are found one character later by the standard library.
    assert problem.line == line
    assert abs(problem.column - column) <= 1


def test_what_is_no_number_stays_text() -> None:
    text = '{"a": NaN, "b": -Infinity, "c": 1e999, "d": ' + "9" * 5000 + "}"
    assert read_json("f", text).data == {"a": "NaN", "b": "-Infinity", "c": "1e999", "d": "9" * 5000}
