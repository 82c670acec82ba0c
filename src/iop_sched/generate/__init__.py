"""Seeded synthetic program weeks, each made around a roster that is known to hold.

Every site is drawn by itself. First come people, cohorts and staff, then a roster is made by hand (the
*planted* roster), and then the facts that leave room for it: hours, seats, rooms, last week, pins. So a week
is never impossible, and as many people can be placed as the planted roster places.
"""
