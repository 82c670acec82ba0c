"""The same options give the same bytes, in any process; the listed series is what the generator makes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generate.made import made
from iop_sched.generate.dice import Dice
from iop_sched.generate.series import Entry, entries, load_series, sha256
from iop_sched.generate.text import week_text
from iop_sched.week.loading import load_week

SERIES = Path(__file__).resolve().parents[2] / "instances" / "series" / "series.toml"
ALL = tuple(entries(load_series(SERIES)))
PROBE = """
import sys
from pathlib import Path
from iop_sched.generate.series import entries, load_series, sha256
for entry in entries(load_series(sys.argv[1])):
    if entry.settings.clients == 24:
        print(sha256(entry.text()), entry.name)
"""


def test_the_list_names_each_week_once() -> None:
    series = load_series(SERIES)
    assert list(series.sha256) == [entry.name for entry in ALL]
    assert len(set(series.sha256.values())) == len(ALL) == 54


@pytest.mark.parametrize(
    "entry", [one for one in ALL if one.settings.clients <= 96], ids=lambda one: one.name
)
def test_a_listed_week_comes_out_as_listed(entry: Entry) -> None:
    assert sha256(entry.text()) == load_series(SERIES).sha256[entry.name]


@pytest.mark.parametrize("clients", [24, 48, 96, 192])
def test_the_readme_tells_the_floor(clients: int) -> None:
    text = SERIES.with_name("README.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"| `c{clients:04d}-"))
    weeks = [made(clients, 1, tight, 1) for tight in ("low", "medium", "high")]
    current = [len(one.week.previous.placements) for one in weeks]
    wanting = {sum(client.prescription is not None for client in one.week.clients) for one in weeks}
    told = [cell.strip() for cell in row.split("|")[4:-1]]
    assert told[:2] == [*map(str, wanting), f"{min(current)} to {max(current)}"]
    assert told[2:] == [str(len(one.roster.placements)) for one in weeks]


def test_the_largest_comes_out_as_listed() -> None:
    entry = ALL[-1]
    assert entry.settings.clients == 1200
    assert sha256(entry.text()) == load_series(SERIES).sha256[entry.name]


@pytest.mark.parametrize("hashes", ["0", "4711"])
def test_another_process_with_other_hashes_makes_the_same(hashes: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, str(SERIES)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env={**os.environ, "PYTHONHASHSEED": hashes},
    )
    listed = load_series(SERIES).sha256
    expected = [f"{listed[one.name]} {one.name}" for one in ALL if one.settings.clients == 24]
    assert ran.stdout.splitlines() == expected


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_the_file_is_the_week(suffix: str, tmp_path: Path) -> None:
    from generate.made import made

    found = made(24, 1, "medium", 2)
    path = tmp_path / f"week.{suffix}"
    path.write_text(week_text(found, suffix == "json"), encoding="utf-8")
    assert load_week(path) == found.week


def test_dice_are_those_of_the_list() -> None:
    # Whatever changes these draws changes every week.
    dice = Dice(1, 0)
    drawn = [dice.below(1000) for _ in range(6)], dice.shuffled("abcdef"), dice.weighted([("x", 1), ("y", 3)])
    assert hashlib.sha256(repr(drawn).encode()).hexdigest()[:12] == "56bcb3a86e97"


@pytest.mark.parametrize("seed", range(20))
def test_draws_keep_their_bounds(seed: int) -> None:
    dice = Dice(seed, 0)
    assert all(2 <= dice.between(2, 4) <= 4 for _ in range(50))
    assert sorted(dice.shuffled(range(9))) == list(range(9))
    assert len(dice.some("abc", 5)) == 3
    assert len(set(dice.some("abcdef", 2))) == 2
    assert dice.weighted([("never", 0.0), ("always", 1.0)]) == "always"
