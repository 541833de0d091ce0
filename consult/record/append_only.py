"""What the database itself refuses to forget: the tables whose triggers the migrations make and the tests look for.

They stop accidents and a hijacked application. Who owns the database can drop them; against that stand the signed
checkpoints that others hold.
"""

#: Tables whose rows are never changed and never deleted.
APPEND_ONLY = ("event", "leaf", "checkpoint", "pack", "cosignature", "digest", "time_stamp", "election_file")
#: Tables whose rows are never changed, but may be deleted: a person's text on a lawful request.
ERASABLE = ("body",)


def trigger_name(table: str, change: str) -> str:
    """Return the name of the trigger that refuses a change ("update", "delete", "truncate") of a table's rows."""
    return f"{table}_refuses_{change}"
