"""Services whose fields contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.week.care import Follows, Offering, Service
from iop_sched.week.document import Fault, Path
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import DAY_MINUTES, round_up


def check(week: ProgramWeek) -> Iterator[Fault]:
    """Faults of every service."""
    for index, service in enumerate(week.services):
        path = ("services", index)
        yield from _participants(service, path)
        yield from _staff(service, path)
        yield from _points(service, path)
        for place, offering in enumerate(service.offerings):
            yield from _offering(service, offering, (*path, "offerings", place), week.grid)
        yield from _overlaps(service, path, week.grid)
        if service.follows:
            yield from _follows(service, service.follows, (*path, "follows"))


def _participants(service: Service, path: Path) -> Iterator[Fault]:
    if service.participants.max < 1:
        yield Fault((*path, "participants", "max"), "nobody could take part", "write 1 or more")
    if not service.is_open_group:
        several = "only an open group (participants: max above 1) has offerings"
        if service.offerings:
            yield Fault((*path, "offerings"), several, "take them out, or raise participants")
        if service.max_offerings:
            yield Fault((*path, "max_offerings"), several, "take it out, or raise participants")
    elif service.offerings and service.max_offerings:
        what = "an open group has either fixed offerings or max_offerings"
        yield Fault((*path, "max_offerings"), what, "take one of the two out")
    elif not service.offerings and not service.max_offerings:
        what = "this open group has no times"
        yield Fault(path, what, "name its offerings, or give max_offerings for the solver to place")


def _staff(service: Service, path: Path) -> Iterator[Fault]:
    for index, need in enumerate(service.staff):
        if need.lead:
            what = "only a block of a meeting has a leader"
            yield Fault((*path, "staff", index, "lead"), what, "take 'lead' out here")


def _points(service: Service, path: Path) -> Iterator[Fault]:
    if service.counts and service.missing_points is not None and service.missing_points < service.minutes:
        what = "a missing session would cost less than its own minutes of dosage"
        yield Fault((*path, "missing_points"), what, f"write {service.minutes} or more, or take it out")


def _offering(service: Service, offering: Offering, path: Path, grid: int) -> Iterator[Fault]:
    if offering.start + round_up(service.minutes, grid) > DAY_MINUTES:
        yield Fault((*path, "start"), "this offering would run past midnight", "write an earlier start")
    if offering.site is None and service.telehealth == "never":
        what = "an offering without a site is online, and this service is never online"
        yield Fault(path, what, "name its site, or write 'telehealth: allowed'")
    if offering.site is not None and service.telehealth == "only":
        yield Fault((*path, "site"), "this service is online only", "take the site out")
    if offering.site is not None and service.sites and offering.site not in service.sites:
        what = f"'{offering.site}' is not among the sites that give this service"
        yield Fault((*path, "site"), what, "add it to the service's sites, or name another")


def _overlaps(service: Service, path: Path, grid: int) -> Iterator[Fault]:
    length = round_up(service.minutes, grid)
    for index, one in enumerate(service.offerings):
        for other in service.offerings[:index]:
            same = (one.day, one.site) == (other.day, other.site)
            if same and abs(one.start - other.start) < length:
                what = f"this offering overlaps offering '{other.id}' at the same place"
                yield Fault((*path, "offerings", index, "start"), what, "write another time")
                break


def _follows(service: Service, follows: Follows, path: Path) -> Iterator[Fault]:
    if (follows.block_kind is None) == (follows.service is None):
        yield Fault(path, "this follows exactly one thing", "name either block_kind or service")
    if follows.service == service.id:
        yield Fault((*path, "service"), "a service cannot follow itself", "name another one")
    if follows.min_days > follows.max_days:
        yield Fault((*path, "min_days"), "min_days is above max_days", "exchange them, or correct one")
