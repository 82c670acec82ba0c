"""Figures of a report: derived by hand from few rows; the page as a browser would take it."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bench.made_rows import SCALE, made
from cli.conftest import Cli, cli
from iop_sched.bench.comparing import better_roster, better_run, sooner
from iop_sched.bench.report.duels import duel, duels
from iop_sched.bench.report.growth import growths
from iop_sched.bench.report.page import page
from iop_sched.bench.report.results import Results, counted, problem, who
from iop_sched.bench.report.statistics import geometric_ratio, spread, wilson
from iop_sched.bench.report.tables import tables
from iop_sched.bench.row import Row
from iop_sched.bench.trace import primal_integral, reached

__all__ = ["cli"]


# statistics


def test_wilson_as_in_the_books() -> None:
    # 8 of 10 at 95 %: centre (0.8 + 0.19207) / 1.38415, half width 0.22632 (Wilson 1927)
    found = wilson(8, 10)
    assert (round(found.low, 4), round(found.high, 4)) == (0.4902, 0.9433)
    assert wilson(4, 4).low > 0.5
    assert wilson(3, 3).low < 0.5
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0.0, 1.0)
    assert wilson(0, 5).low == pytest.approx(0.0, abs=1e-9)


def test_a_ratio_of_geometric_means() -> None:
    found = geometric_ratio([(1.0, 2.0), (1.0, 8.0)])
    assert round(found.estimate, 6) == 4.0
    assert (round(found.low, 6), round(found.high, 6)) == (2.0, 8.0)
    same = geometric_ratio([(1.0, 3.0)] * 5)
    assert round(same.low, 6) == round(same.high, 6) == 3.0


def test_seeds_of_one_week_are_drawn_together() -> None:
    pairs = [(1.0, 2.0)] * 10 + [(1.0, 8.0)] * 10
    apart = geometric_ratio(pairs)
    together = geometric_ratio(pairs, ["a"] * 10 + ["b"] * 10)
    assert together.low < apart.low < 4 < apart.high < together.high


def test_quartiles() -> None:
    found = spread([1, 2, 3, 4, 100])
    assert (found.low, found.median, found.high) == (2, 3, 4)


# curves


def test_a_gap_is_reached_when_it_stays_reached() -> None:
    values = ((1.0, 100), (2.0, 40), (3.0, 60), (4.0, 10))
    found = reached(values, ((0.0, 0), (5.0, 10)), 1000)
    # 5 % is 50: at 40 it is within, at 60 no more, at 10 it is again; proof when the bound comes
    assert found == {"5%": 4.0, "1%": 4.0, "0.1%": 5.0, "proof": 5.0}
    assert set(reached(values, (), 1000).values()) == {None}


def test_the_primal_integral() -> None:
    # 1 for 2 s, then 0.5 for 3 s, then 0.1 for 5 s
    assert primal_integral(((2.0, 600), (5.0, 200)), 100, 1000, 10.0) == pytest.approx(2 + 1.5 + 0.5)
    assert primal_integral((), 100, 1000, 10.0) == 10.0


# comparisons

FAST = [(1.0, 500), (2.0, 100)]
SLOW = [(1.0, 500), (8.0, 105)]


def test_the_finishing_line_is_the_best_bound_of_any_run() -> None:
    # within 1 % of 1000 of the bound 100: 110; the hand rule has no bound and is measured all the same
    rows = (
        made("full", FAST, [(0.5, 0), (3.0, 100)]),
        made("cpsat-default", SLOW, [(0.5, 50)]),
        made("hand-rule", [(0.1, 300)]),
        made("full", None, seed=2),
    )
    results = Results(rows)
    assert results.best_bound(problem(rows[0])) == 100
    assert [results.near(row) for row in rows] == [2.0, 8.0, None, None]
    assert [counted(row, results.near(row)) for row in rows] == [2.0, 8.0, 10.0, 10.0]
    assert results.integral(rows[2]) == pytest.approx(0.1 + 9.9 * 0.2)


def test_a_bound_of_a_longer_run_counts_too() -> None:
    short = made("full", FAST, [(1.0, 0)], time_limit=10.0)
    results = Results((short, made("full", FAST, [(1.0, 95)], time_limit=60.0)))
    assert results.best_bound(problem(short)) == 95
    assert len(results.problems) == 2


def test_what_comes_after_the_limit_does_not_count() -> None:
    row = made("hand-rule", [(30.0, 100)])
    results = Results((row, made("full", FAST, [(2.0, 100)])))
    assert results.near(row) is None
    assert counted(row, 30.0) == 10.0
    hand, full = results.contenders
    assert duel(results, hand, full).losses == 1
    assert duel(Results((row, made("full", None))), hand, full).ties == 1


def test_who_wins() -> None:
    fast, slow, none = made(values=FAST), made(values=SLOW), made()
    assert (better_roster(fast, slow), better_roster(slow, fast), better_roster(fast, fast)) == (1, -1, 0)
    assert (better_roster(fast, none), better_roster(none, fast), better_roster(none, none)) == (1, -1, 0)
    later = made(values=[(1.0, 500), (4.0, 100)])
    assert (better_run(fast, later), better_run(later, fast), better_run(fast, fast)) == (1, -1, 0)
    assert (sooner(1.0, 1.04), sooner(1.0, 1.2), sooner(0.01, 0.1), sooner(3.0, 1.0)) == (0, 1, 0, -1)


def test_a_duel() -> None:
    rows = [
        made("full", FAST, [(3.0, 100)], seed=1),
        made("full", FAST, [(3.0, 100)], seed=2),
        made("full", None, seed=3),
        made("cpsat-default", SLOW, [(3.0, 90)], seed=1),
        made("cpsat-default", FAST, [(3.0, 90)], seed=2),
        made("cpsat-default", SLOW, [(3.0, 90)], seed=3),
        made("hand-rule", [(0.1, 400)]),
    ]
    results = Results(tuple(rows))
    full, plain, hand = results.contenders
    found = duel(results, full, plain)
    # seed 1 sooner, seed 2 alike, seed 3 no roster
    assert (found.wins, found.ties, found.losses) == (1, 1, 1)
    # times as fast: geometric mean of 8/2, 2/2, 8/10
    assert found.speed.estimate == pytest.approx((4 * 1 * 0.8) ** (1 / 3))
    # the hand rule has one run, which meets every seed
    assert (duel(results, hand, plain).wins, duel(results, hand, plain).losses) == (0, 3)
    assert duel(results, full, hand).losses == 1
    assert len(duels(results)) == 3


def test_contradictions_are_found() -> None:
    sound = Results((made("full", FAST, [(1.0, 100)]), made("cpsat-default", SLOW, [(1.0, 100)])))
    assert sound.contradictions() == []
    wrong = Results((made("full", FAST, [(1.0, 100)]), made("cpsat-default", SLOW, [(1.0, 105)])))
    assert (
        "cpsat-default says that no roster is below 105, and full has one of 100" in wrong.contradictions()[0]
    )


# tables


def text_of(rows: list[Row]) -> str:
    return "\n".join(
        " | ".join((table.title, table.note, *row))
        for table in tables(Results(tuple(rows)))
        for row in table.rows
    )


def test_failures_and_time_outs_are_counted() -> None:
    rows = [
        made("full", FAST, [(3.0, 100)], seed=1, calibration=1.5),
        made("full", SLOW, [(3.0, 90)], seed=2),
        made("full", None, seed=3, status="crashed", error="the process ended with SIGABRT"),
        made("cpsat-default", None, status="failed", error="broken", violations=("rooms",)),
    ]
    text = text_of(rows)
    assert "full | 2/3 |" in text
    assert "8.0 [5.0–9.0] (2/3)" in text  # within 1 %: 2, 8 and the limit, 10
    assert "cpsat-default | 0/1 | – | – | 10.0 (0/1)" in text
    assert "full | 3 | crashed |  | the process ended with SIGABRT" in text
    assert "cpsat-default | 1 | failed | rooms | broken" in text
    assert "calibration solve | 1.50 s" in text


def test_growth_is_a_slope() -> None:
    # twice the clients, four times the time and twice the memory
    rows = [
        made("full", [(4.0**step, 100)], [(0.1, 100)], seed=step, time_limit=100.0).model_copy(
            update={"clients": 24 * 2**step, "memory_mb": 50.0 * 2**step, "instance_sha256": str(step)}
        )
        for step in range(3)
    ]
    (found,) = growths(Results(tuple(rows)))
    assert found.sizes == (24, 48, 96)
    assert found.time == pytest.approx(2.0)
    assert found.memory == pytest.approx(1.0)
    assert "full | 24 48 96 | 2.00 | 0/3 | 1.00" in text_of(rows)
    assert growths(Results(tuple(rows[:2]))) == []


def test_weeks_that_differ_by_the_seed_share_a_line() -> None:
    def row(week: str, seconds: float, bound: int) -> Row:
        run = made("full", [(0.5, 200), (seconds, 100)], [(seconds, bound)])
        return run.model_copy(update={"instance": week, "instance_sha256": week})

    rows = [row("24-low-1", 1.0, 100), row("24-low-2", 3.0, 100), row("24-low-3", 9.0, 90), row("b", 1.0, 1)]
    line = "24-low | standard | full | 10 | 3/3 | 0.00% [0.00–0.50] (2/3) | 0.5 |"
    assert line in text_of(rows)
    assert "| 3.0 [2.0–6.5] (2/3) |" in text_of(rows)  # the proof: 1, 3 and the limit of 10
    assert "b | standard" not in text_of(rows)
    assert "Over weeks" not in text_of(rows[2:])


def test_a_lexicographic_table_has_a_column_a_tier() -> None:
    one = made("full", FAST, [(0.5, 0), (3.0, 100)])
    done, open_ = one.figures["weighted"], made("full", FAST, [(0.5, 0)]).figures["weighted"]
    row = one.model_copy(update={"objective": "lexicographic", "figures": {"kept": done, "dose": open_}})
    assert "100 (proven) | 100 (10.00%)" in text_of([row])


def test_markdown(cli: Cli, tmp_path: Path) -> None:
    ran = cli("bench", "report", kept(tmp_path, [made("full", FAST, [(0.5, 0)])]), "--markdown")
    assert "| Contender | Rosters |" in ran.out
    assert "| --- | ---: |" in ran.out


def test_workers_are_named_where_they_differ() -> None:
    rows = [made("full", FAST, workers=1), made("full", FAST, workers=8), made("cpsat-default", FAST)]
    results = Results(tuple(rows))
    assert [results.label(who(row)) for row in rows] == ["full ×1", "full ×8", "cpsat-default"]


def test_a_change_of_the_program_is_said() -> None:
    one = made("full", FAST)
    other = one.model_copy(update={"versions": one.versions.model_copy(update={"source": "0"}), "key": "k"})
    assert "the program was changed between these runs" in text_of([one, other])


# the page


class Strict(HTMLParser):
    """Counts elements, and remembers whatever would be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.seen: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] = self.seen.get(tag, 0) + 1
        names = ("src", "href", "xlink:href")
        self.fetched += [value for name, value in attrs if name in names and value and value[0] != "#"]


def test_the_page_stands_alone() -> None:
    rows = [
        made("full", FAST, [(0.5, 0), (3.0, 100)]),
        made("cpsat-default", SLOW, [(0.5, 50)]),
        made("hand-rule", [(0.1, 300)]),
        made("full", None, seed=2, error="<script>alert(1)</script>"),
    ]
    text = page(Results(tuple(rows)))
    parser = Strict()
    parser.feed(text)
    assert parser.fetched == []
    assert "script" not in parser.seen
    assert "&lt;script&gt;" in text
    assert parser.seen["figure"] == 3
    assert "@import" not in text
    assert "url(#" in text or "url(" not in text
    assert "default-src 'none'" in text
    assert "prefers-color-scheme: dark" in text


def test_plots_take_the_colours_of_the_page() -> None:
    text = page(Results((made("full", FAST, [(0.5, 0)]), made("hand-rule", [(0.1, 300)]))))
    plots = re.findall(r"<svg .*?</svg>", text, re.DOTALL)
    colours = {colour for plot in plots for colour in re.findall(r"(?:stroke|fill): ?([^;\"]+)", plot)}
    assert {"var(--ink)", "var(--grid)", "var(--c0)", "var(--c1)"} <= colours
    assert not [colour for colour in colours if colour.startswith("#")]
    assert page(Results((made("full", FAST),))) == page(Results((made("full", FAST),)))


def test_a_lexicographic_study_has_a_plot_a_tier() -> None:
    one = made("full", FAST, [(0.5, 0)])
    found = one.figures["weighted"]
    row = one.model_copy(update={"objective": "lexicographic", "figures": {"kept": found, "dose": found}})
    text = page(Results((row,)))
    assert ">kept<" in text
    assert ">dose<" in text
    assert found.scale == SCALE


# the command


def kept(folder: Path, rows: list[Row]) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(row.model_dump_json() + "\n" for row in rows))
    return path


def test_the_command(cli: Cli, tmp_path: Path) -> None:
    rows = kept(tmp_path, [made("full", FAST, [(0.5, 0)]), made("hand-rule", [(0.1, 300)])])
    html = tmp_path / "page.html"
    ran = cli("bench", "report", rows, "--html", html, env={"COLUMNS": "160"})
    assert ran.status == 0, ran.err
    assert "Within 1 %" in ran.out
    assert "Pairwise" in ran.out
    assert "<html" in html.read_text()
    assert cli("bench", "report", rows, "--html", rows).status == 2


def test_the_command_says_what_is_wrong(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    assert "no row yet" in cli("bench", "report", empty).err
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{}\n")
    ran = cli("bench", "report", bad, tmp_path / "none.jsonl")
    assert (ran.status, ran.out) == (2, "")
    assert "bad.jsonl:1" in ran.err
    assert "none.jsonl" in ran.err
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ran = cli("bench", "report", kept(tmp_path, [made("full", FAST)]), "--html", tmp_path / "page.html")
    assert ran.status == 2
    assert "pip install 'iop-sched[bench]'" in ran.err
