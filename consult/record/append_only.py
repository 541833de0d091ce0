"""What the database itself refuses to forget: triggers on the append-only tables, for the migrations to copy.

They stop accidents and a hijacked application. Who owns the database can drop them; against that stand the signed
checkpoints that others hold.
"""

#: Tables whose rows are never changed and never deleted.
APPEND_ONLY = ("event", "leaf", "checkpoint", "pack")
#: Tables whose rows are never changed, but may be deleted: a person's text on a lawful request.
ERASABLE = ("body",)

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'the table ' || TG_TABLE_NAME || ' is append-only';
END
$$
"""


def trigger_name(table: str, change: str) -> str:
    """Return the name of the trigger that refuses a change ("update", "delete") of a table's rows."""
    return f"{table}_refuses_{change}"


def trigger_statements(dialect: str) -> list[str]:
    """Return the statements that make the triggers, on "sqlite" or "postgresql"; running them again changes nothing.

    A batch migration of SQLite rebuilds a table without its triggers, so it runs them again.
    """
    refused = dict.fromkeys(APPEND_ONLY, ("update", "delete")) | dict.fromkeys(ERASABLE, ("update",))
    pairs = [(table, change) for table, changes in refused.items() for change in changes]
    if dialect == "sqlite":
        return [_sqlite(table, change) for table, change in pairs]
    emptied = [(table, "truncate") for table in refused]
    return [POSTGRESQL_FUNCTION, *(statement for pair in [*pairs, *emptied] for statement in _postgresql(*pair))]


def _sqlite(table: str, change: str) -> str:
    return (
        f"CREATE TRIGGER IF NOT EXISTS {trigger_name(table, change)} BEFORE {change.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'the table {table} is append-only'); END"
    )


def _postgresql(table: str, change: str) -> list[str]:
    name = trigger_name(table, change)
    action = "FOR EACH STATEMENT EXECUTE FUNCTION refuse_append_only()"
    return [
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {change.upper()} ON {table} {action}",
        # ALWAYS: even where a replication role would pass ordinary triggers by.
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    ]
