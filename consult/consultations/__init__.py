"""Consultations: a draft cut into provisions, what people recommend on each, and the answer they are owed.

`grammar`, `parsing`, `outline`, `oddities`, `tracked_changes`, `alignment` and `comparison` read and compare texts
and know no database; the other modules are the nouns of Law 52/2003, with their tables and actions.
"""
