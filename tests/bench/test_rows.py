"""Files of rows: nothing finished is lost, nothing else is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.conftest import job
from iop_sched.bench.row import Row
from iop_sched.bench.rows import open_rows, read_rows
from iop_sched.week.problems import InputProblems


def row(seed: int, status: str = "unknown") -> Row:
    return job("hand-rule").model_copy(update={"seed": seed}).row("now", status)  # type: ignore[arg-type]


def test_rows_come_back(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with open_rows(path) as rows:
        rows.append(row(1))
        rows.append(row(2))
    with open_rows(path) as rows:
        assert rows.rows == [row(1), row(2)]
        assert rows.finished == {row(1).key, row(2).key}
    assert read_rows([path]) == [row(1), row(2)]


@pytest.mark.parametrize("rest", ["{", '{"instance": "a"', "\ud83d"[:0] + "x"])
def test_a_line_cut_short_is_taken_off(tmp_path: Path, rest: str) -> None:
    path = tmp_path / "rows.jsonl"
    whole = row(1).model_dump_json() + "\n"
    path.write_text(whole + rest)
    assert read_rows([path]) == [row(1)]
    with open_rows(path) as rows:
        rows.append(row(2))
    assert path.read_text() == whole + row(2).model_dump_json() + "\n"


def test_a_lost_run_is_run_again_and_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with open_rows(path) as rows:
        rows.append(row(1, "lost"))
        assert rows.finished == set()
        rows.append(row(1, "feasible"))
    assert [one.status for one in read_rows([path])] == ["feasible"]


def test_what_is_no_row_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("hello\n" + row(1).model_dump_json() + "\nworld\n")
    with pytest.raises(InputProblems) as caught, open_rows(path):
        pass
    assert [problem.line for problem in caught.value.problems] == [1, 3]
    assert path.read_text().startswith("hello\n")


def test_two_studies_do_not_write_to_one_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with open_rows(path), pytest.raises(InputProblems, match="another study"), open_rows(path):
        pass


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputProblems, match="No such file"):
        read_rows([tmp_path / "none.jsonl"])
