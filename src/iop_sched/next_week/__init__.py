"""The week after: week, roster and attendance in, the next program week out.

``advance`` decides field by field. What is not named below stays as it is.

=====================================  ==============================================================
field of the week                      next week
=====================================  ==============================================================
``week_of``                            seven days later
``closures``                           gone: of this week only
``rooms``, ``care_teams``              stay; what a room's closing or somebody's absence made of them in this
                                       week alone is gone, and so is a pause
``pins``                               gone, overrides too: what they fixed has happened, and is in
                                       ``previous``
``previous``                           the roster: places, leaders, sessions of those who were treated
``cohorts``                            running ones stay; a candidate that opened is running, with the
                                       option chosen; one that did not stays a candidate
``apart``, ``together``                pairs of which somebody left are gone
clinicians: ``away``                   gone; ``available``, ``breaks`` and all else stand every week
clients who leave                      those whose stay has ended, and those who wanted an assessment
                                       alone and had it
clients: ``absences``                  gone
clients: ``busy``, ``available``       stay: they are of every week, as are the family's hours
``waiting_days``                       0 for those placed, 7 more for all others
``authorisation``                      dates stay; units less what was attended on covered dates (days
                                       with anything, or hours, where a quarter begun counts whole);
                                       one that has ended stays, as nothing else is agreed to
``prescription``                       stays; becomes the step that is due
``prescription.steps``                 those due are taken and gone; of somebody without a place, all
                                       are a week later, since treatment has not gone on
``step_down``                          as the step says; without one it stays, as the hours do
``stay`` of those placed               a last day, when the stay ends next week; its date, when later.
                                       A new client's ``length_days`` is counted from the start, to its
                                       most
``stay`` of the others                 any day to start on, save that days between assessment and first
                                       meeting may reach into the week; ``length_days`` stays,
                                       ``last_date`` is a week later; a ``last_day`` has passed
``intake`` of those placed             none: treatment has begun
``intake`` of the others               an assessment held is done, a weekday for the insurance has
                                       come, pending stays pending. A deadline that has passed would
                                       leave the referral without any day; it is told, and any day of
                                       next week will do
=====================================  ==============================================================

Who missed the assessment before treatment could not begin: no place, and the referral stays one.

Nothing in the new file contradicts itself. It can still be a week in which somebody in treatment cannot keep
a place: a step to fewer days than the level of care allows, or a place that a pin kept against the rules.
``affected`` names these clients (``stranded``), and the cohorts that will have too few (``too_few``).
"""

from __future__ import annotations

from iop_sched.next_week.advance import NextWeek, advance
from iop_sched.next_week.affected import Affected
from iop_sched.next_week.attended import Attended, load_attended

__all__ = ["Affected", "Attended", "NextWeek", "advance", "load_attended"]
