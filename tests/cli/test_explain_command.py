"""``explain`` names what makes a week impossible, with lines of the file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Cli
from instances.facts import INSTANCES

AT_WORK = INSTANCES / "infeasible" / "at-work-then.yaml"
LINES = AT_WORK.read_text(encoding="utf-8").splitlines()


def line_of(words: str) -> int:
    """The number of the line in the file that has these words."""
    return next(number for number, line in enumerate(LINES, start=1) if words in line)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No solve ends by the clock."""
    from iop_sched.explain import trials
    from iop_sched.repairs import trials as repair_trials

    monkeypatch.setattr(trials, "STEP_SECONDS", 600.0)
    monkeypatch.setattr(repair_trials, "MOST_SECONDS", 600.0)


@pytest.fixture
def at_work(tmp_path: Path) -> Path:
    return Path(shutil.copy(AT_WORK, tmp_path / "week.yaml"))


@pytest.mark.parametrize("width", ["80", "160"])
def test_a_conflict_is_told_line_by_line(cli: Cli, at_work: Path, width: str) -> None:
    ran = cli("explain", at_work, "--no-repairs", env={"COLUMNS": width})
    assert (ran.status, ran.err) == (0, "")
    assert f"  line {line_of('id: pin-c01')}  pin pin-c01: c01 has a place in co-one\n" in ran.out
    assert f"  line {line_of('busy:')}  c01 is busy Mon-Fri 08:00-12:00\n" in ran.out
    assert f"  line {line_of('options:')}  co-one meets Mon Tue Thu at 09:00\n" in ran.out
    assert "  rule     client-time: Work, school and family come first" in ran.out
    assert "possible without any one of the" in ran.out
    assert "Lifted, to look further: pin pin-c01.\n" in ran.out
    assert ran.out.endswith("With this lifted the week is possible.\n")
    assert max(map(len, ran.out.splitlines())) <= int(width)


def test_as_json(cli: Cli, at_work: Path) -> None:
    ran = cli("explain", at_work, "--json")
    found = json.loads(ran.out)
    assert (ran.status, found["week"], found["week_with_these_lifted"]) == (0, "infeasible", "feasible")
    (conflict,) = found["conflicts"]
    assert conflict["verified"]
    assert conflict["alone"] == "infeasible"
    assert conflict["not_known_to_be_needed"] == []
    assert [one["rule"] for one in conflict["rules"]] == ["client-time"]
    assert conflict["pins"] == [conflict["lifted"]]
    assert conflict["facts"][0] == {
        "fact": "client's time",
        "path": "clients[c01].busy[0]",
        "file": str(at_work),
        "line": line_of("busy:"),
        "says": "c01 is busy Mon-Fri 08:00-12:00",
    }


def test_facts_of_the_policy_and_of_last_week_have_no_line(
    cli: Cli, week_file: Path, roster_path: Path
) -> None:
    # c03 was in mor-1; with no move allowed, a pin to another cohort is impossible
    text = week_file.read_text(encoding="utf-8")
    pins, rest = text.split("pins:\n")
    moved = "  - {id: pin-moved, place: {client: c03, cohort: eve-1}}\n"
    week_file.write_text(f"{pins}pins:\n{moved}{rest}", encoding="utf-8")
    strict = week_file.with_name("strict.toml")
    strict.write_text('name = "strict"\n[limits]\nmax_moves = 0\n', encoding="utf-8")
    ran = cli("explain", week_file, "--previous", roster_path, "--policy", strict, "--no-repairs", "--json")
    facts = [fact for one in json.loads(ran.out)["conflicts"] for fact in one["facts"]]
    places = {fact["fact"]: (fact["file"], fact["line"]) for fact in facts}
    assert places["most moves"] == (str(strict), None)
    assert places["last week's place"] == (str(roster_path), None)


def test_a_possible_week_is_said_to_be_so(cli: Cli, week_file: Path) -> None:
    ran = cli("explain", week_file)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"{week_file} is possible")


def test_names_stand_beside_ids(cli: Cli, at_work: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.yaml"
    names.write_text("clients: {c01: Ida Invented}\n", encoding="utf-8")
    ran = cli("explain", at_work, "--no-repairs", "--names", names)
    assert "c01 Ida Invented is busy Mon-Fri" in ran.out


def test_too_little_time_is_no_answer(cli: Cli, at_work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from iop_sched.explain import trials

    monkeypatch.setattr(trials, "possible", lambda *_: "unknown")
    ran = cli("explain", at_work)
    assert (ran.status, ran.out) == (4, "")
    assert "--time-limit" in ran.err


def test_what_is_not_verified_is_said(cli: Cli, at_work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from iop_sched.explain import trials

    # time for the first two solves alone
    answers = iter(["infeasible", "infeasible"])
    monkeypatch.setattr(trials, "possible", lambda *_: next(answers, "unknown"))
    ran = cli("explain", at_work, "--no-repairs")
    assert ran.status == 4
    assert "could not verify why" in ran.out
    assert "Not verified: that these are impossible together" in ran.out


def test_bad_input(cli: Cli, tmp_path: Path) -> None:
    ran = cli("explain", tmp_path / "none.yaml")
    assert (ran.status, ran.out) == (2, "")
    assert "none.yaml" in ran.err


def test_what_is_about_a_roster_wants_one(cli: Cli, at_work: Path) -> None:
    ran = cli("explain", at_work, "--client", "c01")
    assert ran.status == 2
    assert "name its file after the instance" in ran.err
    assert "there is no such file" in cli("explain", at_work, "none.json", "--client", "c01").err


# A week that changes make impossible

PIN = "pin c01 in co-one"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A scenario after which the week is possible."""
    path = tmp_path / "home.yaml"
    path.write_text("changes:\n- unpin pin-c01\n", encoding="utf-8")
    return path


def test_what_comes_from_a_change_is_said_to(cli: Cli, at_work: Path, home: Path) -> None:
    possible = cli("explain", at_work, "--scenario", home, "--quiet")
    assert possible.out.startswith(f"{at_work} with {home} is possible")
    ran = cli("explain", at_work, "--scenario", home, "--change", PIN, "--no-repairs")
    assert ran.status == 0
    said = " ".join(ran.out.split())
    assert f'No roster can exist for {at_work} with {home} and --change "{PIN}".' in said
    assert f"line {line_of('busy:')} c01 is busy Mon-Fri 08:00-12:00" in said
    assert f'changed pin place-c01: c01 has a place in co-one (by --change "{PIN}")' in said
    assert "c01 is placed in co-one." in ran.err


def test_a_line_of_the_scenario_is_named(cli: Cli, at_work: Path, home: Path) -> None:
    home.write_text("changes:\n- unpin pin-c01\n- pin c01 in co-one\n", encoding="utf-8")
    found = json.loads(cli("explain", at_work, "--scenario", home, "--no-repairs", "--json").out)
    (conflict,) = found["conflicts"]
    (pin,) = conflict["pins"]
    assert (pin["file"], pin["line"], pin["change"]) == (str(home), 3, "changes[1]")
    busy = next(fact for fact in conflict["facts"] if fact["fact"] == "client's time")
    assert (busy["file"], busy["line"]) == (str(at_work), line_of("busy:"))
    assert "change" not in busy


def test_a_change_of_the_policy_is_named(cli: Cli, at_work: Path) -> None:
    softened = Path(shutil.copy(INSTANCES / "infeasible" / "three-for-two-seats.yaml", at_work))
    policy = softened.with_name("loose.toml")
    policy.write_text('name = "loose"\n[rules]\ncohort-size = "soft"\n', encoding="utf-8")
    given = (softened, "--policy", policy, "--change", "rule cohort-size hard", "--no-repairs")
    (conflict,) = json.loads(cli("explain", *given, "--json").out)["conflicts"]
    (rule,) = conflict["rules"]
    assert (rule["rule"], rule["change"]) == ("cohort-size", "rule cohort-size hard")
    assert '(by --change "rule cohort-size hard")' in " ".join(cli("explain", *given).out.split())


def test_repairs_of_a_changed_week_come_on_top(cli: Cli, at_work: Path, home: Path) -> None:
    given = ("explain", at_work, "--scenario", home, "--change", PIN, "--repair-time", "600")
    said = " ".join(cli(*given).out.split())
    assert 'To try the first one: solve with the same changes and --change "unpin place-c01".' in said
    seats = INSTANCES / "infeasible" / "three-for-two-seats.yaml"
    given = ("explain", seats, "--change", "cohort-size.max 2 co-one", "--repair-time", "600")
    said = " ".join(cli(*given).out.split())
    assert "1. cohort-size.max 3 co-one (2 points)" in said
    assert "The first one takes back part of a --change given here" in said


def test_bad_changes_are_told_before_anything_is_solved(cli: Cli, at_work: Path) -> None:
    ran = cli("explain", at_work, "--change", "out t-onne thu")
    assert (ran.status, ran.out) == (2, "")
    assert "--change 1: there is no clinician 't-onne'; did you mean 't-one'?" in ran.err


# What would it take


@pytest.mark.parametrize("width", ["80", "160"])
def test_what_would_make_the_week_possible(cli: Cli, at_work: Path, width: str) -> None:
    ran = cli("explain", at_work, "--repair-time", "600", env={"COLUMNS": width})
    assert (ran.status, ran.err) == (0, "")
    _, section = ran.out.split("What would it take")
    assert "1. unpin pin-c01  (2 points)\n" in section
    assert "2. free c01 mon,tue,wed,thu,fri 08:00-12:00  (4 points)\n" in section
    assert "- c01 is free on mon, tue, wed, thu, fri 08:00-12:00.\n" in section
    assert "- 0 of 1 client would have a place\n" in section
    assert 'solve with --change "unpin pin-c01".' in " ".join(section.split())
    assert max(map(len, ran.out.splitlines())) <= int(width)


def test_repairs_as_json(cli: Cli, at_work: Path) -> None:
    ran = cli("explain", at_work, "--json", "--repair-time", "600")
    found = json.loads(ran.out)["what_would_it_take"]
    assert [one["changes"] for one in found["repairs"]] == [
        ["unpin pin-c01"],
        ["free c01 mon,tue,wed,thu,fri 08:00-12:00"],
    ]
    assert (found["cheapest_is_certain"], found["not_known"], found["not_tried"]) == (True, [], [])
    assert json.loads(cli("explain", at_work, "--json", "--no-repairs").out)["what_would_it_take"] is None


def test_what_would_give_a_client_a_place(cli: Cli, week_file: Path, roster_path: Path) -> None:
    # c12 fits eve-1 alone, which is full
    ran = cli("explain", week_file, roster_path, "--client", "c12", "--repair-time", "600")
    assert ran.status == 0
    _, section = ran.out.split("What would it take")
    assert "that c12 has a place, and nobody loses one" in section
    assert "cohort-size.max 3 eve-1  (2 points)\n" in section
    assert "- no other client's week changes\n" in section


def test_without_a_client_repairs_are_asked_for(cli: Cli, week_file: Path, roster_path: Path) -> None:
    ran = cli("explain", week_file, roster_path)
    assert ran.status == 0
    assert "What would it take" not in ran.out


def test_ctrl_c_prints_the_repairs_found(cli: Cli, at_work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from iop_sched.repairs.trials import Trials

    really = Trials.alone

    def interrupted(self: Trials, candidates: Any, *rest: Any) -> object:
        if candidates[0].kind.points > 2:
            raise KeyboardInterrupt
        return really(self, candidates, *rest)

    monkeypatch.setattr(Trials, "alone", interrupted)
    ran = cli("explain", at_work)
    assert ran.status == 130
    assert "1. unpin pin-c01" in ran.out
    assert "not tried (interrupted)" in ran.out
