"""``compare``: two rosters of a week, what differs, and what happens to bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Cli
from compare.hand import Edit, meeting, place, put_in, session, staff, take_out
from iop_sched.compare.comparison import Comparison


@pytest.fixture
def other(tmp_path: Path, roster_path: Path) -> Path:
    """Another roster of the week: c06 has no place, c01 another time and clinician, a meeting is not held."""
    return changed(
        roster_path,
        tmp_path / "other.json",
        take_out("placements", place, "c06"),
        put_in(session, "individual", "c01", start="12:00", staff=[staff("kim")]),
        put_in(meeting, "eve-1", "mon", held=False, room=None, staff=[]),
    )


def changed(path: Path, target: Path, *edits: Edit) -> Path:
    data = json.loads(path.read_text(encoding="utf-8"))
    for edit in edits:
        edit(data)
    target.write_text(json.dumps(data), encoding="utf-8")
    return target


def test_headline_then_figures_then_people(cli: Cli, week_file: Path, roster_path: Path, other: Path) -> None:
    ran = cli("compare", week_file, roster_path, other)
    assert ran.status == 0
    # a candidate cohort below its least, among others
    assert ran.err == f"Warning: {other} breaks hard rules. 'iop-sched check' lists them.\n"
    assert ran.out.startswith("4 clients change, 6 do not; c06 loses a place. ")
    heads = [ran.out.index(head) for head in ("Figures", "\nClients\n", "\nClinicians\n", "\nCohorts\n")]
    assert heads == sorted(heads)
    assert "- c01: individual Tue 11:00 moves to Tue 12:00, with kim instead of lee" in ran.out
    assert "- eve-1: Mon is not held: missed by c04, c05" in ran.out


def test_nothing_differs_in_one_line(cli: Cli, week_file: Path, roster_path: Path) -> None:
    ran = cli("compare", week_file, roster_path, roster_path)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "The two rosters are the same: no decision differs.\n"


@pytest.mark.parametrize("view", ["figures", "clients", "clinicians", "cohorts"])
def test_one_view(cli: Cli, week_file: Path, roster_path: Path, other: Path, view: str) -> None:
    out = cli("compare", week_file, roster_path, other, "--view", view).out
    shown = [head for head in ("Figures", "Clients", "Clinicians", "Cohorts") if f"\n{head}" in out]
    assert shown == [view.capitalize()]


def test_an_unknown_view(cli: Cli, week_file: Path, roster_path: Path) -> None:
    ran = cli("compare", week_file, roster_path, roster_path, "--view", "rooms")
    assert (ran.status, ran.out) == (2, "")


@pytest.mark.parametrize("columns", [80, 160])
def test_piped_output_is_plain_and_fits(
    cli: Cli, week_file: Path, roster_path: Path, other: Path, columns: int
) -> None:
    out = cli("compare", week_file, roster_path, other, env={"COLUMNS": str(columns)}).out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= columns
    assert all(line == line.rstrip() for line in out.splitlines())


def test_for_programs(cli: Cli, week_file: Path, roster_path: Path, other: Path) -> None:
    ran = cli("compare", week_file, roster_path, other, "--json")
    assert ran.status == 0
    found = Comparison.model_validate_json(ran.out)
    assert json.loads(found.model_dump_json()) == json.loads(ran.out)
    assert [one.client for one in found.clients] == ["c01", "c04", "c05", "c06"]
    figures = {one["name"]: one for one in json.loads(ran.out)["figures"]}
    assert figures["placed"] == {
        "name": "placed",
        "before": 9,
        "after": 8,
        "unit": "number",
        "verdict": "worse",
    }
    # 2000 for the place, 3000 for the meeting, 100 + 120 for the session
    assert found.disruption.total == 5220


def test_names(cli: Cli, week_file: Path, roster_path: Path, other: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.yaml"
    names.write_text("clients:\n  c06: Ann Berg\n")
    assert "c06 Ann Berg loses" in cli("compare", week_file, roster_path, other, "--names", names).out
    assert "Ann Berg" not in cli("compare", week_file, roster_path, other).out


# Stale rosters


def test_every_stale_roster_is_named(cli: Cli, week_file: Path, roster_path: Path, other: Path) -> None:
    text = week_file.read_text(encoding="utf-8")
    week_file.write_text(text.replace("program: Harbour House", "program: Harbor House"), encoding="utf-8")
    ran = cli("compare", week_file, roster_path, other)
    assert (ran.status, ran.out) == (2, "")
    assert f"{roster_path} was not made from" in ran.err
    assert f"{other} was not made from" in ran.err
    assert "--force" in ran.err
    forced = cli("compare", week_file, roster_path, other, "--force")
    assert forced.status == 0
    assert forced.err.count("was not made from") == 2


def test_the_stale_one_alone_is_named(cli: Cli, week_file: Path, roster_path: Path, other: Path) -> None:
    data = json.loads(other.read_text(encoding="utf-8"))
    data["provenance"]["instance_sha256"] = "0"
    other.write_text(json.dumps(data), encoding="utf-8")
    ran = cli("compare", week_file, roster_path, other)
    assert ran.status == 2
    assert f"{other} was not made from" in ran.err
    assert f"{roster_path} was not" not in ran.err


def test_a_roster_that_does_not_fit_the_week(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    wrong = changed(roster_path, tmp_path / "wrong.json", put_in(place, "c06", client="c99"))
    ran = cli("compare", week_file, roster_path, wrong)
    assert (ran.status, ran.out) == (2, "")
    assert f"{wrong}: no client is called c99" in ran.err


def test_rosters_under_two_policies(cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path) -> None:
    from iop_sched.week.files import canonical_sha256
    from iop_sched.week.loading import load_policy_file

    other = changed(
        roster_path,
        tmp_path / "other.json",
        lambda data: data["provenance"].update(
            policy="continuity-first", policy_sha256=canonical_sha256(load_policy_file("continuity-first"))
        ),
    )
    ran = cli("compare", week_file, roster_path, other)
    assert ran.status == 0
    assert "both are measured" in ran.err
    assert "no decision differs" in ran.out
    assert cli("compare", week_file, roster_path, other, "--policy", "standard").status == 2


def test_a_roster_that_is_not_there(cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path) -> None:
    ran = cli("compare", week_file, roster_path, tmp_path / "none.json")
    assert (ran.status, ran.out) == (2, "")
    assert "none.json" in ran.err
