"""The week of one group of sites."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from iop_sched.sites.groups import Group, pinned
from iop_sched.sites.shares import Share
from iop_sched.week.care import Service
from iop_sched.week.people import Client
from iop_sched.week.pins import Pin
from iop_sched.week.policy import Policy
from iop_sched.week.previous import PreviousPlacement, PreviousWeek
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id


@dataclass(frozen=True)
class _Names:
    """Ids of what a part has."""

    clients: Collection[Id]
    cohorts: Collection[Id]
    clinicians: Collection[Id]
    teams: Collection[Id]


def part(week: ProgramWeek, group: Group, clients: Collection[Id], share: Share) -> ProgramWeek:
    """What of the week happens at a group of sites, for some clients; a valid program week.

    All sites keep their names, for services and clients refer to them; but at those of other groups there is
    neither room nor staff nor cohort. Words, levels of care, payers, slots and agendas stay as they are.
    """
    cohorts = [cohort for cohort in week.cohorts if cohort.site in group]
    clinicians = [clinician for clinician in week.clinicians if group.issuperset(clinician.sites)]
    teams = [team for team in week.care_teams if team.site in group]
    names = _Names(
        clients,
        {cohort.id for cohort in cohorts},
        {clinician.id for clinician in clinicians},
        {team.id for team in teams},
    )
    elsewhere = next((site.id for site in week.sites if site.id not in group), week.sites[0].id)
    return week.model_copy(
        update={
            "rooms": tuple(room for room in week.rooms if room.site in group),
            "supplies": tuple(supply for supply in week.supplies if supply.site in group),
            "cohorts": tuple(cohorts),
            "max_new_cohorts": share.new_cohorts,
            "services": tuple(_service(service, group, share, elsewhere) for service in week.services),
            "clinicians": tuple(clinicians),
            "care_teams": tuple(teams),
            "clients": tuple(
                _client(client, group, names) for client in week.clients if client.id in clients
            ),
            "apart": tuple(pair for pair in week.apart if set(pair) <= set(clients)),
            "together": tuple(pair for pair in week.together if set(pair) <= set(clients)),
            "pins": tuple(pin for pin in week.pins if _is_about(pin, names)),
            "previous": _previous(week.previous, names),
        }
    )


def part_policy(policy: Policy, share: Share) -> Policy:
    """The policy with a group's share of the moves."""
    return policy.model_copy(update={"limits": policy.limits.model_copy(update={"max_moves": share.moves})})


def _service(service: Service, group: Group, share: Share, elsewhere: Id) -> Service:
    """The service as the group gives it; one that it does not give is given at another site."""
    own = tuple(site for site in service.sites if site in group)
    if service.sites and not own and service.telehealth == "never":
        own = service.sites
    sites = own or (tuple(sorted(group)) if not service.sites else service.sites)
    if not service.is_open_group:
        return service.model_copy(update={"sites": sites})
    online = share.online_offerings.get(service.id, frozenset())
    offerings = tuple(
        offering
        for offering in service.offerings
        if (offering.id in online if offering.site is None else offering.site in group)
    )
    most = share.placed_offerings.get(service.id, 0)
    if not offerings and not most:
        away = {"offerings": (), "max_offerings": 1, "sites": (elsewhere,), "telehealth": "never"}
        return service.model_copy(update=away)
    return service.model_copy(update={"offerings": offerings, "max_offerings": most, "sites": sites})


def _client(client: Client, group: Group, names: _Names) -> Client:
    """The client, with the group's sites in reach; wishes about clinicians of other groups are left out."""
    own = tuple(site for site in client.sites if site in group)
    sites = own or client.sites or tuple(sorted(group))
    wish = client.preferences
    clinicians = tuple(one for one in wish.clinicians if one in names.clinicians)
    return client.model_copy(
        update={
            "sites": sites,
            "preferences": wish.model_copy(update={"clinicians": clinicians}),
            "excludes": tuple(one for one in client.excludes if one in names.clinicians),
        }
    )


def _is_about(pin: Pin, names: _Names) -> bool:
    client = pinned(pin)
    if client is not None:
        return client in names.clients
    if pin.team is not None:
        return pin.team.team in names.teams
    about = pin.cohort or pin.meeting
    return about is not None and about.cohort in names.cohorts


def _previous(previous: PreviousWeek, names: _Names) -> PreviousWeek:
    return PreviousWeek(
        placements=tuple(
            _placement(one, names) for one in previous.placements if one.client in names.clients
        ),
        leaders=tuple(
            one for one in previous.leaders if one.cohort in names.cohorts and one.leader in names.clinicians
        ),
        sessions=tuple(one for one in previous.sessions if one.client in names.clients),
    )


def _placement(placement: PreviousPlacement, names: _Names) -> PreviousPlacement:
    """Where a client was, without a cohort or a primary of another group."""
    cohort, primary = placement.cohort, placement.primary
    return placement.model_copy(
        update={
            "cohort": cohort if cohort in names.cohorts else None,
            "primary": primary if primary in names.clinicians else None,
        }
    )
