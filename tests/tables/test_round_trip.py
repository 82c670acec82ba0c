"""A week as tables and back is the same week, fingerprint and all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generate.made import made
from iop_sched.tables.saving import save_week
from iop_sched.tables.writing import checked_rows
from iop_sched.week.files import canonical_sha256
from iop_sched.week.loading import load_week
from iop_sched.week.problems import InputProblems
from iop_sched.week.program import ProgramWeek
from mutations.case import INSTANCES, ROOT, instance
from week.texts import data

AWKWARD = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "'quoted'",
    "''",
    "'",
    "",
    "  blanks around  ",
    "two\nlines",
    'a "quote", a; and b',
    "_x0041_ & <b>",
    "007",
    "1e5",
    "2026-03-02",
    "TRUE",
    "# no remark",
    "#N/A",
    "#REF!",
    "\u200f\u05d0\u05d1",
    "\U0001f600 Zoë",
    "x" * 10_000,
)


def week_with(**of_the_first_client: Any) -> ProgramWeek:
    """A small week in order, with something else about its first client."""
    raw = data()
    raw["clients"][0] |= of_the_first_client
    return ProgramWeek.model_validate(raw)


def back(week: ProgramWeek, path: Path) -> ProgramWeek:
    """The week after a way through a file."""
    save_week(path, week)
    return load_week(path)


@pytest.mark.parametrize("name", ["week.xlsx", "week"])
def test_pinned_staff_comes_back(name: str, tmp_path: Path) -> None:
    raw = data()
    need = {"roles": ["therapist", "psychiatrist"], "count": 2}
    raw["agendas"][0]["blocks"][1]["staff"] = [{"roles": ["therapist"], "count": 1}, need]
    staff = [
        {"block": "first", "clinicians": ["tess"]},
        {"block": "second", "need": 1, "clinicians": ["phil", "tess"]},
    ]
    raw["pins"][2]["meeting"]["staff"] = staff
    raw["pins"].insert(2, {"id": "tuesday", "meeting": {"cohort": "red", "day": "tue", "staff": staff[1:]}})
    week = ProgramWeek.model_validate(raw)
    assert back(week, tmp_path / name) == week


@pytest.mark.parametrize("name", INSTANCES)
def test_programs_come_back(name: str, tmp_path: Path) -> None:
    week = instance(name)
    through_csv = back(week, tmp_path / "csv")
    assert through_csv == week
    through_all = back(back(through_csv, tmp_path / "week.xlsx"), tmp_path / "week.json")
    assert through_all == week
    assert canonical_sha256(through_all) == canonical_sha256(week)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "instances" / "infeasible").glob("*.yaml")), ids=lambda one: one.stem
)
def test_impossible_weeks_come_back(path: Path, tmp_path: Path) -> None:
    week = load_week(path)
    assert back(week, tmp_path / "csv") == week


def test_a_generated_week_comes_back(tmp_path: Path) -> None:
    week = made(60, 3, "high", 1).week
    assert back(week, tmp_path / "week.xlsx") == week


def test_a_week_with_something_of_everything_comes_back(tmp_path: Path) -> None:
    raw = data()
    raw["clients"][1] |= {"intake": {}, "family": {}, "stay": {"length_days": {"min": 3, "max": 9}}}
    raw["services"][2]["at_most"] = {"count": 1, "days": 3}
    raw["clients"][0]["available"] = [{"days": ["sun"], "start": "00:00", "end": "24:00"}]
    week = ProgramWeek.model_validate(raw)
    assert week.clients[1].intake is not None
    assert week.clients[1].family is not None
    assert back(week, tmp_path / "csv") == week
    assert back(week, tmp_path / "week.xlsx") == week


def test_any_text_comes_back_inert(tmp_path: Path) -> None:
    busy = [{"days": "daily", "start": "00:00", "end": "01:00", "why": words} for words in AWKWARD]
    week = week_with(busy=busy).model_copy(update={"program": "=1+1"})
    assert back(week, tmp_path / "csv") == week
    assert back(week, tmp_path / "week.xlsx") == week
    cells = (tmp_path / "csv" / "client-hours.csv").read_text(encoding="utf-8-sig")
    assert "'=cmd|" in cells
    assert ",=cmd|" not in cells


def test_ids_that_look_like_something_else_come_back(tmp_path: Path) -> None:
    raw = data()
    names = ("007", "1e5", "2026-03-02", "true", "1.0", "mon")
    raw["clients"] += [{**raw["clients"][1], "id": name} for name in names]
    week = ProgramWeek.model_validate(raw)
    assert back(week, tmp_path / "csv") == week
    assert back(week, tmp_path / "week.xlsx") == week


def test_a_text_longer_than_a_cell_is_refused() -> None:
    busy = [{"days": "daily", "start": "00:00", "end": "01:00", "why": "x" * 40_000}]
    with pytest.raises(InputProblems, match="more than 32,767 characters"):
        checked_rows(week_with(busy=busy))


def test_what_tables_have_no_column_for_is_not_lost_silently() -> None:
    raw = data()
    raw["rooms"][0]["available"] = [{"days": "daily", "start": "08:00", "end": "20:00", "site": "north"}]
    with pytest.raises(ValueError, match="not be read as the same"):
        checked_rows(ProgramWeek.model_validate(raw))


def test_the_same_week_makes_the_same_bytes(tmp_path: Path) -> None:
    week = week_with()
    for name in ("a.xlsx", "b.xlsx"):
        save_week(tmp_path / name, week)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_files_are_their_owners_alone_and_folders_are_exchanged_whole(tmp_path: Path) -> None:
    week = week_with()
    for name in ("week.xlsx", "week.yaml", "csv"):
        save_week(tmp_path / name, week)
    made_files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert len(made_files) > 20
    assert {one.stat().st_mode & 0o777 for one in made_files} == {0o600}
    (tmp_path / "csv" / "clients.csv").write_text("old", encoding="utf-8")
    save_week(tmp_path / "csv", week)
    assert load_week(tmp_path / "csv") == week
    assert sorted(one.name for one in tmp_path.iterdir()) == ["csv", "week.xlsx", "week.yaml"]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        save_week(folder, week_with())
    assert (folder / "thesis.txt").read_text(encoding="utf-8") == "mine"
