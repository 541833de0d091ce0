"""A small witness (C2SP tlog-witness), which an association runs on a laptop or a server of its own.

It remembers the largest checkpoint that it has seen of each log it knows, and cosigns a larger one only after a proof
that nothing before it was changed. It needs no database and nothing of the town's: a folder with its key, and one small
file for each log. Who loses that folder must make a new key: a witness that has forgotten what it signed is none.
"""
