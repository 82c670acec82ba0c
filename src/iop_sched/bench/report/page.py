"""The report as one HTML page that needs nothing else."""

from __future__ import annotations

from importlib import resources

from iop_sched.bench.report.plots import COLOURS, Plotter
from iop_sched.bench.report.results import Results
from iop_sched.bench.report.tables import tables

DASHES = ("", "2 2", "6 2 2 2")


class MissingExtraError(Exception):
    """The page's libraries are not installed; the message says how to get them."""


def page(results: Results) -> str:
    """The HTML; raises ``MissingExtraError`` without the extra ``bench``."""
    try:
        import jinja2
        import matplotlib as mpl
    except ImportError:
        raise MissingExtraError(
            "--html needs matplotlib and jinja2: pip install 'iop-sched[bench]'"
        ) from None
    mpl.use("svg")
    plotter = Plotter(results)
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    text = resources.files("iop_sched.bench.report").joinpath("page.html.j2").read_text(encoding="utf-8")
    plots = {results.title(where): plotter.curves(where) for where in results.problems}
    wide = {results.title(where): where.objective == "lexicographic" for where in results.problems}
    return environment.from_string(text).render(
        title=f"Study: {', '.join(dict.fromkeys(row.study for row in results.rows))}",
        legend=[
            {"label": results.label(one), "colour": number % COLOURS, "dashes": DASHES[number // COLOURS % 3]}
            for number, one in enumerate(results.contenders)
        ],
        profiles=[
            {"caption": "Runs that came within 1 % of the best bound by a time", "svg": plotter.profile()},
            {"caption": "Performance profile: within a factor of the fastest", "svg": plotter.ratios()},
        ],
        sections=[
            {"table": one, "plot": plots.get(one.title, ""), "wide": wide.get(one.title, False)}
            for one in tables(results)
        ],
    )
