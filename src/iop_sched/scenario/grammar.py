"""A change in short words: ``out lee thu 13:00-15:00``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from iop_sched.scenario.change import Change
from iop_sched.scenario.form import VALUES, Form, Part
from iop_sched.scenario.forms import FORMS, verbs
from iop_sched.scenario.kinds import KINDS
from iop_sched.scenario.scenario import Origin
from iop_sched.scenario.values import Fields, days_of, read
from iop_sched.week.document import is_id
from iop_sched.week.nearest import nearest
from iop_sched.week.problems import InputProblems
from iop_sched.week.times import WEEK
from iop_sched.week.validating import validated

MAX_LENGTH = 300

_DAY_NAMES = {day.code: day.code for day in WEEK} | {
    "monday": "mon",
    "tuesday": "tue",
    "wednesday": "wed",
    "thursday": "thu",
    "friday": "fri",
    "saturday": "sat",
    "sunday": "sun",
    "weekdays": "weekdays",
    "weekend": "weekend",
    "daily": "daily",
}
_AROUND = re.compile(r"\s*(,|\.\.)\s*")
_CLOCKS = re.compile(r"([0-9]:[0-9]{2})\s*[-–]\s*([0-9]{1,2}:)")


_OPTION = Origin("--change")


def parse_change(text: str, origin: Origin = _OPTION) -> Change:
    """A change from short words; an equals sign is as good as a space.

    Raises ``InputProblems`` at ``origin``, with the form that was probably meant.
    """
    words = _words(text[: MAX_LENGTH + 1])
    if not words or len(text) > MAX_LENGTH:
        what = "a change is missing" if not words else "this is too long for a change"
        raise InputProblems([origin.problem(what, f"write one such as '{FORMS[0].example}'")])
    forms = [form for form in FORMS if form.verb == words[0].lower()]
    if not forms:
        # what is not nearly a verb may be anything, such as a name
        near = is_id(words[0]) and nearest(words[0], verbs()) is not None
        what = f"there is no change '{words[0]}'" if near else "this is no change"
        raise InputProblems([origin.problem(what, _verb_meant(words[0]))])
    farthest = _Farthest(words)
    for form in forms:
        fields = _match(form, farthest)
        if fields is not None:
            return _made(form, fields, origin)
    raise InputProblems([origin.problem(farthest.what(), farthest.right())])


def _words(text: str) -> list[str]:
    """The words, with several weekdays in a row as one."""
    spread = _CLOCKS.sub(r"\1-\2", _AROUND.sub(r"\1", text.strip())).replace("=", " ").split()
    words: list[str] = []
    for word in spread:
        if len(words) > 1 and days_of(words[-1]) is not None and days_of(word) is not None:
            words[-1] += f",{word}"
        else:
            words.append(word)
    return words


def _verb_meant(word: str) -> str:
    close = nearest(word, verbs())
    return f"did you mean '{close}'?" if close else f"write one of {', '.join(verbs())}"


def _made(form: Form, fields: Fields, origin: Origin) -> Change:
    change, faults = validated(KINDS[form.change], {"change": form.change, **fields, **form.fixed})
    if change is None:
        raise InputProblems(
            origin.problem(f"{fault.path[0]}: {fault.what}" if fault.path else fault.what, fault.right)
            for fault in faults
        )
    return change


@dataclass
class _Farthest:
    """How far the words could be read as any form, and what could have come there."""

    words: list[str]
    reached: int = 0
    expected: list[Part] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    def note(self, form: Form, at: int, part: Part | None) -> None:
        """The words before ``at`` fit the form, and the next one is not ``part`` (none: is too many)."""
        if at > self.reached:
            self.reached, self.expected, self.forms = at, [], []
        if at == self.reached:
            self.forms += [form] if form not in self.forms else []
            self.expected += [part] if part is not None and part not in self.expected else []

    def what(self) -> str:
        """What is wrong with the first word that fits no form; only an id's like is repeated."""
        wanted = " or ".join(
            f"'{part.text}'" if part.kind is None else VALUES[part.kind][1] for part in self.expected
        )
        if self.reached >= len(self.words):
            return f"{wanted} is missing at the end"
        word = self.words[self.reached]
        named = f"'{word}'" if is_id(word) else f"word {self.reached + 1}"
        return f"{named} stands where {wanted} should" if wanted else f"{named} is too much"

    def right(self) -> str:
        """The word that was probably meant, and how the forms are written."""
        known = [part.text for part in self.expected if part.kind is None]
        word = self.words[self.reached] if self.reached < len(self.words) else ""
        of_days = any(part.kind in ("day", "days") for part in self.expected)
        close = (_days_meant(word) if of_days else None) or nearest(word, known)
        did = f"did you mean '{close}'? " if close else ""
        ways = " or ".join(f"'{form.usage}'" for form in self.forms)
        return f"{did}write {ways}, such as '{self.forms[0].example}'"


def _days_meant(word: str) -> str | None:
    """Weekdays as they are written here, of names in full or nearly so: ``thursday``, ``monday-thurs``."""
    parts = re.split(r"([,-])", word)
    for at in range(0, len(parts), 2):
        parts[at] = _DAY_NAMES.get(nearest(parts[at], _DAY_NAMES) or "", "")
    meant = "".join(parts)
    return meant if days_of(meant) is not None else None


def _match(form: Form, farthest: _Farthest, part: int = 0, at: int = 0) -> Fields | None:
    """The fields of the words from ``at`` on, read as the form's parts from ``part`` on."""
    words = farthest.words
    if part == len(form.parts):
        if at < len(words):
            farthest.note(form, at, None)
            return None
        return {}
    wanted = form.parts[part]
    found = _read(wanted, words[at]) if at < len(words) else None
    if found is None:
        farthest.note(form, at, wanted)
    else:
        rest = _match(form, farthest, part + 1, at + 1)
        if rest is not None:
            return {**found, **rest}
    first_of_group = wanted.group is not None and (part == 0 or form.parts[part - 1].group != wanted.group)
    if not first_of_group:
        return None
    after = next(
        (i for i in range(part, len(form.parts)) if form.parts[i].group != wanted.group), len(form.parts)
    )
    return _match(form, farthest, after, at)


def _read(part: Part, word: str) -> Fields | None:
    if part.kind is None:
        return {} if word.lower() == part.text else None
    return read(part.kind, part.text, word)
