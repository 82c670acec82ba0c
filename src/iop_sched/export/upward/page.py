"""The report as one HTML file that needs no network and no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from iop_sched.export.page.render import shown
from iop_sched.report.upward import Table, at_a_glance, week_tables
from iop_sched.report.words import Labels
from iop_sched.upward.model import WeekReport


def html(reports: Sequence[WeekReport], labels: Labels) -> str:
    """All weeks side by side, then each by itself. The style is let in by its hash, and nothing else is."""
    style = files("iop_sched.export.upward").joinpath("report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = Environment(
        loader=PackageLoader("iop_sched.export.upward", "."),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    weeks: list[tuple[str, list[Table]]] = [(one.label, week_tables(one, labels)) for one in reports]
    return environment.get_template("report.html.jinja").render(
        programs=list(dict.fromkeys(one.program for one in reports)),
        glance=at_a_glance(reports),
        weeks=weeks,
        style=Markup(style),  # a file of this package: all else is escaped
        style_hash=Markup(f"'sha256-{digest}'"),
    )
