"""Scenario files that cannot be: exit status 2, the line where it is written, and what would be right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Cli
from scenario.readme import PROGRAMS

Problems = Callable[..., list[str]]
HEAD = "name: tried\nchanges:\n"


@pytest.fixture
def problems(cli: Cli, tmp_path: Path) -> Problems:
    """What ``validate`` says of a scenario for the quickstart, without the name of the file."""

    def of(*lines: str) -> list[str]:
        path = tmp_path / "tried.yaml"
        path.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        ran = cli("validate", PROGRAMS["quickstart"], "--scenario", path)
        assert (ran.status, ran.out) == (2, "")
        *found, last = ran.err.splitlines()
        assert last.startswith(f"{len(found)} problem")
        assert all(one.startswith(f"{path}:") for one in found)
        return [one.removeprefix(f"{path}:") for one in found]

    return of


def test_unknown_ids(problems: Problems) -> None:
    assert problems(
        "- out t-anna thu",
        "- change: pause",
        "  client: c88",
        "- close room room-skye",
        "- open co-afternon",
        "- admit 3 evning",
    ) == [
        "3:3: changes #1: there is no clinician 't-anna'; did you mean 't-ana'?",
        "4:3: changes c88: there is no client 'c88'; did you mean 'c08'?",
        "6:3: changes #3: there is no room 'room-skye'; did you mean 'room-sky'?",
        "7:3: changes #4: there is no cohort 'co-afternon'; did you mean 'co-afternoon'?",
        "8:3: changes #5: there is no slot 'evning'; did you mean 'evening'?",
    ]


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        ("discharge c12", "admit c12 like c13", "client c12"),
        ("close room room-sky", "close room room-sky", "room room-sky"),
        ("days c12 3", "days c12 4", "client c12"),
    ],
)
def test_contradictory_changes(problems: Problems, one: str, other: str, about: str) -> None:
    [said] = problems(f"- {one}", "- close fri", f"- {other}")
    assert said == (
        f"5:3: changes #3: this contradicts change 1, which says something about {about} as well;"
        " keep one of the two"
    )


def test_nobody_at_work(problems: Problems) -> None:
    others = [f"- out {one}" for one in ("t-ana", "c-cleo", "c-dan", "p-eva", "m-finn")]
    assert problems(*others, "", "# and the last one", "- change: out", "  clinician: t-ben") == [
        "10:3: changes #6: this leaves no clinician at work; leave somebody there, or close the days instead"
    ]


def test_nobody_who_can_lead(problems: Problems) -> None:
    assert problems("- out t-ana", "- close fri", "- leave t-ben") == [
        "5:3: changes #3: this leaves nobody at work who can lead a group; leave t-ben at work, hire somebody"
        " first, or close the days instead"
    ]


def test_all_at_once(problems: Problems) -> None:
    found = problems("- out t-anna", "- days c12 3", "- days c12 4", "- out t-ana", "- out t-ben")
    assert [one.split(":")[0] for one in found] == ["3", "5", "7"]
