"""Mutations of real rosters, each aimed at one rule: what ``check`` must find, and nothing else.

``rosters/`` holds a roster for each instance; ``make_rosters`` makes them anew after an instance has changed.
``ease`` lets a week ask less in the subjects that a mutation cannot but touch, ``tally`` counts anew what the
findings must be, and ``generate`` lists the mutations rule by rule.
"""
