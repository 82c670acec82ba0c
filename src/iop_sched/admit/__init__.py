"""Who could start on Monday: places for one client in a roster that otherwise stays as it is.

Everything that the roster decides for others is taken as a fact, so that what remains is a week of one
client: ``alone`` writes it down, ``model`` builds it with the rules of the full model, ``search`` finds the
best timetable for every cohort and day pattern, and ``offers`` has the whole roster checked by ``rules``.
"""
