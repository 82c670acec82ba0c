"""``next-week``: what is written, what is printed, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Cli
from iop_sched.week.files import canonical_sha256, read_roster
from iop_sched.week.loading import load_week, load_week_with_previous


def test_it_writes_a_week_in_order_and_says_whom_it_concerns(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "next.yaml"
    ran = cli("next-week", week_file, roster_path, "--out", out)
    assert ran.status == 0
    assert ran.err == f"Next week is in {out}.\n"
    assert load_week(out).week_of.isoformat() == "2025-03-10"
    assert cli("validate", out).status == 0
    for part in ("c03 left: discharged on Wed 2025-03-05", "Waiting", "c10", "insurance", "Below the floor"):
        assert part in ran.out


def test_the_same_files_give_the_same_bytes(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    outs = [tmp_path / name for name in ("a.yaml", "b.yaml")]
    for out in outs:
        cli("next-week", week_file, roster_path, "--out", out, "--quiet")
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_json_in_and_out(cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path) -> None:
    yaml, out = tmp_path / "next.yaml", tmp_path / "next.json"
    cli("next-week", week_file, roster_path, "--out", yaml)
    ran = cli("next-week", week_file, roster_path, "--out", out, "--json", "--quiet")
    assert (ran.status, ran.err) == (0, "")
    assert load_week(out) == load_week(yaml)
    told = json.loads(ran.out)
    assert told["week_of"] == "2025-03-10"
    assert told["left"][0] == {"client": "c03", "why": "discharged", "on": "2025-03-05"}
    assert {one["client"] for one in told["waiting"]} == {"c10", "c12", "c13"}
    assert told["dropped"]["closed"] == ["thu"]


def test_attendance_is_read(cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path) -> None:
    came, out = tmp_path / "came.yaml", tmp_path / "next.yaml"
    came.write_text("week_of: 2025-03-03\nclients:\n- {client: c01, days: []}\n", encoding="utf-8")
    assert cli("next-week", week_file, roster_path, "--attended", came, "--out", out).status == 0
    (c01,) = (one for one in load_week(out).clients if one.id == "c01")
    assert c01.authorisation is not None
    assert c01.authorisation.hours == 20
    came.write_text("week_of: 2025-03-03\nclients:\n- {client: c99, days: []}\n", encoding="utf-8")
    ran = cli("next-week", week_file, roster_path, "--attended", came, "--out", tmp_path / "other.yaml")
    assert ran.status == 2
    assert f"{came}:3:12: clients c99, client: there is no client 'c99'" in ran.err
    assert not (tmp_path / "other.yaml").exists()


def test_names_are_printed_and_not_written(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    names, out = tmp_path / "names.yaml", tmp_path / "next.yaml"
    names.write_text("clients: {c03: Ada Example}\n", encoding="utf-8")
    ran = cli("next-week", week_file, roster_path, "--names", names, "--out", out)
    assert "c03 Ada Example left" in ran.out
    assert "Ada" not in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("which", ["week.yaml", "roster.json", "came.json"])
def test_no_input_is_overwritten(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path, which: str
) -> None:
    (tmp_path / "came.json").write_text('{"week_of": "2025-03-03"}', encoding="utf-8")
    before = (tmp_path / which).read_bytes()
    ran = cli(
        "next-week", week_file, roster_path, "--attended", tmp_path / "came.json", "--out", tmp_path / which
    )
    assert ran.status == 2
    assert "would overwrite" in ran.err
    assert (tmp_path / which).read_bytes() == before


@pytest.mark.parametrize(
    ("out", "said"),
    [("next.txt", "ends in .yaml"), ("none/next.yaml", "no such folder"), (".", "or this is")],
)
def test_where_nothing_can_be_written(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path, out: str, said: str
) -> None:
    ran = cli("next-week", week_file, roster_path, "--out", tmp_path / out)
    assert ran.status == 2
    assert said in ran.err


def test_a_roster_of_another_week_is_refused(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    out, again = tmp_path / "next.yaml", tmp_path / "again.yaml"
    cli("next-week", week_file, roster_path, "--out", out)
    stale = cli("next-week", out, roster_path, "--out", again)
    assert stale.status == 2
    assert "was not made from" in stale.err
    forced = cli("next-week", out, roster_path, "--out", again, "--force")
    assert forced.status == 2
    assert "of the week of 2025-03-03, the program week of 2025-03-10" in forced.err
    assert not again.exists()


def test_a_roster_that_does_not_fit_is_refused_and_one_that_breaks_rules_is_not(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "next.yaml"
    kept = roster_path.read_text(encoding="utf-8")
    roster_path.write_text(kept.replace('"cohort": "eve-1"', '"cohort": "eve-9"'), encoding="utf-8")
    ran = cli("next-week", week_file, roster_path, "--out", out)
    assert ran.status == 2
    assert "does not belong to this week" in ran.err
    assert not out.exists()
    roster_path.write_text(kept.replace('"group-b"', '"office-1"'), encoding="utf-8")
    ran = cli("next-week", week_file, roster_path, "--out", out)
    assert ran.status == 0
    assert "Warning: this roster breaks rules" in ran.err


def test_a_previous_roster_is_looked_back_on(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    # the same roster as the one of the week before: the hash is another, and --previous says which
    again = tmp_path / "again.json"
    file = read_roster(roster_path)
    hashed = canonical_sha256(load_week_with_previous(week_file, roster_path))
    changed = file.provenance.model_copy(update={"instance_sha256": hashed})
    again.write_text(file.model_copy(update={"provenance": changed}).model_dump_json(), encoding="utf-8")
    out = tmp_path / "next.yaml"
    assert cli("next-week", week_file, again, "--out", out).status == 2
    assert cli("next-week", week_file, again, "--previous", roster_path, "--out", out).status == 0


KNOWN = """
description: known on Friday
changes:
- out lee wed
- discharge c04
- admit 1 evening
"""


def test_what_is_known_of_next_week_is_written_into_it(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    known, out = tmp_path / "known.yaml", tmp_path / "next.yaml"
    known.write_text(KNOWN, encoding="utf-8")
    ran = cli("next-week", week_file, roster_path, "--changes", known, "--out", out)
    assert ran.status == 0, ran.err
    found, plain = load_week(out), load_week(week_file)
    (lee,) = (one for one in found.clinicians if one.id == "lee")
    assert [day.code for window in lee.away for day in window.days] == ["wed"]
    ids = {one.id for one in found.clients}
    assert "c04" not in ids
    (new,) = ids - {one.id for one in plain.clients}
    section = ran.out.split("Changed in the new week")[1]
    assert "lee" in section
    assert new in ran.out.split("Waiting")[1]
    opens = ran.out.split("Seats that open")[1]
    assert any("eve-1" in line and "c04" in line and "2025-03-10" in line for line in opens.splitlines())
    told = json.loads(
        cli("next-week", week_file, roster_path, "--changes", known, "--out", out, "--json").out
    )
    assert len(told["changes"]) >= 3


def test_changes_that_cannot_be_made_in_the_new_week_have_lines(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    known, out = tmp_path / "known.yaml", tmp_path / "next.yaml"
    # c03 has left by then, and a rule is no part of a week
    for change, words in (
        ("discharge c03", "there is no client 'c03'"),
        ("rule max-moves off", "this changes the policy, which is not part of next week's file"),
    ):
        known.write_text(f"changes:\n- {change}\n", encoding="utf-8")
        ran = cli("next-week", week_file, roster_path, "--changes", known, "--out", out)
        assert (ran.status, ran.out) == (2, "")
        assert f"{known}:2:3: changes #1: {words}" in ran.err
        assert not out.exists()


def test_the_file_of_changes_is_not_written_over(
    cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path
) -> None:
    known = tmp_path / "known.yaml"
    known.write_text(KNOWN, encoding="utf-8")
    ran = cli("next-week", week_file, roster_path, "--changes", known, "--out", known)
    assert (ran.status, known.read_text(encoding="utf-8")) == (2, KNOWN)


def test_a_marked_form_is_read(cli: Cli, week_file: Path, roster_path: Path, tmp_path: Path) -> None:
    form, out = tmp_path / "came.csv", tmp_path / "next.yaml"
    ran = cli("export", week_file, roster_path, "--attendance", form)
    assert ran.status == 0
    assert "mark those missed, for next-week --attended" in ran.err
    marked = [f"{line}x" if line.startswith("c01,") else line for line in form.read_text().splitlines()]
    form.write_text("\n".join(marked), encoding="utf-8")
    assert cli("next-week", week_file, roster_path, "--attended", form, "--out", out).status == 0
    (c01,) = (one for one in load_week(out).clients if one.id == "c01")
    assert c01.authorisation is not None
    assert c01.authorisation.hours == 20
