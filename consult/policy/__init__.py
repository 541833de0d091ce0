"""The law as data that can be checked: packs of dated, cited rules, and the pure functions that read them.

Nothing here knows a database, a clock or a session: a pack and a date go in, a date and its reason come out, so that
a lawyer, a councillor or an inspector can run the same rules from the command line on files alone.
"""
