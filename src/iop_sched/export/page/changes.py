"""What changed from another roster, for each client, clinician, cohort and care team."""

from __future__ import annotations

from iop_sched.compare.comparison import Comparison
from iop_sched.export.page.context import Context
from iop_sched.export.page.model import Change, ChangeList, Changes, Table
from iop_sched.report.change_words import client_lines, clinician_words, cohort_words, team_words
from iop_sched.report.difference import figure_words, headline

FIGURE_TITLES = ("Figure", ">Before", ">Now", "Change")


def changes(given: Context, found: Comparison) -> Changes:
    """The headline, figures that differ, and a list for each kind of reader for whom something does."""
    rows = tuple(figure_words(one) for one in found.figures)
    return Changes(
        headline=headline(found.difference, given.labels),
        figures=Table("Figures that differ", FIGURE_TITLES, rows) if rows else None,
        lists=tuple(one for one in _lists(given, found) if one.changes),
    )


def _lists(given: Context, found: Comparison) -> tuple[ChangeList, ...]:
    labels, marks = given.labels, given.marks
    # One client at a time, so that a filter finds each alone.
    clients = [
        _change(labels(one.client), client_lines([one], labels)[0], marks.about([one.client]))
        for one in found.clients
    ]
    clinicians = [
        _change(labels(one.clinician), clinician_words(one, labels), marks.about((), [one.clinician]))
        for one in found.clinicians
    ]
    cohorts = [
        _change(labels(one.cohort), cohort_words(one, labels), marks.about((), (), [one.cohort]))
        for one in found.cohorts
    ]
    teams = [Change("", team_words(one, labels), "") for one in found.difference.teams]
    return (
        ChangeList("Clients", "client", tuple(clients)),
        ChangeList("Clinicians", "clinician", tuple(clinicians)),
        ChangeList("Cohorts", "cohort", tuple(cohorts)),
        ChangeList("Care teams", "care team", tuple(teams)),
    )


def _change(who: str, line: str, about: str) -> Change:
    """A sentence that begins with whom it is about, taken apart there."""
    return Change(who, line.removeprefix(f"{who}: "), about)
