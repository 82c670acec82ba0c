"""From the bytes of a file to plain data: whatever they are, only ``InputProblems`` comes out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iop_sched.week import reading
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.reading import read_document


def refusal(path: str | Path) -> Problem:
    with pytest.raises(InputProblems) as caught:
        read_document(path)
    (problem,) = caught.value.problems
    assert problem.right
    return problem


def written(folder: Path, raw: bytes, name: str = "w.yaml") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def test_a_missing_file(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "w.yaml").what


def test_a_folder(tmp_path: Path) -> None:
    assert "a folder" in refusal(tmp_path).what


def test_a_name_that_cannot_be_one() -> None:
    assert refusal("a\0b").line == 0
    assert refusal("x" * 5000).line == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "ordinary file" in refusal(tmp_path / "pipe.yaml").what


@pytest.mark.parametrize("raw", [b"", b"\n \t\n", b"\xef\xbb\xbf"])
def test_an_empty_file(tmp_path: Path, raw: bytes) -> None:
    assert "empty" in refusal(written(tmp_path, raw)).what


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 1000)
    assert "too large" in refusal(written(tmp_path, b"a: 1\n" * 201)).what
    assert read_document(written(tmp_path, b"- 1\n" * 250)).data == [1] * 250


def test_bytes_that_are_not_utf_8_are_pointed_at(tmp_path: Path) -> None:
    problem = refusal(written(tmp_path, b"a: 1\nb: caf\xe9\n"))
    assert (problem.line, problem.column) == (2, 7)
    assert "UTF-8" in problem.what


@pytest.mark.parametrize("bad", [b"\x00", b"\x1b", b"\x07"])
def test_control_characters_are_pointed_at(tmp_path: Path, bad: bytes) -> None:
    problem = refusal(written(tmp_path, b"a: 1\nb: x" + bad + b"\n"))
    assert (problem.line, problem.column) == (2, 5)


def test_a_byte_order_mark_and_windows_line_ends_are_no_problem(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, b"\xef\xbb\xbfa: 1\r\nb:\r\n- 2\r\n"))
    assert document.data == {"a": 1, "b": [2]}
    assert document.position(("b", 0)) == (3, 3)


@settings(deadline=None)
@given(
    raw=st.binary(max_size=60) | st.text(max_size=40).map(str.encode),
    name=st.sampled_from(["w.yaml", "w.json"]),
)
def test_any_bytes_give_data_or_problems(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, name: str
) -> None:
    path = written(tmp_path_factory.getbasetemp(), raw, name)
    try:
        read_document(path)
    except InputProblems:
        return


@pytest.mark.parametrize("name", ["w.yaml", "w.json"])
@pytest.mark.parametrize("raw", [b"[" * 5000, b'{"a":' * 5000, b"[" * 100 + b"]" * 100])
def test_deep_nesting_is_refused(tmp_path: Path, raw: bytes, name: str) -> None:
    assert "too deep" in refusal(written(tmp_path, raw, name)).what
