"""The table of cases at every width, and what is said of each."""

from __future__ import annotations

import pytest
from rich.text import Text

from builder import roster, roster_raw
from iop_sched.report import what_if
from iop_sched.report.turned import Turned
from iop_sched.report.what_if import news, proof, verdict, what_if_view
from iop_sched.report.words import Labels
from iop_sched.week.result import TierResult
from iop_sched.what_if.job import Answer
from iop_sched.what_if.result import CaseResult, WhatIf, baseline, judged
from report.harbour import printed
from what_if.tiny import BASELINE, POLICY, WEEK, case, kept, same_roster

LEAST = TierResult(name="changes", value=300, bound=100, status="open", scale=1000, gap=0.2)


def result(answer: Answer, *changes: str) -> CaseResult:
    return judged(case(*changes), answer, WEEK, POLICY, BASELINE)


def without(*clients: str) -> Answer:
    """The baseline in which these have no place."""
    raw = roster_raw()
    raw["placements"] = [one for one in raw["placements"] if one["client"] not in clients]
    raw["sessions"] = [one for one in raw["sessions"] if one["clients"][0] not in clients]
    week = case("surge 12 like ben").changed.week
    return Answer(status="feasible", roster=kept(week, roster(raw)), least=LEAST, seconds=12.4)


def whole(*cases: CaseResult) -> WhatIf:
    start = baseline(WEEK, POLICY, BASELINE, "roster.json")
    return WhatIf(how="stay-close", interrupted=False, baseline=start, cases=cases)


SAME = result(same_roster("caseload tom 9"), "caseload tom 9")
WORSE = result(without("ben"), "surge 12 like ben")
IMPOSSIBLE = result(Answer(status="infeasible", seconds=3.0), "close mon-fri")


@pytest.mark.parametrize("width", [60, 80, 160])
def test_every_figure_is_shown_at_every_width(width: int) -> None:
    text = printed(what_if_view(whole(SAME, WORSE, IMPOSSIBLE), POLICY, Labels(), False), width)
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
    assert "…" not in text
    for words in ("baseline", "impossible", "gap 20.00%"):
        assert words in text
    turned = any(line.startswith("Disruption") for line in text.splitlines())
    assert turned is (width < 100)


def test_as_one_table_each_case_is_a_row() -> None:
    text = printed(what_if_view(whole(SAME, WORSE), POLICY, Labels(), False), 160)
    row = next(line for line in text.splitlines() if line.startswith("surge 12"))
    # 2 placed, 13 wait, one place lost, and what ben had is 2000 points
    assert row.split()[4:6] == ["2", "13"]
    assert " 2000 " in row
    assert row.split()[-1] == "12"


def test_turned_each_few_stand_beside_the_first() -> None:
    titles = ("Case", *(f">Figure\n{number}" for number in range(8)))
    rows = [[Text(f"case-{number}"), *(Text("12") for _ in range(8))] for number in range(9)]
    text = printed(Turned(titles, rows), 40)
    # eight cases, three at a time beside the first
    assert [text.count(f"case-{number}") for number in range(9)] == [3, *[1] * 8]
    assert text.count("Figure 7") == 3
    assert len(printed(Turned(titles, rows), 100).splitlines()) == 3 + 9


def test_who_is_affected_is_said_and_long_lists_are_cut() -> None:
    text = printed(what_if_view(whole(WORSE), POLICY, Labels(), False), 100)
    assert "ben: loses the place in morning, Mon Tue Wed" in text
    assert "Another roster may change less, by at most 200 points." in text
    assert "ben-like-12" in text


def test_a_list_is_cut_unless_all_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(what_if, "MOST_LINES", 0)
    found = whole(result(without("ana", "ben"), "surge 12 like ben"))
    short, long = (printed(what_if_view(found, POLICY, Labels(), every), 200) for every in (False, True))
    assert "- and 2 more (--all)" in short
    assert "ana: loses" not in short
    assert "ana: loses" in long
    assert "--all" not in long


def test_why_there_is_no_roster() -> None:
    said = {
        "infeasible": "a second, independent solve confirmed",
        "unknown": "none was shown to be impossible",
        "crashed": "SIGABRT",
        "defect": "report this line",
        "not-begun": "before this case was begun",
    }
    for status, words in said.items():
        one = result(Answer(status=status, error="SIGABRT"), "close fri")  # type: ignore[arg-type]
        assert words in " ".join(verdict(one, POLICY))
    stopped = result(Answer(status="unknown", interrupted=True), "close fri")
    assert (proof(stopped), news(stopped)) == ("stopped", "close fri: stopped")


def test_a_case_on_one_line() -> None:
    assert news(WORSE) == (
        "surge 12 like ben: 2 placed, 13 waiting; 1 place lost; no clients in another cohort;"
        " disruption 2000; gap 20.00%; 12 s"
    )
    assert proof(SAME.model_copy(update={"least": LEAST.model_copy(update={"status": "proven"})})) == "proven"


def test_what_is_proven_about_staying_close() -> None:
    for least, words in (
        ({"value": 0, "bound": 0, "status": "proven"}, "Nothing that the baseline has is changed;"),
        ({"bound": 300, "status": "proven"}, "Proven: no roster of this week changes less."),
        ({}, "Another roster may change less, by at most 200 points."),
    ):
        one = WORSE.model_copy(update={"least": LEAST.model_copy(update=least)})
        assert next(verdict(one, POLICY)).startswith(words)


def test_the_best_so_far_is_called_so() -> None:
    one = WORSE.model_copy(update={"interrupted": True})
    assert "Interrupted: this is the best roster so far." in list(verdict(one, POLICY))
