"""``iop-sched generate``: what it writes and prints, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Cli, cli
from iop_sched.generate.settings import Settings

__all__ = ["cli"]

SERIES = 'sizes = [{clients = 20}]\ntightness = ["low"]\nseeds = [1, 2]\n'


def test_the_planted_roster_passes_check(cli: Cli, tmp_path: Path) -> None:
    week, planted = tmp_path / "week.yaml", tmp_path / "planted.json"
    ran = cli("generate", "--clients", 24, "--tightness", "high", "--out", week, "--planted", planted)
    assert (ran.status, ran.err.count("\n")) == (0, 2)
    assert "therapists" in ran.out
    assert "of 23 placed" in " ".join(ran.out.split())
    assert "1 services" not in " ".join(ran.out.split())
    assert cli("validate", week).status == 0
    checked = cli("check", week, planted)
    assert (checked.status, checked.err) == (0, "")
    assert cli("show", week, planted).status == 0


def test_quiet_prints_nothing(cli: Cli, tmp_path: Path) -> None:
    ran = cli("generate", "--clients", 20, "--out", tmp_path / "week.json", "--quiet")
    assert (ran.status, ran.out, ran.err) == (0, "", "")


def test_each_kind_of_tightness_can_be_named(cli: Cli, tmp_path: Path) -> None:
    ran = cli(
        "generate", "--clients", 24, "--rooms", "high", "--seats", "low", "--out", tmp_path / "week.yaml"
    )
    assert "medium staff, low seats, high rooms" in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--clients", "5"], "write 20 to 600 clients"),
        (["--clients", "30", "--sites", "2"], "write 40 to 1200 clients, 20 to 600 for each site"),
        (["--clients", "30", "--sites", "0"], "write 1 to 40"),
        (["--clients", "30", "--seed", "-1"], "a seed is 0 or more"),
        (["--clients", "30", "--grid", "7"], "write 15 or 30"),
        (["--clients", "30", "--jobs", "0.8", "--school", "0.4"], "together at most 1"),
        (["--clients", "30", "--waiting", "0.9"], "write 0 to 0.4"),
        (["--clients", "30", "--services", "-1"], "write 0 to 2"),
        (["--clients", "30", "--out-dir", "."], "--out-dir goes with --series"),
        ([], "--clients 48 --out week.yaml"),
    ],
)
def test_what_cannot_be_made_is_refused(cli: Cli, tmp_path: Path, arguments: list[str], said: str) -> None:
    out = tmp_path / "week.yaml"
    ran = cli("generate", *arguments, "--out", out)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "no/folder/week.yaml"], "Name a file in an existing folder"),
        (["--out", "week.txt"], "ends in .yaml or .yml or .json"),
        (["--out", "week.yaml", "--planted", "planted.yaml"], "ends in .json"),
        (["--out", "week.json", "--planted", "week.json"], "Name two"),
        (["--series", "series.toml", "--out", "week.yaml"], "name --out-dir"),
        (["--series", "series.toml", "--out-dir", "nowhere"], "Make it first"),
    ],
)
def test_places_that_will_not_do_are_refused(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "series.toml").write_text(SERIES)
    clients = [] if "--series" in arguments else ["--clients", "20"]
    ran = cli("generate", *clients, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["series.toml"]


def test_a_series_is_made_and_compared(cli: Cli, tmp_path: Path) -> None:
    listed, folder = tmp_path / "series.toml", tmp_path / "weeks"
    folder.mkdir()
    listed.write_text(SERIES)
    ran = cli("generate", "--series", listed, "--out-dir", folder)
    assert ran.status == 0
    names = ["c0020-s01-low-1.yaml", "c0020-s01-low-2.yaml"]
    assert [line.split()[1] for line in ran.out.splitlines()] == names
    assert sorted(path.name for path in folder.iterdir()) == names

    listed.write_text(SERIES + f'[sha256]\n"{names[0]}" = "{"0" * 64}"\n')
    ran = cli("generate", "--series", listed, "--out-dir", folder, "--quiet")
    assert (ran.status, ran.out) == (1, "")
    assert f"{names[0]} is not the file" in ran.err


def test_a_series_that_is_not_one(cli: Cli, tmp_path: Path) -> None:
    listed = tmp_path / "series.toml"
    listed.write_text('sizes = [{clients = 20, suffix = "txt"}]\ntightness = ["tight"]\nseeds = [1]\n')
    ran = cli("generate", "--series", listed, "--out-dir", tmp_path)
    assert ran.status == 2
    assert "2 problems found" in ran.err
    listed.write_text('sizes = [{clients = 7}]\ntightness = ["low"]\nseeds = [1]\n')
    ran = cli("generate", "--series", listed, "--out-dir", tmp_path)
    assert ran.status == 2
    assert "write 20 to 600 clients" in ran.err


def test_the_usual_settings_are_the_commands(cli: Cli) -> None:
    usual = Settings(clients=20)
    text = " ".join(cli("generate", "--help").out.split())
    for name in ("jobs", "school", "services", "same", "admissions", "grid"):
        assert f"[default: {getattr(usual, name)}]" in text, name
