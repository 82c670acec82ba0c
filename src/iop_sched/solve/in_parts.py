"""A large week, solved in parts: group by group of its sites, and section by section of a large site.

Groups of sites that share nothing but clients' choice, and sections of a large site, are weeks of their own
once each client has a group and the week's limits are shared out. They are solved in processes of their own,
a few at a time: first each to a first roster, so that there is soon one of the whole week, then each to a
better one. Every roster of the whole week is put together from the parts' best and checked as a whole.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from iop_sched.rules import Specification
from iop_sched.sites.choosing import choose
from iop_sched.sites.groups import Group, groups
from iop_sched.sites.part import part, part_policy
from iop_sched.sites.sections import Sections, sections
from iop_sched.sites.shares import shares
from iop_sched.sites.splitting import Split, split
from iop_sched.solve import parameters
from iop_sched.solve.grades import graded
from iop_sched.solve.incumbent import DefectError
from iop_sched.solve.outcome import Outcome, SolveOptions
from iop_sched.solve.part_pool import CannotDecompose, Part, Parts
from iop_sched.solve.state import OnProgress, OnRoster
from iop_sched.solve.whole import Whole
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id

MANY = 150
"""More clients with a prescription than this are solved by site.

Fewer fit into one model, whose bounds see all tiers of the whole week, and which may move clients between
sites.
"""

SECTIONS = (70, 100)
"""A site with more than ``MANY`` clients is cut into sections of about so many: the next larger ones when one
of the smaller ones cannot have a roster, because people who could only be placed together are torn apart, or
has none soon."""

MISSING = 0.1
"""Part of its meetings that a cut of a site with more than ``MANY`` clients may leave unheld."""

AT_ONCE = 3
"""Sections into which a site is cut at once."""


def is_for(week: ProgramWeek, policy: Policy, options: SolveOptions) -> bool:
    """Whether a week is solved in parts: the staged strategy, many clients, and something to take apart."""
    if options.strategy != "staged" or options.deterministic or len(week.treated) <= MANY:
        return False
    if "parts" in options.settings.staged.without:
        return False
    found = groups(week, policy)
    return len(found) > 1 or len(found[0]) == 1


def solve(
    week: ProgramWeek,
    policy: Policy,
    options: SolveOptions,
    on_progress: OnProgress | None = None,
    on_roster: OnRoster | None = None,
) -> Outcome | float:
    """What solving in parts came to; or the seconds left, when the week has to be solved as a whole."""
    started = time.monotonic()
    whole = Whole(Specification(week, policy), options, started, on_progress, on_roster)
    for size in SECTIONS:
        cut, found = in_sections(week, policy, size, options)
        if len(found) < 2:
            continue
        whole.rejoin = cut.rejoin
        whole.bounds.clear()
        # without a cut the same parts would come again
        others = size != SECTIONS[-1] and bool(cut.site_of)
        outcome = _solved(whole, parts_of(cut.week, policy, found), others)
        if outcome is not None:
            return outcome
        if not cut.site_of:
            break
    return max(1.0, whole.left())


def _solved(whole: Whole, parts: list[Part], others: bool) -> Outcome | None:
    """What the parts come to; None when one of them cannot have a roster, or has none soon and others may."""
    week, policy = whole.specification.week, whole.specification.policy
    bounded = [Part(week, policy, group) for group in groups(week, policy)]
    with Parts(whole, parts, bounded) as under_way:
        try:
            under_way.solve(others)
        except KeyboardInterrupt:
            under_way.interrupted = True
        except CannotDecompose:
            return None
        except DefectError as defect:
            return _defect(whole, defect)
        try:
            under_way.collect()
        except DefectError as defect:
            return _defect(whole, defect)
    return _outcome(whole, under_way)


def _defect(whole: Whole, defect: DefectError) -> Outcome:
    record = parameters.record(whole.options)
    return Outcome("defect", defects=defect.violations, parameters=record)


def in_sections(
    week: ProgramWeek, policy: Policy, size: int, options: SolveOptions
) -> tuple[Split, list[Group]]:
    """The week with its large sites cut into sections, and the groups of its sites.

    A very large site is cut again and again, into a few sections each time: a cut into many at once is seldom
    a good one. What is small enough for one model is cut again only if all meetings can be held then. Groups
    of several sites stay as they are, however large.
    """
    cut, most, whole = Split(week, {}), MANY, set[Id]()
    while True:
        found = groups(cut.week, policy)
        large = [
            (site, treated)
            for group, treated in zip(found, _treated(cut.week, found), strict=True)
            for site in group
            if treated > most and len(group) == 1 and site not in whole
        ]
        if not large:
            return cut, found
        for site, treated in large:
            made = _sections(cut.week, policy, site, treated, size, options)
            if made is None:
                whole.add(site)
            else:
                cut = split(cut, site, made)
        most = round(size * 1.5)


def _sections(
    week: ProgramWeek, policy: Policy, site: Id, treated: int, size: int, options: SolveOptions
) -> Sections | None:
    """A cut of a site into a few sections of like size: as many as there may be."""
    for count in range(min(AT_ONCE, max(2, round(treated / size))), 1, -1):
        made = sections(week, policy, site, count, seed=options.seed, limit=options.time_limit)
        if made is not None and made.missing <= (MISSING if treated > MANY else 0):
            return made
    return None


def _treated(week: ProgramWeek, found: Sequence[Group]) -> list[int]:
    """How many clients with a prescription each group is to have."""
    chosen = choose(week, found).clients
    return [sum(client.id in clients for client in week.treated) for clients in chosen]


def parts_of(week: ProgramWeek, policy: Policy, found: Sequence[Group]) -> list[Part]:
    """The parts of a week, in the order of its groups of sites."""
    choice = choose(week, found)
    shared = shares(week, policy, found, choice)
    return [
        Part(part(week, group, clients, share), part_policy(policy, share), group)
        for group, clients, share in zip(found, choice.clients, shared, strict=True)
    ]


def _outcome(whole: Whole, parts: Parts) -> Outcome:
    seconds = time.monotonic() - whole.started
    record = parameters.record(whole.options) | {"parts": len(parts.parts)}
    if whole.evaluation is None:
        return Outcome("unknown", seconds=seconds, interrupted=parts.interrupted, parameters=record)
    weighted = whole.options.objective == "weighted"
    status, tiers, sum_of_all = graded(
        whole.evaluation, whole.specification.policy, weighted, whole.bounds, whole.bounds
    )
    return Outcome(
        status,
        roster=whole.roster,
        tiers=tiers,
        weighted=sum_of_all,
        seconds=seconds,
        first_roster_seconds=whole.first_seconds,
        interrupted=parts.interrupted,
        parameters=record,
    )
