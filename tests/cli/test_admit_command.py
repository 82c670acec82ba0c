"""``admit``, and the part of ``explain`` that is about a roster."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Cli
from iop_sched.cli.explain_roster import explain_roster
from iop_sched.cli.guard import BadInputError
from iop_sched.week.loading import load_week

CALLER = """
id: caller
level: iop
priority: 2
busy: [{days: weekdays, start: "13:00", end: "22:00"}]
prescription: {hours: {min: 9, target: 9, max: 15}, days: [3], services: [{service: individual}]}
"""


@pytest.fixture
def caller(tmp_path: Path) -> Path:
    path = tmp_path / "caller.yaml"
    path.write_text(CALLER, encoding="utf-8")
    return path


def test_offers_for_somebody_new(cli: Cli, week_file: Path, roster_path: Path, caller: Path) -> None:
    ran = cli("admit", week_file, roster_path, "--client", caller)
    assert (ran.status, ran.err) == (0, "")
    assert "Nobody else changes." in ran.out
    assert "mor-1" in ran.out.split("Not possible")[0]
    assert "work, school or family hours collide" in ran.out.split("Not possible")[1]


@pytest.mark.parametrize("ending", [".yaml", ".json", ".xlsx"])
def test_an_offer_taken_makes_a_roster_that_holds(
    cli: Cli, week_file: Path, roster_path: Path, caller: Path, tmp_path: Path, ending: str
) -> None:
    out, week = tmp_path / "new.json", tmp_path / f"new-week{ending}"
    ran = cli(
        "admit", week_file, roster_path, "--client", caller, "--take", 1, "--out", out, "--week-out", week
    )
    assert ran.status == 0, ran.err
    assert cli("check", week, out).status == 0
    assert cli("show", week, out, "--client", "caller").status == 0
    assert [one.id for one in load_week(week).clients][-1] == "caller"
    provenance = json.loads(out.read_text(encoding="utf-8"))["provenance"]
    assert provenance["parameters"]["admitted"] == "caller"
    # without the week, it is said what to do
    again = cli("admit", week_file, roster_path, "--client", caller, "--take", 1, "--out", out)
    assert "add the record to the end of 'clients'" in again.err
    assert "--week-out WEEK.yaml" in again.err


def test_nobody_can_take_the_client(cli: Cli, week_file: Path, roster_path: Path) -> None:
    ran = cli("admit", week_file, roster_path, "--client", "c13")
    assert ran.status == 3
    assert "no cohort can take this client as the roster stands" in ran.out
    assert "There is nobody whose change could help." in ran.out


def test_where_nobody_can_one_other_client_may_change(cli: Cli, week_file: Path, roster_path: Path) -> None:
    ran = cli("admit", week_file, roster_path, "--client", "c12")
    assert ran.status == 0
    assert "no cohort can take this client as the roster stands" in ran.out
    assert "full: 2/2" in ran.out
    assert "All 10 clients in the roster were tried." in ran.out
    assert "- 1: c05: moves from eve-1 to eve-2; on Mon Fri instead of Mon Tue" in ran.out


LATE = """
id: late
level: iop
busy: [{days: weekdays, start: "08:00", end: "13:00"}]
prescription: {hours: {min: 9, target: 9, max: 15}, days: [3]}
"""


def test_offers_with_one_other_client_come_after_the_rest(
    cli: Cli, week_file: Path, roster_path: Path, caller: Path, tmp_path: Path
) -> None:
    caller.write_text(LATE, encoding="utf-8")
    arguments = ("admit", week_file, roster_path, "--client", caller)
    without = json.loads(cli(*arguments, "--json").out)
    assert without["one_other"] is None
    found = json.loads(cli(*arguments, "--with-one-other", "--json").out)
    alone, moving = without["places"], found["one_other"]
    assert (found["places"], moving["tried"], moving["places"]) == (alone, moving["candidates"], 1)
    (change,) = moving["offers"][0]["changes"]
    assert change["client"] == "c05"
    last, out, week = alone + 1, tmp_path / "new.json", tmp_path / "new-week.json"
    files = ("--take", last, "--out", out, "--week-out", week)
    assert "--with-one-other looks for more" in cli(*arguments, *files).err
    ran = cli(*arguments, *files, "--with-one-other")
    assert (ran.status, f"- {last}: c05: moves from eve-1 to eve-2" in ran.out) == (0, True)
    assert cli("check", week, out).status == 0
    assert json.loads(out.read_text(encoding="utf-8"))["provenance"]["parameters"]["moved"] == "c05"


def test_offers_for_programs(cli: Cli, week_file: Path, roster_path: Path, caller: Path) -> None:
    found = json.loads(cli("admit", week_file, roster_path, "--client", caller, "--json").out)
    assert found["client"] == "caller"
    assert found["offers"][0]["placement"]["cohort"] == "mor-1"
    assert found["offers"][0]["changes"] == []
    assert found["offers"][0]["tiers"]["placed"] == -40


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("level: iop", "level: iopp", "caller.yaml:3:"),
        ("id: caller", "id: c01", "a client of the week has this id already"),
        ("priority: 2", "prio: 2", "caller.yaml:4:"),
        ("service: individual", "service: individuals", "caller.yaml:6:"),
        ('"13:00"', '"13:07"', "caller.yaml:5:"),
    ],
)
def test_mistakes_in_the_record_have_lines(
    cli: Cli, week_file: Path, roster_path: Path, caller: Path, old: str, new: str, words: str
) -> None:
    caller.write_text(CALLER.replace(old, new), encoding="utf-8")
    ran = cli("admit", week_file, roster_path, "--client", caller)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--client", "c1x"], "no such client"),
        (["--client", "c01"], "c01 has a place already, in mor-1"),
        (["--client", "c12", "--take", 1], "--take N and --out ROSTER.json go together"),
        (["--client", "c12", "--week-out", "w.json"], "--week-out keeps the week of a roster that is kept"),
        (["--client", "c12", "--take", 1, "--out", "nowhere/r.json"], "there is no such folder"),
    ],
)
def test_bad_usage(cli: Cli, week_file: Path, roster_path: Path, arguments: list[object], words: str) -> None:
    ran = cli("admit", week_file, roster_path, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err


def test_there_is_no_such_offer(
    cli: Cli, week_file: Path, roster_path: Path, caller: Path, tmp_path: Path
) -> None:
    out = tmp_path / "new.json"
    ran = cli("admit", week_file, roster_path, "--client", caller, "--take", 99, "--out", out)
    assert ran.status == 2
    assert "--take 99: there " in ran.err
    assert not out.exists()


def test_explaining_a_roster(week_file: Path, roster_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    explain_roster(week_file, roster_path)
    out = capsys.readouterr().out
    assert [name for name in ("c10", "c12", "c13") if f"{name} has no place" not in out] == []
    explain_roster(week_file, roster_path, "c01", as_json=True)
    (found,) = json.loads(capsys.readouterr().out)
    assert found["placement"]["cohort"] == "mor-1"
    with pytest.raises(BadInputError, match="There is no client c1x"):
        explain_roster(week_file, roster_path, "c1x")
