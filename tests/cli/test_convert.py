"""``convert``, and other commands on weeks that are tables."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from cli.conftest import Cli
from iop_sched.week.files import canonical_sha256
from iop_sched.week.loading import load_week
from iop_sched.week.times import Day


def test_there_and_back(cli: Cli, week_file: Path, tmp_path: Path) -> None:
    paths = [week_file, *(tmp_path / name for name in ("a.xlsx", "b", "c.json", "d.yaml"))]
    for source, target in pairwise(paths):
        ran = cli("convert", source, target)
        assert (ran.status, ran.out) == (0, "")
        assert f"The same week is in {target} (fingerprint" in ran.err
    assert len({canonical_sha256(load_week(path)) for path in paths}) == 1
    assert cli("convert", week_file, tmp_path / "b", "--quiet", "--overwrite").err == ""


def test_what_exists_is_not_replaced_unasked(cli: Cli, week_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "kept.xlsx"
    out.write_bytes(b"typed in by hand")
    for command in (("convert", week_file, out), ("template", out)):
        ran = cli(*command)
        assert ran.status == 2
        assert "add --overwrite" in ran.err
        assert out.read_bytes() == b"typed in by hand"
    assert cli("template", out, "--overwrite").status == 0
    assert cli("convert", week_file, out, "--overwrite").status == 0
    assert load_week(out) == load_week(week_file)


def test_a_changed_week_is_written_to_be_explained(cli: Cli, week_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "changed.yaml"
    ran = cli("convert", week_file, out, "--change", "close fri")
    assert "The changed week is in" in ran.err
    assert Day.FRI in {one.day for one in load_week(out).closures}
    assert load_week(out) != load_week(week_file)


def test_a_roster_belongs_to_every_form_of_its_week(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    cli("convert", week_file, tmp_path / "week.xlsx")
    cli("convert", week_file, tmp_path / "week")
    told = cli("show", week_file, roster_path, "--view", "week").out
    for form in ("week.xlsx", "week"):
        assert cli("check", tmp_path / form, roster_path).status == 0
        assert cli("show", tmp_path / form, roster_path, "--view", "week").out == told


def test_next_week_as_a_workbook(cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path) -> None:
    ran = cli("next-week", week_file, roster_path, "--out", tmp_path / "next.xlsx", "--quiet")
    cli("next-week", week_file, roster_path, "--out", tmp_path / "next.yaml", "--quiet")
    assert ran.status == 0
    assert load_week(tmp_path / "next.xlsx") == load_week(tmp_path / "next.yaml")


def test_a_conflict_is_explained_by_sheet_and_row(cli: Cli, tmp_path: Path) -> None:
    cli("convert", "instances/infeasible/at-work-then.yaml", tmp_path / "week.xlsx")
    ran = cli("explain", tmp_path / "week.xlsx")
    assert ran.status == 0
    assert "Pins row 2" in ran.out
    assert "Client hours row 2" in ran.out
    facts = json.loads(cli("explain", tmp_path / "week.xlsx", "--json").out)["conflicts"][0]["facts"]
    assert {"Client hours row 2", "Cohort meetings row 2"} <= {fact["cell"] for fact in facts}


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("week.yaml", "is the file that is read here"),
        ("nowhere/week.xlsx", "there is no folder"),
        ("week.ods", "name a file that ends in .xlsx, .yaml, .yml, .json, or a folder"),
        ("full", "this folder has other files in it (thesis.txt …)"),
        ("plain", "is a file. Name a folder"),
    ],
)
def test_no_place_for_a_week(cli: Cli, week_file: Path, tmp_path: Path, target: str, words: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "plain").write_text("mine", encoding="utf-8")
    ran = cli("convert", week_file, tmp_path / target)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err


def test_mistakes_are_listed_and_nothing_is_written(cli: Cli, week_file: Path, tmp_path: Path) -> None:
    cli("convert", week_file, tmp_path / "week")
    clients = tmp_path / "week" / "clients.csv"
    text = clients.read_text(encoding="utf-8-sig")
    clients.write_text(text.replace("c02,iop", "c02,iopp"), encoding="utf-8")
    ran = cli("convert", tmp_path / "week", tmp_path / "new.xlsx")
    assert ran.status == 2
    assert (
        "clients.csv: cell B3: Level of care: there is no level of care 'iopp'; did you mean 'iop'?"
        in ran.err
    )
    assert ran.err.endswith("1 problem found. Correct the lines named above and run this again.\n")
    assert not (tmp_path / "new.xlsx").exists()
