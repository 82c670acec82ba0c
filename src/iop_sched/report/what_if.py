"""Cases beside the baseline: one table of figures, then for each case who is affected and how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from iop_sched.compare.changes import Difference
from iop_sched.compare.figures import Figures
from iop_sched.compare.views import CohortView, client_views, clinician_views, cohort_views
from iop_sched.report.change_words import client_lines, clinician_lines, cohort_words, team_lines
from iop_sched.report.difference import headline
from iop_sched.report.sheet import bullets, paragraph, section
from iop_sched.report.tiers import absolute, gap
from iop_sched.report.turned import Turned
from iop_sched.report.words import Labels, count, hours
from iop_sched.scenario.saying import condensed
from iop_sched.week.policy import Policy
from iop_sched.week.result import TierResult
from iop_sched.what_if.job import Status
from iop_sched.what_if.result import Baseline, CaseResult, WhatIf

MOST_LINES = 8
"""Lines of each list about a case, unless all are asked for."""

NO_ROSTER: dict[Status, str] = {
    "infeasible": "impossible",
    "unknown": "no roster",
    "defect": "defect",
    "failed": "failed",
    "crashed": "crashed",
    "lost": "lost",
    "not-begun": "not begun",
}

TITLES = (
    "Case",
    ">Clients\nplaced",
    ">Clients\nwaiting",
    ">Hours\nshort",
    ">Places\nlost",
    ">Clients\nmoved",
    ">On other\ndays",
    ">Sessions\nmoved",
    ">Broken\ncontinuity",
    ">Meetings\nheld",
    ">Clinician\nhours",
    ">Disruption",
    ">Proof\nor gap",
    ">Seconds",
)
_NONE = "-"


def what_if_view(found: WhatIf, policy: Policy, labels: Labels, every: bool) -> RenderableType:
    """The table, then each case; lists are cut after ``MOST_LINES`` unless ``every`` line is asked for."""
    return Group(table(found), *(_case(one, policy, labels, every) for one in found.cases))


# The table


def table(found: WhatIf) -> RenderableType:
    """A row for the baseline, and one for each case; better than the baseline is green, worse is red."""
    rows = [_baseline_row(found.baseline), *(_row(one, found.baseline.figures) for one in found.cases)]
    notes = [
        "Places lost, clients moved (to another cohort) or on other days, sessions moved (to another time):"
        " against the baseline, as is disruption: points for all of it that changes. Broken continuity:"
        " points, against last week."
    ]
    if found.how == "stay-close":
        notes.append("Proven, of a case: no roster of it disturbs the baseline less.")
    if any(one.new_policy for one in found.cases):
        notes.append("All figures are measured under the policy of the baseline.")
    return section("What if", Turned(TITLES, rows), Text(""), paragraph(" ".join(notes), style="dim"))


def _baseline_row(baseline: Baseline) -> list[Text]:
    weighted = baseline.roster.weighted
    shown = (weighted,) if weighted is not None else baseline.roster.tiers
    how_good = "breaks rules" if baseline.figures.broken else _gap(shown)
    seconds = _NONE if baseline.seconds is None else _seconds(baseline.seconds)
    unchanged = [Text(_NONE)] * 4
    cells = _figures(baseline.figures, baseline.figures, unchanged)
    return [Text("baseline"), *cells, Text(_NONE), Text(how_good), Text(seconds)]


def _row(one: CaseResult, before: Figures) -> list[Text]:
    seconds = _NONE if one.status == "not-begun" else _seconds(one.seconds)
    last = [Text(proof(one)), Text(seconds)]
    if one.comparison is None or one.changes is None:
        return [Text(one.name), *[Text(_NONE)] * (len(TITLES) - 1 - len(last)), *last]
    changes = one.changes
    numbers = (len(changes.lost), len(changes.moved), len(changes.other_days), changes.other_times)
    changed = [_judged(str(number), number) for number in numbers]
    disturbed = Text(str(one.comparison.disruption.total))
    return [Text(one.name), *_figures(one.comparison.after, before, changed), disturbed, *last]


def _figures(of: Figures, before: Figures, changed: Sequence[Text]) -> list[Text]:
    """The cells from clients placed to clinician hours."""
    continuity = of.tiers["continuity"]
    held = str(of.held) if not of.not_held else f"{of.held} of {of.held + of.not_held}"
    return [
        _judged(str(of.placed), before.placed - of.placed),
        _judged(str(of.waiting), of.waiting - before.waiting),
        _judged(hours(of.short_minutes), of.short_minutes - before.short_minutes),
        *changed,
        _judged(str(continuity), continuity - before.tiers["continuity"]),
        _judged(held, of.not_held - before.not_held),
        Text(hours(of.scheduled_minutes)),
    ]


def _judged(words: str, worse_by: int) -> Text:
    return Text(words, style="red" if worse_by > 0 else "green" if worse_by < 0 else "")


def proof(one: CaseResult) -> str:
    """``proven``, how far from it, or why there is no roster, in a word or two."""
    if one.comparison is None:
        stopped = one.interrupted and one.status == "unknown"
        return "stopped" if stopped else NO_ROSTER.get(one.status, one.status)
    if one.least is not None:
        return _gap([one.least])
    return _gap([one.weighted] if one.weighted is not None else one.tiers)


def _gap(tiers: Sequence[TierResult]) -> str:
    """Of the first of them that is open."""
    first = next((tier for tier in tiers if tier.status != "proven"), None)
    return "proven" if first is None else f"gap {gap(first)}"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}" if seconds < 10 else f"{seconds:.0f}"


def news(one: CaseResult) -> str:
    """A case that has come to an end, on one line."""
    if one.comparison is None or one.changes is None:
        return f"{one.name}: {proof(one)}"
    figures, changes = one.comparison.after, one.changes
    words = [
        f"{figures.placed} placed, {figures.waiting} waiting",
        *([f"{count(len(changes.lost), 'place')} lost"] if changes.lost else []),
        f"{count(len(changes.moved), 'client')} in another cohort",
        f"disruption {one.comparison.disruption.total}",
        proof(one),
    ]
    return f"{one.name}: {'; '.join(words)}; {_seconds(one.seconds)} s"


# One case


def _case(one: CaseResult, policy: Policy, labels: Labels, every: bool) -> RenderableType:
    body: list[RenderableType] = [
        paragraph(labels.text(" ".join(condensed(one.sentences)))),
        *(paragraph(words) for words in verdict(one, policy)),
    ]
    if one.comparison is not None:
        body.append(paragraph(headline(one.comparison.difference, labels)))
        for title, lines in _affected(one, labels):
            shown = lines if every else _cut(lines)
            body += [Text(title, style="italic"), bullets(shown)]
    return section(one.name, *body, note=one.description)


def verdict(one: CaseResult, policy: Policy) -> Iterator[str]:
    """How good the roster is, or why there is none, and what to do then."""
    if one.comparison is None:
        yield from _why_none(one)
        return
    if one.interrupted:
        yield "Interrupted: this is the best roster so far."
    if one.least is not None:
        yield _closeness(one.least)
        return
    first = next((tier for tier in one.tiers if tier.status != "proven"), None)
    if one.weighted is not None:
        first = one.weighted if one.weighted.status != "proven" else None
    yield (
        "Proven: no roster is better."
        if first is None
        else f"Not proven best: {first.name}, {absolute(first, policy)}."
    )


def _closeness(least: TierResult) -> str:
    if not least.value:
        return "Nothing that the baseline has is changed; whether more could be added is not proven."
    if least.status == "proven":
        return "Proven: no roster of this week changes less."
    return f"Another roster may change less, by at most {count(least.value - least.bound, 'point')}."


def _why_none(one: CaseResult) -> Iterator[str]:
    if one.status == "infeasible":
        yield "No roster can exist for this week; a second, independent solve confirmed it."
    elif one.status == "not-begun":
        yield "Interrupted before this case was begun."
    elif one.interrupted:
        yield "Interrupted before a roster was found."
    elif one.status == "unknown":
        yield "No roster was found within the limit, and none was shown to be impossible (--time-limit 300)."
    elif one.status == "defect":
        yield f"Internal contradiction, so no roster is shown: {one.error}"
        yield "This is a defect of iop-sched, not of your file; please report this line."
    else:
        yield f"This case has no result: {one.error}"


def _affected(one: CaseResult, labels: Labels) -> Iterator[tuple[str, list[str]]]:
    """Who is affected and how, list by list; only lists with something in them."""
    assert one.comparison is not None
    difference = one.comparison.difference
    lists = (
        ("Clients", client_lines(client_views(difference), labels)),
        ("Without a place now", _waiting(one, labels)),
        ("Clinicians", clinician_lines(clinician_views(difference), labels)),
        ("Care teams", team_lines(difference.teams, labels)),
        ("Cohorts", _cohorts(difference, labels)),
    )
    return ((title, lines) for title, lines in lists if lines)


def _cohorts(difference: Difference, labels: Labels) -> list[str]:
    """Without members who come on other days, which is said with the clients."""
    views = (view.model_copy(update={"days": ()}) for view in cohort_views(difference))
    return [cohort_words(view, labels) for view in views if view != CohortView(cohort=view.cohort)]


def _waiting(one: CaseResult, labels: Labels) -> list[str]:
    """Clients who lost their place or are new and have none; those with the same reason share a line."""
    affected = {*one.newcomers, *(one.changes.lost if one.changes is not None else ())}
    reasons: dict[str, list[str]] = defaultdict(list)
    for unplaced in one.waiting:
        if unplaced.client in affected:
            reasons[unplaced.reason].append(unplaced.client)
    return [f"{labels.list(clients)}: {labels.text(reason)}" for reason, clients in reasons.items()]


def _cut(lines: list[str]) -> list[str]:
    if len(lines) <= MOST_LINES + 1:
        return lines
    return [*lines[:MOST_LINES], f"and {len(lines) - MOST_LINES} more (--all)"]
