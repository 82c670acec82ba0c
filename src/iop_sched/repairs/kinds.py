"""The catalogue of repairs: what may be proposed, and what it costs in points.

Points order the list and nothing else; they are no money. 1 and 2 are decisions of the program that nobody
else need be asked about. 3 asks one person for a little: an hour, one client more, one afternoon off work. 4
changes a treatment, an offer or a calendar. From 5 on somebody gives a day, is hired, or a room is found.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One line of the catalogue.

    ``eases``: such a change only ever adds possibilities, whatever else is changed besides. When several of
    them together are not enough, none of them is; so many can be ruled out at once.
    """

    name: str
    proposes: str
    points: int
    why: str
    eases: bool = True


AS_IT_IS = Kind("as it is", "no change; others make room", 0, "the week stays as it is", eases=False)
SEAT = Kind("seat", "a place in an open cohort; others make room", 1, "only who sits where changes", False)
OPEN = Kind("open", "a place in a candidate, which opens", 2, "one group more to lead and to house", False)
UNPIN = Kind("unpin", "a pin lifted", 2, "the director's own decision")
SIZE = Kind("size", "one member more in a cohort", 2, "one chair more")
LEAST = Kind("least members", "a candidate opens with one member fewer", 2, "a smaller group at first")
MOVES = Kind("moves", "one settled client more may change cohort", 2, "somebody has a new group")
SIZE_AND_BLOCKS = Kind("size and blocks", "one member more, in each block too", 3, "blocks are fuller too")
BLOCKS = Kind("blocks", "one client more in each block of an agenda", 3, "all its cohorts may be fuller")
FEW = Kind("few", "blocks with one client fewer", 3, "blocks of all its cohorts may be emptier")
CAPACITY = Kind("capacity", "one chair more in a room", 3, "tighter, if it fits at all")
CASELOAD = Kind("caseload", "one client more for a primary", 3, "work in each of the coming weeks")
WEEK_HOURS = Kind("week hours", "one scheduled hour more a week", 3, "an hour of work")
HOUR = Kind("hour", "an hour before or after a working day", 3, "an hour of work, and of somebody's evening")
WEEKDAY = Kind("weekday", "one weekday more for a client's meetings", 3, "the client has to agree", False)
FREE = Kind("free", "a client's other engagement on one day", 3, "the client has to arrange it", False)
COMES = Kind("comes", "an hour more at which a client can come", 3, "the client has to arrange it", False)
FREE_ALL = Kind("free all", "a client's other engagement on all days", 4, "and each week anew", False)
TRACK = Kind("track", "a day fewer for a client", 4, "less treatment", False)
FLOOR = Kind("floor", "an hour less than a client's least", 4, "less treatment", False)
CEILING = Kind("ceiling", "an hour above a client's most", 4, "more than was prescribed", False)
AUTHORISE = Kind("authorise", "a day, or three hours, more from the payer", 4, "a call; no promise", False)
NEW_COHORTS = Kind("new cohorts", "one candidate more may open", 4, "one group more")
OFFER = Kind("offer", "a candidate may open in another slot", 4, "a new offer to staff and clients", False)
REOPEN = Kind("reopen", "a closed day open", 4, "it was closed for a reason", False)
DAY = Kind("day", "a working day more", 5, "a day of work")
BACK = Kind("back", "a day of absence given up", 5, "somebody is ill or on leave")
SERVICE = Kind("service", "a session fewer for a client", 5, "less treatment", False)
ROOM = Kind("room", "one room more", 7, "has to be found and paid")
HIRE = Kind("hire", "one clinician more", 9, "has to be found and paid")

KINDS = (
    AS_IT_IS,
    SEAT,
    OPEN,
    UNPIN,
    SIZE,
    LEAST,
    MOVES,
    SIZE_AND_BLOCKS,
    BLOCKS,
    FEW,
    CAPACITY,
    CASELOAD,
    WEEK_HOURS,
    HOUR,
    WEEKDAY,
    FREE,
    COMES,
    FREE_ALL,
    TRACK,
    FLOOR,
    CEILING,
    AUTHORISE,
    NEW_COHORTS,
    OFFER,
    REOPEN,
    DAY,
    BACK,
    SERVICE,
    ROOM,
    HIRE,
)
"""All of them, the cheapest first."""
