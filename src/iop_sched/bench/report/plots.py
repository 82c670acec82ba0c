"""Plots as SVG text whose colours are CSS variables, so that a page shows them in light and dark."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from iop_sched.bench.report.results import Problem, Results, Who, counted, penalty
from iop_sched.bench.row import Curve, Figure, Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = 8
"""Colours that a page has, ``--c0`` to ``--c7``; more contenders use them again, with other strokes."""

_INK = "#010203"
_GRID = "#010204"
_STROKES = ("-", (0, (1, 1)), (0, (5, 1, 1, 1)))


class Plotter:
    """Draws for one set of results."""

    def __init__(self, results: Results) -> None:
        self.results = results
        self._drawn = 0

    def curves(self, where: Problem) -> str:
        """Value (solid) and bound (dashed) over time, each as its distance from the best bound."""
        names = list(dict.fromkeys(name for row in self.results.problems[where] for name in row.figures))
        if not names:
            return ""
        figure, axes = _canvas(len(names))
        for name, one in zip(names, axes, strict=True):
            self._figure_curves(where, name, one)
            one.set_title(name if len(names) > 1 else "", fontsize=10, color=_INK)
        return self._svg(figure)

    def _figure_curves(self, where: Problem, name: str, axes: Axes) -> None:
        runs = [(row, row.figures[name]) for row in self.results.problems[where] if name in row.figures]
        reference = self._reference(where, name, runs)
        for row, figure in runs:
            style = self._style(Who(row.contender, row.settings_name, row.workers))
            end = min(row.time_limit, row.seconds) if not row.deterministic else row.seconds
            line = _percent(figure.values, reference, figure.scale, end)
            axes.plot(*line, drawstyle="steps-post", linewidth=1.4, **style)
            axes.plot(*_last(line), marker="o", markersize=3, **style)
            below = _percent(figure.bounds, reference, figure.scale, end)
            axes.plot(*below, drawstyle="steps-post", linewidth=1, **{**style, "linestyle": "--"})
        _log_scale(axes)
        axes.set_yscale("symlog", linthresh=0.1)
        axes.yaxis.set_major_formatter(_plain)
        axes.set_xlabel("seconds")
        axes.set_ylabel("% of the stake from the best bound")

    def _reference(self, where: Problem, name: str, runs: list[tuple[Row, Figure]]) -> int:
        best = self.results.best_bound(where)
        if name == "weighted" and best is not None:
            return best
        return max((figure.bound for _, figure in runs if figure.bound is not None), default=0)

    def profile(self) -> str:
        """The share of runs that came within 1 % by a time."""
        figure, (axes,) = _canvas(1)
        for contender in self.results.contenders:
            rows = [row for where in self.results.problems for row in self.results.of(where, contender)]
            times = sorted(time for row in rows if (time := self.results.near(row)) is not None)
            end = max(map(penalty, rows))
            self._steps(axes, contender, times, len(rows), max(end, *times, 0.01))
        axes.set_xlabel("seconds")
        axes.set_ylabel("% of runs within 1 %")
        return self._svg(figure)

    def ratios(self) -> str:
        """A performance profile: the share of runs within a factor of the fastest contender on the week."""
        figure, (axes,) = _canvas(1)
        fastest = {
            where: min(counted(row, self.results.near(row)) for row in rows)
            for where, rows in self.results.problems.items()
        }
        for contender in self.results.contenders:
            rows = [(where, row) for where in fastest for row in self.results.of(where, contender)]
            near = [(fastest[where], self.results.near(row)) for where, row in rows]
            factors = sorted(max(1.0, time / best) for best, time in near if time is not None)
            self._steps(axes, contender, factors, len(rows), max([*factors, 10.0]))
        axes.set_xlabel("times the fastest on the week")
        axes.set_ylabel("% of runs within 1 %")
        return self._svg(figure)

    def _steps(self, axes: Axes, contender: Who, points: list[float], of: int, end: float) -> None:
        shares = [100 * (number + 1) / of for number in range(len(points))]
        first = points[0] if points else end
        axes.plot(
            [first, *points, end],
            [0, *shares, shares[-1] if shares else 0],
            drawstyle="steps-post",
            linewidth=1.6,
            **self._style(contender),
        )
        _log_scale(axes)
        axes.set_ylim(-3, 103)

    def _style(self, contender: Who) -> dict[str, Any]:
        number = self.results.contenders.index(contender)
        return {"color": colour(number), "linestyle": _STROKES[number // COLOURS % len(_STROKES)]}

    def _svg(self, figure: Any) -> str:
        import matplotlib as mpl

        self._drawn += 1
        # ids must differ between the plots of a page and be the same each time
        with mpl.rc_context({"svg.hashsalt": f"plot-{self._drawn}", "svg.fonttype": "none"}):
            text = io.StringIO()
            figure.savefig(text, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        return _themed(text.getvalue())


def colour(number: int) -> str:
    """The colour that stands for ``--cN`` until the plot is written."""
    return f"#0102{0x10 + number % COLOURS:02x}"


def _canvas(number: int) -> tuple[Any, Sequence[Axes]]:
    from matplotlib.figure import Figure as Canvas

    columns = min(number, 2)
    rows = -(-number // columns)
    figure = Canvas(figsize=(5.2 * columns, 3.2 * rows), layout="constrained")
    axes = list(figure.subplots(rows, columns, squeeze=False).flat)
    for one in axes[number:]:
        one.set_visible(False)
    for one in axes[:number]:
        one.tick_params(colors=_INK, which="both", labelsize=8)
        one.xaxis.label.set(color=_INK, size=9)
        one.yaxis.label.set(color=_INK, size=9)
        one.grid(color=_GRID, linewidth=0.5)
        for side, spine in one.spines.items():
            spine.set(color=_INK, visible=side in ("left", "bottom"))
    return figure, axes[:number]


def _log_scale(axes: Axes) -> None:
    from matplotlib.ticker import LogLocator, NullFormatter

    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_major_formatter(_plain)
    axes.xaxis.set_minor_formatter(NullFormatter())


def _plain(number: float, _: object) -> str:
    return f"{number:g}"


def _percent(curve: Curve, reference: int, scale: int, end: float) -> tuple[list[float], list[float]]:
    """A curve as percent of the stake, carried on to the end of the run."""
    times = [max(0.01, moment) for moment, _ in curve]
    heights = [100 * (value - reference) / scale for _, value in curve]
    if curve and end > times[-1]:
        times.append(end)
        heights.append(heights[-1])
    return times, heights


def _last(line: tuple[list[float], list[float]]) -> tuple[list[float], list[float]]:
    return line[0][-1:], line[1][-1:]


def _themed(svg: str) -> str:
    """The SVG element alone, in the page's colours."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"#0102(1[0-9a-f])", lambda found: f"var(--c{int(found[1], 16) - 0x10})", svg)
    svg = svg.replace(_INK, "var(--ink)").replace(_GRID, "var(--grid)")
    # the page has a font of its own, and a width
    svg = re.sub(r"font: ([0-9.]+px) [^;\"]*", r"font-size: \1", svg)
    return re.sub(r'<svg ([^>]*?)width="[^"]*"', r"<svg \1", svg, count=1).replace(
        ' height="', ' data-h="', 1
    )
