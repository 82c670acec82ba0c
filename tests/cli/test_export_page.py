"""``export --html``: what is written, for whose eyes, and what happens to bad input."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cli.conftest import Cli


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Where the page goes."""
    return tmp_path / "week.html"


def test_a_page_for_its_owner_alone(cli: Cli, week_file: Path, roster_path: Path, page: Path) -> None:
    ran = cli("export", week_file, roster_path, "--html", page)
    assert (ran.status, ran.out, ran.err) == (0, "", f"Wrote {page}.\n")
    assert "Harbour House" in page.read_text(encoding="utf-8")
    assert os.stat(page).st_mode & 0o777 == 0o600


def test_a_page_keeps_the_mode_that_it_was_given(
    cli: Cli, week_file: Path, roster_path: Path, page: Path
) -> None:
    page.write_text("old")
    page.chmod(0o640)
    assert cli("export", week_file, roster_path, "--html", page).status == 0
    assert "Harbour House" in page.read_text(encoding="utf-8")
    assert os.stat(page).st_mode & 0o777 == 0o640


def test_names_come_from_the_names_file(
    cli: Cli, week_file: Path, roster_path: Path, page: Path, tmp_path: Path
) -> None:
    names = tmp_path / "names.yaml"
    names.write_text("clients:\n  c01: Ann Berg\n")
    assert cli("export", week_file, roster_path, "--html", page, "--names", names).status == 0
    assert "c01 Ann Berg" in page.read_text(encoding="utf-8")


def test_what_changed_since_another_roster(
    cli: Cli, week_file: Path, roster_path: Path, page: Path, tmp_path: Path
) -> None:
    data = json.loads(roster_path.read_text(encoding="utf-8"))
    data["placements"] = [one for one in data["placements"] if one["client"] != "c06"]
    other = tmp_path / "other.json"
    other.write_text(json.dumps(data), encoding="utf-8")
    ran = cli("export", week_file, roster_path, "--html", page, "--compare", other)
    assert ran.status == 0
    assert "<strong>c06</strong>: gets a place in eve-2" in page.read_text(encoding="utf-8")


def test_the_other_roster_may_be_from_before_a_change(
    cli: Cli, week_file: Path, roster_path: Path, page: Path, tmp_path: Path
) -> None:
    """A roster of the changed week is compared with the one that hung there before somebody fell ill."""
    from iop_sched.scenario.apply import apply
    from iop_sched.scenario.load import load_scenarios
    from iop_sched.week.files import canonical_sha256
    from iop_sched.week.loading import load_policy_file, load_week

    change = "out kim thu"
    changed = apply(load_week(week_file), load_policy_file("standard"), load_scenarios((), (change,)))
    data = json.loads(roster_path.read_text(encoding="utf-8"))
    data["provenance"]["instance_sha256"] = canonical_sha256(changed.week)
    new = tmp_path / "new.json"
    new.write_text(json.dumps(data), encoding="utf-8")
    asked = ("export", week_file, new, "--html", page, "--compare")
    assert cli(*asked, roster_path, "--change", change).status == 0
    assert cli(*asked, new, "--change", change).status == 0
    assert cli(*asked, roster_path).status == 2


def test_nothing_to_write(cli: Cli, week_file: Path, roster_path: Path) -> None:
    ran = cli("export", week_file, roster_path)
    assert (ran.status, ran.out) == (2, "")
    assert "--html FILE" in ran.err


@pytest.mark.parametrize("target", ["roster.json", "week.pdf", "none/week.html"])
def test_no_place_for_a_page(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path, target: str
) -> None:
    before = roster_path.read_bytes()
    ran = cli("export", week_file, roster_path, "--html", tmp_path / target)
    assert (ran.status, ran.out) == (2, "")
    assert "--html" in ran.err
    assert roster_path.read_bytes() == before


def test_a_stale_roster_is_refused_unless_forced(
    cli: Cli, week_file: Path, roster_path: Path, page: Path
) -> None:
    week_file.write_text(week_file.read_text().replace("waiting_days: 12", "waiting_days: 13"))
    ran = cli("export", week_file, roster_path, "--html", page)
    assert (ran.status, ran.out) == (2, "")
    assert "changed since" in ran.err
    assert not page.exists()
    assert cli("export", week_file, roster_path, "--html", page, "--force").status == 0


@pytest.mark.parametrize("which", ["roster", "other"])
def test_a_roster_of_another_week_is_not_exported(
    cli: Cli, week_file: Path, roster_path: Path, page: Path, tmp_path: Path, which: str
) -> None:
    strange = tmp_path / "strange.json"
    strange.write_text(roster_path.read_text(encoding="utf-8").replace('"group-b"', '"group-z"'))
    files = (strange,) if which == "roster" else (roster_path, "--compare", strange)
    ran = cli("export", week_file, *files, "--html", page)
    assert (ran.status, ran.out) == (2, "")
    assert "no room is called group-z" in ran.err
    assert str(strange) in ran.err
    assert not page.exists()


def test_a_roster_that_breaks_rules_is_exported_with_a_warning(
    cli: Cli, week_file: Path, roster_path: Path, page: Path
) -> None:
    roster_path.write_text(roster_path.read_text(encoding="utf-8").replace('"group-b"', '"office-1"'))
    ran = cli("export", week_file, roster_path, "--html", page)
    assert ran.status == 0
    assert "Warning: this roster breaks rules" in ran.err
    assert "Broken rules" in page.read_text(encoding="utf-8")
