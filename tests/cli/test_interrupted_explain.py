"""Ctrl-C during ``explain``, in a process of its own: what was found so far is printed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from instances.facts import INSTANCES

AT_WORK = INSTANCES / "infeasible" / "at-work-then.yaml"
PROGRAM = """
import importlib, signal, sys, time

# where the tests themselves run in the background, the interrupt would be ignored
signal.signal(signal.SIGINT, signal.default_int_handler)
module, name, wanted = sys.argv.pop(1).split()
module = importlib.import_module(module)
function, calls = getattr(module, name), []

def waiting(*args):
    calls.append(args)
    if len(calls) == int(wanted):
        print('now', file=sys.stderr, flush=True)
        time.sleep(60)
    return function(*args)

setattr(module, name, waiting)
from iop_sched.cli.app import main
main()
"""
FIRST_SOLVE = "iop_sched.explain.trials possible 1"
FIRST_CONFLICT = "iop_sched.explain.in_turn find_conflict 1"
AFTER_LIFTING = "iop_sched.explain.in_turn _verdict 2"
SECOND_CLIENT = "iop_sched.explain.placing placing 2"


def interrupted(where: str, *arguments: object) -> tuple[str, str]:
    """The two streams of ``explain``, interrupted in a call of a function."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, where, "explain", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "now\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Traceback" not in err
    return out, err


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (FIRST_SOLVE, "before it was found out whether a roster exists"),
        (FIRST_CONFLICT, "no conflict was found yet"),
    ],
)
def test_before_the_first_conflict(where: str, said: str) -> None:
    out, err = interrupted(where, AT_WORK)
    assert out == ""
    assert said in err


def test_conflicts_found_are_printed() -> None:
    out, err = interrupted(AFTER_LIFTING, AT_WORK)
    assert "Conflict 1: these cannot hold together." in out
    assert out.endswith("Whether the week is possible with this lifted is not known.\n")
    assert err == "Interrupted; this is what was found so far.\n"


def test_as_json() -> None:
    found = json.loads(interrupted(AFTER_LIFTING, AT_WORK, "--json")[0])
    assert (found["week"], len(found["conflicts"])) == ("infeasible", 1)
    assert found["week_with_these_lifted"] == "unknown"


def test_clients_of_a_roster_explained_so_far(week_file: Path, roster_path: Path) -> None:
    # the first client was explained with a solver, which must leave Ctrl-C to the program
    out, err = interrupted(SECOND_CLIENT, week_file, roster_path, "--json")
    assert [one["client"] for one in json.loads(out)] == ["c05"]
    assert err == "Interrupted after 1 of 4 clients.\n"
