"""Why a client is where the client is, in sentences and tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType

from iop_sched.report.admission import numbered, offer_json, places_section
from iop_sched.report.sheet import Sheet, bullets, paragraph, section
from iop_sched.report.words import Labels, count, day_names

if TYPE_CHECKING:
    from iop_sched.admit.missing import Clash, Missing
    from iop_sched.explain.placing import Placing, Way

SAID = 2
"""Ways to give way, and sentences for one clinician; more of them add little."""


def placing_view(found: Placing, labels: Labels) -> RenderableType:
    """A client's place or lack of one, what stands in the way, and what else would cost."""
    parts: list[RenderableType] = [paragraph(_opening(found, labels)), paragraph("")]
    if _worth_telling(found):
        parts += [places_section(found.desk, found.offers, labels, now=found.placement), _costs(found)]
    if found.ways:
        lines = [labels.text(line) for way in found.ways for line in way_lines(way)]
        parts.append(section("Why not elsewhere" if found.placement else "Why not", bullets(lines)))
    for one in found.missing:
        lines = [labels.text(line) for line in missing_lines(one)]
        what = f"{count(one.number, 'session')} of {one.service}"
        parts.append(section(f"Why {what} {'is' if one.number == 1 else 'are'} missing", bullets(lines)))
    return Group(*parts)


def _worth_telling(found: Placing) -> bool:
    """Whether there is more to choose than the place that the client has, as it is."""
    return any(one.placement != found.placement or one.change != found.now for one in found.offers)


def _opening(found: Placing, labels: Labels) -> str:
    client, number = labels(found.desk.others.client.id), len(found.desk.timetables)
    if found.desk.others.client.prescription is None:
        return f"{client} wants the assessment only; its best time, with everybody else as they are:"
    if found.placement is not None:
        where = labels(found.placement.cohort, none="no cohort, needing none")
        others = sum(one.placement != found.placement for one in found.desk.timetables)
        costs = ""
        if _worth_telling(found):
            costs = "; this is what each would cost" if others else "; sessions could be at other times"
        return (
            f"{client} is in {where}, {day_names(found.placement.days, none='on no day')}. With everybody"
            f" else as they are, {count(others, 'other place')} would keep every rule{costs}."
        )
    if number:
        return (
            f"{client} has no place, though the roster has {count(number, 'place')} left for this client;"
            " the search had not got there. 'iop-sched admit' takes one."
        )
    return f"{client} has no place, and with everybody else as they are no cohort can give one."


def _costs(found: Placing) -> RenderableType:
    tiers = found.desk.policy.tiers
    # against the place as it is; of an unplaced client, against waiting
    base = found.now if found.placement is not None else dict.fromkeys(tiers, 0)
    titles = (">No", *(f">{tier}" for tier in tiers))
    rows = [
        (
            numbered(number, offer, found.placement),
            *(f"{offer.change[tier] - base[tier]:+d}" for tier in tiers),
        )
        for number, offer in enumerate(found.offers, 1)
    ]
    note = f"against {'the place as it is' if found.placement else 'waiting'}; below 0 is a gain"
    if any(one.placement == found.placement and one.change != found.now for one in found.offers):
        note += "; (now) is the same place, its sessions planned anew"
    return section("What each would cost more, by tier", Sheet(titles, rows), note=note)


def way_lines(way: Way) -> Iterator[str]:
    """A cohort's refusal, then the rules any one of which would have to give way."""
    where = way.refusal.cohort or "every cohort"
    yield f"{where}: {way.refusal.reason}"
    for one in way.giving_way[:SAID]:
        first = {broken.rule: broken.message for broken in reversed(one.broken)}
        rest = f" (and {len(one.broken) - len(first)} more)" if len(one.broken) > len(first) else ""
        said, rules = "; ".join(first[rule] for rule in one.rules), " and ".join(one.rules)
        yield f"{where} could take this client if {rules} gave way: {said}{rest}"
    if way.refusal.stage is not None and way.refusal.stage.name in ("FULL", "NOTHING") and not way.giving_way:
        yield f"{where}: even with one seat more, no single rule that gave way would let this client in"


def missing_lines(one: Missing) -> Iterator[str]:
    """When the client could come, and what each clinician does then."""
    if not one.times:
        yield "the client has no free time at which it is given"
        return
    if not one.clashes:
        yield "no clinician is qualified for it"
        return
    yield f"the client could come at {count(one.times, 'time')} of the week (starts on the grid)"
    for clash in one.clashes:
        yield f"{clash.clinician}: {_clash(clash)}"


def _clash(clash: Clash) -> str:
    if clash.unsuited is not None:
        return clash.unsuited
    parts = []
    if clash.away:
        parts.append(f"does not work at {clash.away} of these")
    if clash.busy:
        busy = ", ".join(f"{what} at {number}" for what, number in clash.busy.most_common(3))
        parts.append(f"is busy at {sum(clash.busy.values())} ({busy})")
    if clash.free:
        rules = [clash.sentences[rule] for rule, _ in clash.rules.most_common(SAID)]
        tried = "" if clash.tried == clash.free else f"; of {clash.tried} tried"
        parts.append(f"is free at {clash.free}{tried}, but {'; '.join(rules) or 'nothing is in the way'}")
    return ", ".join(parts)


# JSON


def placing_json(found: Placing) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "client": found.desk.others.client.id,
        "placement": None if found.placement is None else found.placement.model_dump(mode="json"),
        "tiers_now": found.now,
        "places": len(found.desk.timetables),
        "offers": [offer_json(offer) for offer in found.offers],
        "refused": [
            {
                "cohort": way.refusal.cohort,
                "reason": way.refusal.reason,
                "gives_way": [
                    {"rules": list(one.rules), "broken": [broken.message for broken in one.broken]}
                    for one in way.giving_way
                ],
            }
            for way in found.ways
        ],
        "missing": [
            {"service": one.service, "number": one.number, "why": list(missing_lines(one))}
            for one in found.missing
        ],
    }
