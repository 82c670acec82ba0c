"""Staff is hired as the planted roster needs it, so that it is as scarce as it is to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iop_sched.generate.catalogue import SERVICES, Raw
from iop_sched.generate.clinicians import MOST_HOURS, Clinician
from iop_sched.generate.draft import Person, Site
from iop_sched.week.times import Interval, round_up

LETTERS = {
    "therapist": "t",
    "counselor": "k",
    "psychiatrist": "p",
    "psychiatric-nurse": "n",
    "case-manager": "m",
    "body-worker": "y",
}
FLOATING = ("afternoon", "evening", "morning")


@dataclass(frozen=True)
class Wanted:
    """What a clinician must bring along."""

    need: Raw
    language: str | None = None
    payer: str | None = None

    def met_by(self, person: Clinician) -> bool:
        """Whether a clinician has it."""
        if not person.qualified(self.need) or (self.payer is not None and self.payer not in person.payers):
            return False
        return self.language is None or self.language in person.languages


def hire(site: Site, wanted: Wanted, shift: str) -> Clinician:
    """Somebody new."""
    role = wanted.need["roles"][0]
    dice = site.dice
    earlier = sum(one.role == role for one in site.staff)
    if role == "body-worker":
        shift = "midday"
    person = Clinician(site.ids.next(LETTERS[role]), role, site.id, shift, site.grid)
    person.modalities = list(wanted.need.get("modalities", ())) or [dice.pick(("cbt", "act"))]
    person.credentials = list(wanted.need.get("credentials", ()))
    if role == "counselor" and "dbt" not in person.modalities:
        person.modalities.append("dbt")
    if role == "body-worker":
        person.modalities = ["yoga", "neurofeedback"] if earlier % 2 == 0 else ["yoga"]
    if role == "therapist" and earlier % 3 == 1:
        person.credentials = ["emdr-certified"]
        person.modalities = sorted({*person.modalities, "emdr"})
    if role == "case-manager" and earlier == 0:
        person.turnaround = 10
    if role == "counselor" and earlier % 4 == 1:
        person.also = "case-manager"
    speaks = wanted.language == "spanish" or earlier % 4 == 1
    person.languages = ["english", "spanish"] if speaks or role not in MOST_SPEAK else ["english"]
    person.payers = ["blue", "state"]
    if wanted.payer is not None or earlier == 0 or dice.chance(0.7):
        person.payers.append("guild")
    site.staff.append(person)
    return person


MOST_SPEAK = ("therapist", "counselor")
"""Of the other roles there are so few that each of them speaks every language."""


def find_or_hire(
    site: Site,
    wanted: Wanted,
    day: int,
    when: Interval,
    shift: str,
    meeting: str | None = None,
    first: Iterable[Clinician] = (),
) -> Clinician:
    """Somebody there who is free then, those of ``first`` before the others; or somebody new."""
    for person in (*first, *site.staff):
        if person.leads and meeting is not None:
            continue
        if wanted.met_by(person) and person.fits(day, *when, meeting=meeting):
            return person
    return hire(site, wanted, shift)


def hire_for_sessions(site: Site) -> None:
    """As many of each role as the hours prescribed ask for, beside those who staff the meetings."""
    asked = dict.fromkeys(MOST_HOURS, 0)
    for person in site.people:
        if person.kind not in ("seat", "optional"):
            continue
        for role, minutes in _asked(site, person):
            asked[role] += minutes
    for role, shift in (("psychiatrist", "midday"), ("case-manager", "office"), ("body-worker", "office")):
        _fill(site, role, asked[role], (shift,))
    _fill(site, "therapist", asked["therapist"], FLOATING)


def _asked(site: Site, person: Person) -> list[tuple[str, int]]:
    found = []
    for name, least, _ in person.services:
        plan = SERVICES[name]
        if not plan.group:
            minutes = round_up(plan.minutes, site.grid) * least
            found += [(need["roles"][0], minutes) for need in plan.needs]
    if person.new and not person.assessed:
        found.append(("case-manager", round_up(SERVICES["assessment"].minutes, site.grid)))
    return found


def _fill(site: Site, role: str, minutes: int, shifts: tuple[str, ...]) -> None:
    most = MOST_HOURS[role] * 60
    there = [one for one in site.staff if one.role == role]
    # Not every minute that is free suits a client.
    short = round(minutes * 1.08) - sum(most - one.load for one in there)
    turn = 0
    while short > 0 or (turn == 0 and not there):
        wanted = Wanted({"roles": [role]})
        if role == "psychiatrist" and turn % 2 == 1:
            wanted = Wanted({"roles": ["psychiatric-nurse"]})
        person = hire(site, wanted, shifts[turn % len(shifts)])
        if "emdr-certified" in person.credentials and turn % 2 == 1:
            person.turnaround = 15
        if site.dice.chance(0.15):
            day, hours = site.dice.pick([(day, hours) for day in range(5) if (hours := person.window(day))])
            person.away = (day, hours[0], hours[0] + 180)
        short -= most
        turn += 1
