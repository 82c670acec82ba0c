"""``check_roster`` recomputes what a roster file claims."""

from __future__ import annotations

import pytest

from iop_sched.report.findings import check_roster, line
from iop_sched.report.words import Labels
from iop_sched.rules import Violation
from iop_sched.week.result import RosterFile
from report.harbour import POLICY, WEEK, found_file, printed


def changed_tier(name: str, /, **change: object) -> RosterFile:
    file = found_file()
    tiers = tuple(one.model_copy(update=change) if one.name == name else one for one in file.tiers)
    return file.model_copy(update={"tiers": tiers})


def test_all_is_well() -> None:
    found = check_roster(WEEK, found_file(), POLICY)
    assert found.well
    assert "Every hard rule holds" in printed(found.table(), 80)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": 2401}, "recorded value 2401, recomputed 2460"),
        ({"scale": 7}, "recorded scale 7"),
        ({"gap": 0.5}, "recorded gap is not"),
        ({"bound": 2500}, "is above the value"),
        ({"status": "proven"}, "recorded as proven, but value and bound differ"),
        ({"name": "doses"}, "there is no such tier"),
    ],
)
def test_a_wrong_record_is_found(change: dict[str, object], words: str) -> None:
    found = check_roster(WEEK, changed_tier("dose", **change), POLICY)
    assert not found.well
    assert any(words in one for one in found.lines(Labels()))


def test_a_missing_tier_is_found() -> None:
    file = found_file().model_copy(update={"tiers": ()})
    assert len(check_roster(WEEK, file, POLICY).violations) == 6


def test_a_client_kept_silent_about_is_found() -> None:
    file = found_file()
    found = check_roster(WEEK, file.model_copy(update={"unplaced": file.unplaced[1:]}), POLICY)
    assert [one.who for one in found.violations] == ["c10"]


def test_a_line_has_rule_who_when_and_by_how_much() -> None:
    violation = Violation("cohort-size", "eve-1", "mon", "eve-1 has 13 members; at most 12", 1)
    assert line(violation, Labels()) == "cohort-size: eve-1 mon: eve-1 has 13 members; at most 12 (by 1)"
