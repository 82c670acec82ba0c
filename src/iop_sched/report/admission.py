"""What a caller is told: who could take a client, when, with which sessions, and what each place costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType

from iop_sched.report.change_words import client_lines
from iop_sched.report.sheet import Sheet, bullets, paragraph, section
from iop_sched.report.words import Labels, count, day_name, day_names, hours
from iop_sched.rules.findings import Term
from iop_sched.week.policy import PENALTIES
from iop_sched.week.roster import Placement, Session
from iop_sched.week.times import clock

if TYPE_CHECKING:
    from iop_sched.admit.offers import Desk, Offer
    from iop_sched.admit.one_other import OneOther
    from iop_sched.admit.refusals import Refusal

UNTOLD = ("cost.staff", "placed", "kept")
"""Penalties that go without saying: that somebody has work with a client, and that the client was waiting."""


def admission_view(
    desk: Desk, offers: Sequence[Offer], refused: Sequence[Refusal], labels: Labels
) -> RenderableType:
    """Offers with their sessions and costs, then the cohorts that cannot take the client."""
    client = desk.others.client.id
    found = len(desk.timetables)
    shown = "" if len(offers) == found else f", the best {len(offers)} of which are shown"
    what = "place" if desk.others.client.prescription is not None else "time for the assessment"
    opening = (
        f"{labels(client)}: {count(found, what)} in the roster as it is{shown}. Nobody else changes."
        if found
        else f"{labels(client)}: no cohort can take this client as the roster stands."
    )
    parts: list[RenderableType] = [paragraph(opening), paragraph("")]
    if offers:
        parts += [places_section(desk, offers, labels), _costs(desk, offers), *_remarks(offers, labels)]
    if refused:
        parts.append(refusals_section(refused, labels))
    return Group(*parts)


def refusals_section(refused: Iterable[Refusal], labels: Labels) -> RenderableType:
    """Cohorts without an offer, and what is in the way."""
    rows = [(labels(one.cohort, none="all"), labels.text(one.reason)) for one in refused]
    return section("Not possible as the roster stands", Sheet(("Cohort", "Why"), rows))


def one_other_view(desk: Desk, found: OneOther, most: int, labels: Labels) -> RenderableType:
    """Places for which one other client changes, the best ``most``, who that is, and what each costs.

    They are numbered on from the places for which nobody does.
    """
    offers, first = found.offers[:most], len(desk.timetables) + 1
    opening = paragraph(f"{_one_other_words(desk, found, len(offers))} {_tried_words(found)}")
    if not offers:
        return Group(paragraph(""), opening)
    changes = [f"{number}: {_moved_words(offer, labels)}" for number, offer in enumerate(offers, first)]
    return Group(
        paragraph(""),
        opening,
        paragraph(""),
        section("Who would change", bullets(changes), note="fewest points of disruption first"),
        places_section(desk, offers, labels, first),
        _costs(desk, offers, first),
        *_remarks(offers, labels, first),
    )


def _one_other_words(desk: Desk, found: OneOther, shown: int) -> str:
    what = "place" if desk.others.client.prescription is not None else "time for the assessment"
    if not found.offers:
        return f"No {what} is found for which one other client would change."
    best = "" if shown == len(found.offers) else f", the best {shown} of which are shown"
    return f"{count(len(found.offers), what)} if one other client changes{best}."


def _tried_words(found: OneOther) -> str:
    if found.candidates == 0:
        return "There is nobody whose change could help."
    if found.tried == found.candidates:
        return f"All {count(found.tried, 'client')} in the roster were tried."
    return f"The time was enough to try {found.tried} of {count(found.candidates, 'client')} (--time-limit)."


def _moved_words(offer: Offer, labels: Labels) -> str:
    assert offer.moved is not None
    (line,) = client_lines([offer.moved.view], labels)
    return f"{line} ({count(offer.moved.disruption.total, 'point')})"


def places_section(
    desk: Desk, offers: Sequence[Offer], labels: Labels, first: int = 1, now: Placement | None = None
) -> RenderableType:
    """One row an offer, numbered from ``first``: where, when, with which sessions; none are told twice.

    ``now`` is the place that the client has.
    """
    prescription = desk.others.client.prescription
    aim = "" if prescription is None else f"{hours(prescription.hours.aim)} a week prescribed"
    titles = (">No", "Cohort", "Slot", "Days", "First day", "Primary", ">Hours", "Sessions")
    rows = [
        (
            numbered(number, offer, now),
            labels(offer.placement.cohort, none="none needed") if offer.placement else "-",
            _slot(desk, offer),
            day_names(offer.placement.days) if offer.placement else "-",
            day_name(offer.placement.start) if offer.placement else "-",
            labels(offer.placement.primary) if offer.placement else "-",
            hours(offer.minutes),
            _as_before(offers, number, first) or "\n".join(_sessions(offer, labels)) or "-",
        )
        for number, offer in enumerate(offers, first)
    ]
    return section("Places", Sheet(titles, rows, ruled=True), note=aim)


def numbered(number: int, offer: Offer, now: Placement | None) -> str:
    """``3``, or ``(now) 3`` for the place that the client has."""
    return f"(now) {number}" if now is not None and offer.placement == now else str(number)


def _as_before(offers: Sequence[Offer], number: int, first: int) -> str:
    """``as 3`` where the sessions are those of offer 3."""
    offer = offers[number - first]
    mine = (offer.sessions, offer.joined, offer.missing)
    for earlier, other in enumerate(offers[: number - first], first):
        if (other.sessions, other.joined, other.missing) == mine and (offer.sessions or offer.joined):
            return f"as {earlier}"
    return ""


def _slot(desk: Desk, offer: Offer) -> str:
    if offer.placement is None or offer.placement.cohort is None:
        return "-"
    return desk.others.schedule.open_cohorts[offer.placement.cohort].slot


def _sessions(offer: Offer, labels: Labels) -> list[str]:
    own = [(one, f"{_when(one)} with {_staff(one, labels)}") for one in offer.sessions]
    joined = [(one, f"{_when(one)} (joins the group)") for one in offer.joined]
    found = [words for _, words in sorted(own + joined, key=lambda pair: (pair[0].day, pair[0].start))]
    return found + [f"MISSING {number} x {service}" for service, number in offer.missing.items()]


def _when(session: Session) -> str:
    where = "" if session.site is not None else " online"
    return f"{session.service} {day_name(session.day)} {clock(session.start)}{where}"


def _staff(session: Session, labels: Labels) -> str:
    return labels.list(entry.clinician for entry in session.staff)


def _costs(desk: Desk, offers: Sequence[Offer], first: int = 1) -> RenderableType:
    tiers = [tier for tier in desk.policy.tiers if any(offer.change[tier] for offer in offers)]
    weighted = desk.objective == "weighted"
    titles = [">No", *(f">{tier}" for tier in tiers), *([">weighted"] if weighted else [])]
    rows = [
        [
            str(number),
            *(f"{offer.change[tier]:+d}" for tier in tiers),
            *([f"{offer.weighted:+d}"] if weighted else []),
        ]
        for number, offer in enumerate(offers, first)
    ]
    note = "against leaving the client waiting; below 0 is a gain"
    return section("What each costs, by tier", Sheet(titles, rows), note=note)


def _remarks(offers: Sequence[Offer], labels: Labels, first: int = 1) -> list[RenderableType]:
    lines = []
    for number, offer in enumerate(offers, first):
        found = [*map(_own, _told(offer.own)), *_beside(_told(offer.beside), labels)]
        if found:
            lines.append(f"{number}: {'; '.join(found)}")
    return [section("What is behind it", bullets(lines))] if lines else []


def _told(terms: Iterable[Term]) -> list[Term]:
    return [term for term in terms if term.penalty not in UNTOLD]


def _own(term: Term) -> str:
    when = f" ({term.when})" if term.when else ""
    return f"{term.amount} x {PENALTIES[term.penalty].unit}{when}"


def _beside(terms: list[Term], labels: Labels) -> Iterator[str]:
    """What others cost more, and what is saved, each penalty once."""
    grouped: dict[tuple[str, bool], list[Term]] = defaultdict(list)
    for term in terms:
        grouped[term.penalty, term.amount > 0].append(term)
    for (penalty, more), alike in grouped.items():
        amount = sum(abs(term.amount) for term in alike)
        who = ", ".join(labels.text(term.who) for term in alike)
        yield f"{'adds' if more else 'saves'} {amount} x {PENALTIES[penalty].unit} ({who})"


# JSON


def admission_json(
    desk: Desk, offers: Sequence[Offer], refused: Sequence[Refusal], one_other: OneOther | None, most: int
) -> dict[str, Any]:
    """Offers and refusals as plain data; ``one_other`` is null where it was not looked for."""
    found = None
    if one_other is not None:
        found = {
            "places": len(one_other.offers),
            "tried": one_other.tried,
            "candidates": one_other.candidates,
            "offers": [offer_json(offer) for offer in one_other.offers[:most]],
        }
    return {
        "client": desk.others.client.id,
        "places": len(desk.timetables),
        "offers": [offer_json(offer) for offer in offers],
        "one_other": found,
        "refused": [{"cohort": one.cohort, "reason": one.reason} for one in refused],
    }


def offer_json(offer: Offer) -> dict[str, Any]:
    """One offer as plain data; ``changes`` are those of the other client whose week changes, if any does."""
    moved = offer.moved
    return {
        "placement": None if offer.placement is None else offer.placement.model_dump(mode="json"),
        "sessions": [one.model_dump(mode="json") for one in offer.sessions],
        "joins": [
            one.model_dump(mode="json", include={"service", "day", "start", "site", "offering"})
            for one in offer.joined
        ],
        "hours": offer.minutes / 60,
        "missing": offer.missing,
        "changes": []
        if moved is None
        else [{**moved.view.model_dump(mode="json"), "disruption": moved.disruption.total}],
        "tiers": offer.change,
        "weighted": offer.weighted,
    }
