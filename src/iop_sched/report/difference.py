"""What differs between two rosters: a headline, the figures, then who is affected and how."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from rich.console import Group, RenderableType
from rich.text import Text

from iop_sched.compare.changes import Difference
from iop_sched.compare.disruption import Disruption
from iop_sched.compare.figures import ROWS, FigureChange, Figures, Unit, changed
from iop_sched.compare.views import client_views, clinician_views, cohort_views
from iop_sched.report.change_words import client_lines, clinician_lines, cohort_words, team_lines
from iop_sched.report.sheet import Sheet, bullets, paragraph, section
from iop_sched.report.words import Labels, count, hours

Part = Literal["figures", "clients", "clinicians", "cohorts"]
PARTS: tuple[Part, ...] = ("figures", "clients", "clinicians", "cohorts")
NAMED = 3
"""Up to so many clients are named in the headline."""

_COLOURS = {"better": "green", "worse": "red"}


def render(
    difference: Difference,
    before: Figures,
    after: Figures,
    labels: Labels,
    parts: Collection[Part] = PARTS,
    disruption: Disruption | None = None,
) -> RenderableType:
    """The headline, then the parts asked for, each only as far as something changed.

    ``before`` and ``after`` are the figures of the two rosters. With ``disruption``, its points stand under
    the figures. Nothing but the headline when nothing differs.
    """
    bodies: dict[Part, list[RenderableType]] = {
        "figures": _figures(changed(before, after), disruption),
        "clients": _list("Clients", client_lines(client_views(difference), labels)),
        "clinicians": [
            *_list("Clinicians", clinician_lines(clinician_views(difference), labels)),
            *_list("Care teams", team_lines(difference.teams, labels)),
        ],
        "cohorts": _list("Cohorts", [cohort_words(one, labels) for one in cohort_views(difference)]),
    }
    shown = [body for part in PARTS if part in parts for body in bodies[part]]
    first = paragraph(headline(difference, labels), style="bold")
    return Group(first, paragraph(""), *shown) if shown else first


def headline(difference: Difference, labels: Labels) -> str:
    """One or two sentences: how many clients change, who loses or gets a place, who else is affected."""
    if difference.nothing:
        return "The two rosters are the same: no decision differs."
    clients = len(client_views(difference))
    rest = difference.unchanged
    if clients:
        whole = (
            f"{count(clients, 'client')} {_verb(clients, 'change')}, {rest or 'none'} {_verb(rest, 'do')} not"
        )
    else:
        whole = f"No client changes, {rest} stay as they are"
    lost = [one.client for one in difference.clients if "lost" in one.what]
    gained = [one.client for one in difference.clients if "gained" in one.what]
    places = f"{_who(lost, labels)} {_verb(len(lost) or 1, 'lose')} a place"
    if gained:
        places += f", {_who(gained, labels)} {_verb(len(gained), 'get')} one"
    return f"{whole}; {places}.{_others(difference)}"


def _who(clients: Sequence[str], labels: Labels) -> str:
    if not clients:
        return "nobody"
    return labels.list(clients) if len(clients) <= NAMED else count(len(clients), "client")


def _verb(number: int, verb: str) -> str:
    """The verb for one or for several: ``1 client changes``, ``2 clients change``."""
    if number != 1:
        return verb
    return "does" if verb == "do" else f"{verb}s"


def _others(difference: Difference) -> str:
    """The second sentence: clinicians and cohorts."""
    numbers = (
        (len(clinician_views(difference)), "clinician"),
        (len(cohort_views(difference)), "cohort"),
        (len(difference.teams), "care team"),
    )
    words = [count(number, one) for number, one in numbers if number]
    if not words:
        return ""
    total = sum(number for number, _ in numbers)
    listed = " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
    return f" {listed} {_verb(total, 'change')}{' too' if client_views(difference) else ''}."


def _list(title: str, lines: list[str]) -> list[RenderableType]:
    return [section(title, bullets(lines))] if lines else []


# Figures


def _figures(rows: Sequence[FigureChange], disruption: Disruption | None) -> list[RenderableType]:
    disturbed = disruption is not None and disruption.total > 0
    if not rows and not disturbed:
        return []
    titles = ("Figure", ">Before", ">After", "Change")
    body: list[RenderableType] = [Sheet(titles, [_row(row) for row in rows], none="no figure differs")]
    if disruption is not None and disturbed:
        body.append(
            paragraph(f"What the first roster had is disturbed by {count(disruption.total, 'point')}.")
        )
    return [section("Figures", *body, note="those that differ")]


def _row(change: FigureChange) -> tuple[str | Text, ...]:
    name, before, after, words = figure_words(change)
    return (name, before, after, Text(words, style=_COLOURS.get(change.verdict, "")))


def figure_words(change: FigureChange) -> tuple[str, str, str, str]:
    """A figure's name, what it was and is, and which way it went: ``better by 3``, ``2h more``."""
    unit = change.unit
    by = _amount(abs(change.after - change.before), unit)
    judged = change.verdict in _COLOURS
    words = f"{change.verdict} by {by}" if judged else f"{by} {change.verdict}"
    return (
        ROWS[change.name].words,
        _amount(change.before, unit),
        _amount(change.after, unit),
        words,
    )


def _amount(value: int, unit: Unit) -> str:
    return hours(value) if unit == "minutes" else str(value)
