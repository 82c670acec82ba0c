"""eligibility: a client joins only a cohort that is meant for people like them."""

from __future__ import annotations

from iop_sched.cpsat.facts import speaks
from iop_sched.cpsat.model import Model
from iop_sched.week.care import Cohort
from iop_sched.week.people import Client

RULE = "eligibility"


def admits(model: Model, client: Client, cohort: Cohort) -> bool:
    """Whether the client may join the cohort."""
    if not model.active(RULE) or model.facts.overridden(RULE, client.id):
        return True
    return (
        client.level in cohort.levels
        and (not cohort.populations or client.population in cohort.populations)
        and set(client.needs) <= set(cohort.serves)
        and set(cohort.requires) <= set(client.needs)
        and speaks((cohort.language,) if cohort.language else (), client.languages)
        and cohort.format in client.formats
        and (not client.sites or cohort.site in client.sites)
    )
