"""What a block and a session ask alike of the people who staff them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from iop_sched.rules.facts import Facts
from iop_sched.rules.qualification import qualified
from iop_sched.rules.wording import many, names
from iop_sched.week.care import StaffNeed
from iop_sched.week.roster import BlockStaff, SessionStaff


def misstaffed(
    facts: Facts, needs: Sequence[StaffNeed], staff: Sequence[BlockStaff | SessionStaff], more: bool
) -> Iterator[str]:
    """Needs without their number of qualified people (``more``: or above), and people who stand twice."""
    for number, need in enumerate(needs):
        people = [entry.clinician for entry in staff if entry.need == number]
        wanted = " or ".join(need.roles)
        if len(people) < need.count or (len(people) > need.count and not more):
            least = "at least " if more else ""
            yield f"{many(len(people), 'person', 'people')} as {wanted}; {least}{need.count} needed"
        for person in people:
            if not qualified(facts.clinicians[person], need):
                yield f"{person} is not qualified as {_asked(need)}"
    for person, times in Counter(entry.clinician for entry in staff).items():
        if times > 1:
            yield f"{person} is named {times} times"


def _asked(need: StaffNeed) -> str:
    asked = " or ".join(need.roles)
    extra = (*need.credentials, *need.modalities)
    return f"{asked} with {names(extra)}" if extra else asked


def strangers(facts: Facts, staff: Iterable[str], site: str | None) -> Iterator[str]:
    """People who do not work at the site; nobody when it is online."""
    for person in staff:
        if site is not None and site not in facts.clinicians[person].sites:
            yield f"{person} does not work at {site}"
