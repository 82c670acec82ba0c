"""A roster file as last week's roster of a program week."""

from __future__ import annotations

from pathlib import Path

from iop_sched.week.files import write_roster
from iop_sched.week.loading import load_week_with_previous
from iop_sched.week.previous import PreviousPlacement
from iop_sched.week.times import Day
from week.rosters import ROSTER
from week.texts import WEEK, loaded


def week_file(folder: Path) -> Path:
    path = folder / "week.yaml"
    path.write_text(WEEK, encoding="utf-8")
    return path


def test_a_roster_takes_the_place_of_previous(tmp_path: Path) -> None:
    before = load_week_with_previous(week_file(tmp_path), ROSTER).previous
    assert before.placements == (
        PreviousPlacement(client="c01", cohort="red", slot="am", days=("mon", "tue"), primary="tess"),
        PreviousPlacement(client="c02", cohort=None, slot="late", days=("mon",), primary=None),
    )
    assert [(leader.cohort, leader.leader) for leader in before.leaders] == [("red", "tess")]
    assert [(one.client, one.service, one.day, one.start) for one in before.sessions] == [
        ("c01", "yoga", Day.TUE, 14 * 60)
    ]


def test_the_roster_may_be_a_file(tmp_path: Path) -> None:
    write_roster(tmp_path / "roster.json", ROSTER)
    from_file = load_week_with_previous(week_file(tmp_path), tmp_path / "roster.json")
    assert from_file == load_week_with_previous(week_file(tmp_path), ROSTER)


def test_without_a_roster_the_week_looks_back_on_its_own(tmp_path: Path) -> None:
    assert load_week_with_previous(week_file(tmp_path), None) == loaded(WEEK)
