"""A vote day rehearsed: `python -m tests.load` lets many people vote by HTTP while things are killed.

Everything is as in production but for the proxy: `consult serve` in as many processes as the machine has cores, beside
it `consult worker`, and a PostgreSQL that writes to the disk. Whoever votes is on the same cores.
"""
