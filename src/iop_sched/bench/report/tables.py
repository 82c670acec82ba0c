"""The tables of a report, as text: the terminal and the page show the same ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from iop_sched.bench.report.cells import DASH, gap_cell, memory_cell, spread_cell, tier_cell, times_cell
from iop_sched.bench.report.duels import Duel, duels
from iop_sched.bench.report.growth import Growth, growths
from iop_sched.bench.report.over_weeks import Series, over_weeks
from iop_sched.bench.report.results import Problem, Results, Who, by_status
from iop_sched.bench.report.statistics import Interval
from iop_sched.bench.row import Row


@dataclass(frozen=True)
class Table:
    """Cells of text under titles; ``>`` before a title aligns its column to the right."""

    title: str
    note: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def medians(self) -> tuple[tuple[str, ...], ...]:
        """The cells without quartiles and intervals, for a narrow screen."""
        return tuple(tuple(re.sub(r" \[[^\]]*\]", "", cell) for cell in row) for row in self.rows)

    @property
    def markdown(self) -> str:
        """The table as Markdown, under its title."""
        titles = [title.removeprefix(">") for title in self.titles]
        lines = [titles, ["---:" if title.startswith(">") else "---" for title in self.titles], *self.rows]
        cells = [" | ".join(cell.replace("|", "\\|") for cell in line) for line in lines]
        return "\n".join(
            [
                f"### {self.title}",
                "",
                *([self.note, ""] if self.note else []),
                *(f"| {one} |" for one in cells),
            ]
        )


def tables(results: Results) -> list[Table]:
    """All of them, in the order of a report."""
    found = [_about(results), *(_of_problem(results, where) for where in results.problems)]
    if several := over_weeks(results):
        found += _over_weeks(results, several)
    if duel_rows := duels(results):
        found.append(_duels(results, duel_rows))
    if growing := growths(results):
        found.append(_growths(results, growing))
    if failures := _failures(results):
        found.append(failures)
    return found


def _about(results: Results) -> Table:
    rows = results.rows
    calibrations = [row.calibration for row in rows if row.calibration is not None]
    loads = [row.machine.load_before for row in rows if row.machine is not None]
    facts = [
        ("studies", _each(row.study for row in rows)),
        ("runs", f"{len(rows)}: {', '.join(f'{n} {name}' for name, n in by_status(list(rows)).items())}"),
        ("iop-sched", _each(f"{row.versions.iop_sched} (source {row.versions.source})" for row in rows)),
        ("OR-Tools", _each(row.versions.ortools for row in rows)),
        ("Python", _each(row.versions.python for row in rows)),
        ("machine", _each(_machine(row) for row in rows if row.machine is not None)),
        ("calibration solve", _seconds_of(calibrations)),
        ("load before a run", f"{min(loads):.1f} to {max(loads):.1f}" if loads else DASH),
    ]
    warnings = [("warning", words) for words in _warnings(results)]
    return Table("About", "", ("Fact", ""), (*facts, *warnings))


def _each(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def _machine(row: Row) -> str:
    assert row.machine is not None
    memory = row.machine.memory_mb / 1024
    return f"{row.machine.cores} cores ({row.machine.cpu}), {memory:.0f} GB"


def _warnings(results: Results) -> list[str]:
    rows = results.rows
    found = [f"CONTRADICTION: {words}" for words in results.contradictions()]
    if len({row.versions.source for row in rows}) > 1:
        found.append("the program was changed between these runs")
    busy = [row for row in rows if row.machine and row.machine.load_before > row.machine.cores + row.workers]
    if busy:
        found.append(f"{len(busy)} runs began while the machine was busy with other work")
    return found


def _of_problem(results: Results, where: Problem) -> Table:
    figures = list(dict.fromkeys(name for row in results.problems[where] for name in row.figures))
    rows = [
        _line(results, contender, results.of(where, contender), figures)
        for contender in results.contenders
        if results.of(where, contender)
    ]
    best = results.best_bound(where)
    words = "medians [quartiles]; a time that was not reached counts as the limit, (n/m) reached it"
    note = words if best is None else f"best bound of any run {best}; {words}"
    measures = figures if where.objective == "lexicographic" else ["Value", "Gap"]
    times = ("First, s", "Within 1 %, s", "Proof, s", "Integral", "MB")
    titles = ("Contender", *(f">{title}" for title in ("Rosters", *measures, *times)))
    return Table(results.title(where), note, titles, tuple(rows))


def _line(results: Results, contender: Who, rows: list[Row], figures: Sequence[str]) -> tuple[str, ...]:
    good = [row for row in rows if row.ok]
    return (
        results.label(contender),
        f"{len(good)}/{len(rows)}",
        *_measures(good, rows[0].objective, figures),
        times_cell(rows, lambda row: row.first_seconds),
        times_cell(rows, results.near),
        times_cell(rows, lambda row: row.reached.get("proof")),
        spread_cell([results.integral(row) for row in rows], ".2f"),
        memory_cell(rows),
    )


def _measures(rows: list[Row], objective: str, figures: Sequence[str]) -> list[str]:
    """The weighted sum and its gap, or a cell for each tier; the gaps are to the run's own bound."""
    if objective == "lexicographic":
        return [tier_cell([row.figures[name] for row in rows]) for name in figures]
    found = [row.figures["weighted"] for row in rows]
    gaps = [100 * one.gap for one in found if one.gap is not None]
    value = spread_cell([one.value for one in found], ".0f") if found else DASH
    return [value, spread_cell(gaps, ".2f", "%") if gaps else DASH]


def _seconds_of(values: list[float]) -> str:
    return f"{spread_cell(values, '.2f')} s" if values else DASH


def _over_weeks(results: Results, found: dict[tuple[Series, Who], list[Row]]) -> Iterator[Table]:
    """A table for each objective: gaps for values, which mean nothing across weeks."""
    note = "medians [quartiles] over the weeks and seeds of a kind; a tier's cell is its gap"
    for objective in dict.fromkeys(series.objective for series, _ in found):
        of_objective = {key: rows for key, rows in found.items() if key[0].objective == objective}
        figures = list(
            dict.fromkeys(n for rows in of_objective.values() for row in rows for n in row.figures)
        )
        lines = tuple(
            (
                series.name,
                series.policy,
                results.label(contender),
                series.limit,
                f"{sum(row.ok for row in rows)}/{len(rows)}",
                *(gap_cell([row.figures[name] for row in rows if name in row.figures]) for name in figures),
                times_cell(rows, lambda row: row.first_seconds),
                times_cell(rows, results.near),
                times_cell(rows, lambda row: row.reached.get("proof")),
                memory_cell(rows),
            )
            for (series, contender), rows in of_objective.items()
        )
        gaps = ["Gap"] if objective == "weighted" else figures
        right = ("Limit, s", "Rosters", *gaps, "First, s", "Within 1 %, s", "Proof, s", "MB")
        titles = ("Weeks", "Policy", "Contender", *(f">{title}" for title in right))
        yield Table(f"Over weeks, {objective}", note, titles, lines)


def _duels(results: Results, found: list[Duel]) -> Table:
    note = (
        "a roster within the limit beats none, then who comes within 1 % sooner, then the better roster;"
        " ties are left out of the share; speed is the ratio of the geometric means of these times, the limit"
        " where not reached;"
        " 95 % intervals (Wilson, bootstrap over the weeks)"
    )
    rows = tuple(
        (
            results.label(one.first),
            results.label(one.second),
            f"{one.wins} : {one.losses}",
            str(one.ties),
            _interval(one.share, ".0%"),
            _interval(one.speed, ".2f"),
            verdict(one),
        )
        for one in found
    )
    titles = ("Contender", "Against", ">Wins", ">Ties", ">Share of wins", ">Times as fast", "So")
    return Table("Pairwise", note, titles, rows)


def _interval(one: Interval, form: str) -> str:
    return f"{one.estimate:{form}} [{one.low:{form}}{DASH}{one.high:{form}}]"


def verdict(one: Duel) -> str:
    """What the wins and the speed say together."""
    if one.speed.low > 1 and one.share.low > 0.5:
        return "better"
    if one.speed.high < 1 and one.share.high < 0.5:
        return "worse"
    return "not clear"


def _growths(results: Results, found: list[Growth]) -> Table:
    note = "slopes on two logarithmic axes: with a slope of 1, twice the clients take twice as long"
    rows = tuple(
        (
            results.label(one.contender),
            " ".join(map(str, one.sizes)),
            DASH if one.time is None else f"{one.time:.2f}",
            f"{one.time_outs}/{one.runs}",
            DASH if one.memory is None else f"{one.memory:.2f}",
        )
        for one in found
    )
    titles = ("Contender", "Clients", ">Within 1 %", ">Not reached", ">Memory")
    return Table("Growth with the number of clients", note, titles, rows)


def _failures(results: Results) -> Table | None:
    rows = tuple(
        (
            results.title(where),
            row.who,
            str(row.seed),
            row.status,
            ", ".join(row.violations),
            row.error.splitlines()[0] if row.error else "no roster within the limit",
        )
        for where, found in results.problems.items()
        for row in found
        if not row.ok
    )
    titles = ("Week", "Contender", ">Seed", "Status", "Rules broken", "What happened")
    return Table("Without a roster", "counted above at the limit", titles, rows) if rows else None
