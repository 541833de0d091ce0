"""What the service costs: measured by hand with `make bench`, never by a test, for a busy machine would fail it.

`towns` makes the data, `faces` asks for pages without a network in between, `pages` and `log` say what is measured,
`tables` prints it.
"""
