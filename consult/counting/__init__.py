"""Counting a participatory budget: ballots and a rule in, winners with their explanation out.

Pure: no database, no clock, no session. What decides is compared exactly, in integers and fractions; floats only choose
what is worth comparing. `consult count FILE.pb` gives on anybody's computer what the service gave.
"""
