"""What is known of services: when and where they are given, by whom, how far apart, to how many."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.explain.facts.fact import MANY, Draft, Fact, Kind, Relax, put
from iop_sched.explain.facts.scope import Scope
from iop_sched.explain.facts.staffing import needs
from iop_sched.explain.facts.words import counted, windows_of
from iop_sched.report.words import day_name
from iop_sched.week.care import Follows, Service
from iop_sched.week.document import Path
from iop_sched.week.times import clock

GIVEN = Kind("when and where a service is given", ("service-delivery",), 2)
STAFF = Kind("staff of a service", ("service-staff", "primary"), 3)
TIMING = Kind("timing of a service", ("service-timing",), 3)
GROUP = Kind("size of an open group", ("open-group",), 1)
OFFERINGS = Kind("times of an open group", (), 2)
ROOM = Kind("room of a service", ("rooms",), 3)
SUPPLIES = Kind("supplies of a service", ("supply",), 3)


def facts(scope: Scope) -> Iterator[Fact]:
    """Facts of the scope's services."""
    wanted = {service.id for service in scope.services}
    for index, service in enumerate(scope.week.services):
        if service.id in wanted:
            path: Path = ("services", index)
            yield from _given(service, path)
            for number, need in enumerate(service.staff):
                yield from needs(scope.week, service.id, need, (*path, "staff", number), STAFF)
            yield from _timing(service, path)
            yield from _uses(service, path)
            if service.is_open_group:
                yield from _group(service, path)


def _given(service: Service, path: Path) -> Iterator[Fact]:
    if service.windows:
        at: Path = (*path, "windows")
        yield Fact(GIVEN, at, f"{service.id} is given {windows_of(service.windows)} only", put(at, []))
    if service.sites:
        at = (*path, "sites")
        yield Fact(GIVEN, at, f"{service.id} is given at {', '.join(service.sites)} only", put(at, []))
    if service.telehealth != "allowed":
        at = (*path, "telehealth")
        where = "in person" if service.telehealth == "never" else "by telehealth"
        yield Fact(GIVEN, at, f"{service.id} is given {where} only", put(at, "allowed"))


def _timing(service: Service, path: Path) -> Iterator[Fact]:
    if service.spacing_days is not None:
        at: Path = (*path, "spacing_days")
        says = f"from one {service.id} to the next there are {counted(service.spacing_days, 'day')} at least"
        yield Fact(TIMING, at, says, put(at, None))
    if service.at_most is not None:
        at = (*path, "at_most")
        run = f"in {counted(service.at_most.days, 'day')}"
        says = f"{service.id} is given {counted(service.at_most.count, 'time')} at most {run}"
        yield Fact(TIMING, at, says, put(at, None))
    if service.follows is not None:
        at = (*path, "follows")
        yield Fact(TIMING, at, f"{service.id} {_after(service.follows)}", put(at, None))


def _after(follows: Follows) -> str:
    named = [name for name in (follows.block_kind, follows.service) if name]
    return f"comes {follows.min_days} to {follows.max_days} days after {' or '.join(named)}"


def _uses(service: Service, path: Path) -> Iterator[Fact]:
    if service.room_kind is not None:
        at: Path = (*path, "room_kind")
        yield Fact(ROOM, at, f"{service.id} needs a room of kind {service.room_kind}", put(at, None))
    if service.supplies:
        at = (*path, "supplies")
        yield Fact(SUPPLIES, at, f"{service.id} uses {', '.join(service.supplies)}", put(at, []))


def _group(service: Service, path: Path) -> Iterator[Fact]:
    at: Path = (*path, "participants", "min")
    says = f"{service.id} runs with {counted(service.participants.min, 'person', 'people')} at least"
    yield Fact(GROUP, at, says, put(at, 1))
    at = (*path, "participants", "max")
    says = f"{service.id} takes {counted(service.participants.max, 'person', 'people')} at most"
    yield Fact(GROUP, at, says, put(at, MANY))
    if service.offerings:
        at = (*path, "offerings")
        times = ", ".join(f"{day_name(one.day)} {clock(one.start)}" for one in service.offerings)
        yield Fact(OFFERINGS, at, f"{service.id} is offered {times}", _any_offering(service, path))
    else:
        at = (*path, "max_offerings")
        says = f"{service.id} is held {counted(service.max_offerings, 'time')} a week at most"
        yield Fact(OFFERINGS, at, says, put(at, service.max_offerings + 1))


def _any_offering(service: Service, path: Path) -> Relax:
    """As many at any time; windows do not bind fixed offerings, so they are taken away too."""

    def relax(draft: Draft) -> None:
        for name, value in (
            ("offerings", []),
            ("windows", []),
            ("max_offerings", len(service.offerings) + 1),
        ):
            put((*path, name), value)(draft)

    return relax
