"""Ids that end as sentences do, and pins that are called by people: ``--redact`` leaves none of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Cli, FakeSolve, cli, fake_solve
from iop_sched.export.redact import redact
from iop_sched.rules import Violation
from iop_sched.solve.outcome import Outcome
from iop_sched.tables.saving import save_week
from iop_sched.week.files import read_roster, write_roster
from iop_sched.week.pins import Pin, PlacePin
from privacy.initials import CLIENTS, CLINICIANS, FOUND, IDS, PINS, WEEK, named
from report.harbour import outcome

__all__ = ["cli", "fake_solve"]

CLIENT, CLINICIAN, (PIN,) = CLIENTS["c06"], CLINICIANS["lee"], PINS.values()
VIEWS = ("summary", "week", "cohorts", "clients", "clinicians", "rooms")
ALL_VIEWS = [word for view in VIEWS for word in ("--view", view)]


@pytest.fixture
def week_file(tmp_path: Path) -> Path:
    """The week as a file."""
    save_week(tmp_path / "week.json", WEEK)
    return tmp_path / "week.json"


@pytest.fixture
def roster_path(tmp_path: Path) -> Path:
    """Its roster as a file."""
    write_roster(tmp_path / "roster.json", FOUND)
    return tmp_path / "roster.json"


def test_no_id_is_anywhere_in_what_is_redacted() -> None:
    ((week, roster),) = redact([(WEEK, FOUND)]).pairs
    assert set(named(WEEK.model_dump_json() + FOUND.model_dump_json())) == set(IDS.values())
    assert named(week.model_dump_json() + roster.model_dump_json()) == []


def test_a_client_dropped_by_hand_is_in_no_output(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    dropped, page = tmp_path / "dropped.json", tmp_path / "page.html"
    assert cli("drop", week_file, roster_path, CLIENT, "--out", dropped).status in (0, 1)
    assert any(CLIENT in edit.words for edit in read_roster(dropped).provenance.edited)
    ran = cli("show", week_file, dropped, "--redact", *ALL_VIEWS, env={"COLUMNS": "160"})
    assert (ran.status, named(ran.out + ran.err)) == (0, [])
    ran = cli("export", week_file, dropped, "--redact", "--html", page)
    assert ran.status == 0, ran.err
    assert named(page.read_text(encoding="utf-8")) == []


def test_names_follow_initials_in_sentences(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    dropped, names = tmp_path / "dropped.json", tmp_path / "names.json"
    names.write_text(json.dumps({"clients": {CLIENT: "Ada Example"}}), encoding="utf-8")
    cli("drop", week_file, roster_path, CLIENT, "--out", dropped)
    (edit,) = read_roster(dropped).provenance.edited
    ran = cli("show", week_file, dropped, "--names", names, env={"COLUMNS": "160"})
    assert edit.words.replace(CLIENT, f"{CLIENT} Ada Example") in ran.out


def test_a_pin_made_by_a_change_is_a_code(
    cli: Cli, week_file: Path, tmp_path: Path, fake_solve: FakeSolve
) -> None:
    change, kept = ("--change", f"pin {CLIENT} in mor-1"), tmp_path / "kept.json"
    fake_solve.outcome = outcome(roster=FOUND)
    ran = cli("solve", week_file, *change, "--out", kept, "--redact", env={"COLUMNS": "160"})
    assert f"place-{CLIENT}" in {pin.id for pin in fake_solve.asked["week"].pins}
    assert (ran.status, named(ran.out)) == (0, [])
    assert "set aside (pin-" in ran.out
    ran = cli("check", week_file, kept, *change, "--redact")
    assert "pins: pin-" in ran.out
    assert (ran.status, named(ran.out)) == (1, [])


IMPOSSIBLE = Outcome("infeasible", conflict=("max-moves", f"pin:{PIN}"))
DEFECT = Outcome(
    "defect",
    defects=(Violation("pins", PIN, "", f"pin {PIN}: {CLIENT} is to have {CLINICIAN} and has none."),),
)


@pytest.mark.parametrize(
    ("ending", "status", "words"),
    [(IMPOSSIBLE, 3, "- pin pin-1: P"), (DEFECT, 5, "pins: pin-1: pin pin-1: P")],
)
def test_no_id_is_printed_when_there_is_no_roster(
    cli: Cli, week_file: Path, fake_solve: FakeSolve, ending: Outcome, status: int, words: str
) -> None:
    fake_solve.outcome = ending
    ran = cli("solve", week_file, "--redact", "--change", f"out {CLINICIAN} thu")
    assert (ran.status, ran.out, named(ran.err)) == (status, "", [])
    assert words in ran.err
    assert "dentist" not in ran.err
    assert named(cli("solve", week_file, "--change", f"out {CLINICIAN} thu").err) != []


def test_what_a_roster_breaks_is_told_in_codes(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    # the pinned client waits, and two whom nobody knows have places
    places = [one for one in FOUND.placements if one.client != CLIENTS["c02"]]
    strangers = [places[0].model_copy(update={"client": id_}) for id_ in ("Z.A.", "Z.B.")]
    for more in ((), strangers):
        broken = tmp_path / "broken.json"
        write_roster(broken, FOUND.model_copy(update={"placements": (*places, *more)}))
        plain, hidden = (cli("check", week_file, broken, *option) for option in ((), ("--redact",)))
        assert (plain.status, hidden.status) == (1, 1)
        assert len(plain.out.splitlines()) == len(hidden.out.splitlines())
        assert PIN in plain.out or "Z.B." in plain.out
        assert named(hidden.out) == []
        assert "Z." not in hidden.out
        told = json.loads(cli("check", week_file, broken, "--redact", "--json").out)
        assert named(str(told)) == []
        assert len(told["violations"]) == len(plain.out.splitlines()) - 1
    ran = cli("check", week_file, roster_path, "--redact")
    assert (ran.status, "Every hard rule holds" in ran.out) == (0, True)


def test_sentences_of_another_week_are_left_out() -> None:
    gone = WEEK.model_copy(
        update={"pins": (), "clients": tuple(one for one in WEEK.clients if one.id != CLIENT)}
    )
    reasons = tuple(one.model_copy(update={"reason": f"as {CLIENT}."}) for one in FOUND.unplaced)
    ((_, roster),) = redact([(gone, FOUND.model_copy(update={"unplaced": reasons}))]).pairs
    assert named(roster.model_dump_json()) == []


def test_pins_have_codes_that_stay_and_follow_no_id() -> None:
    pins = tuple(Pin(id=f"place-{id_}", place=PlacePin(client=id_)) for id_ in sorted(CLIENTS.values()))
    week = WEEK.model_copy(update={"pins": pins})
    found = redact([(week, FOUND)])
    codes = found.codes["pins"]
    assert redact([(week, FOUND)]).codes["pins"] == codes
    assert sorted(codes.values()) == [f"pin-{number:02}" for number in range(1, len(pins) + 1)]
    assert [codes[pin.id] for pin in pins] != sorted(codes.values())
    assert [pin.id for pin in found.pairs[0][0].pins] == sorted(codes.values())
