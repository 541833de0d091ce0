"""What the role that serves may do to each table of PostgreSQL, and no more: `consult migrate --role`.

The tables belong to another role, without a login, as which only the schema is changed. So a hijacked service can
neither rewrite the record nor take away what refuses it; whoever administers the server still can, and against that
stand the checkpoints that others hold.
"""

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

from consult.record.append_only import APPEND_ONLY, ERASABLE
from consult.store import Database
from consult.tables import metadata

#: Tables from which rows are taken out again: what waits, what served its time, what was a draft, what is counted anew.
FORGOTTEN = (
    "alike_group",
    "alike_member",
    "answer_draft",
    "answer_template",
    "article_count",
    "assignment",
    "attachment",
    "attendance",
    "browser_session",
    "category",
    "consultation_word",
    "cycle_phase",
    "department_member",
    "digest_subscription",
    "document",
    "follower",
    "dossier",
    "further_pack",
    "job",
    "known_device",
    "minutes_draft",
    "one_use_link",
    "pace",
    "paper_count",
    "pending",
    "pool",
    "project_draft",
    "project_photo",
    "promise_draft",
    "pseudonym",
    "reason",
    "recovery_code",
    "report_draft",
    "roll",
    "roll_line",
    "sent_form",
    "sign_up",
    "spent_link",
    "support",
    "totp_secret",
    "unconfirmed_recommendation",
    "unconfirmed_speaker",
    "unsent_recommendation",
)
#: Alembic's own table, which says which schema this is.
SCHEMA_VERSION = "alembic_version"


def rights_on(table: str) -> str:
    """Return what the service needs to do to a table."""
    rights = ["SELECT", "INSERT"]
    if table not in (*APPEND_ONLY, *ERASABLE):
        rights.append("UPDATE")
    if table in (*FORGOTTEN, *ERASABLE):
        rights.append("DELETE")
    return ", ".join(rights)


def statements(role: str) -> Iterator[str]:
    """Return the statements that give a role its rights, and nothing besides, whatever it had before."""
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {role}"
    yield f"REVOKE ALL ON SCHEMA public FROM {role}"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    # SELECT for backups, which write down how far each sequence has counted.
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    yield f"GRANT SELECT ON {SCHEMA_VERSION} TO {role}"
    for table in metadata.sorted_tables:
        yield f'GRANT {rights_on(table.name)} ON "{table.name}" TO {role}'


def give_rights(db: Session, role: str) -> None:
    """Give the role that serves its rights; run as the owner of the tables, after each migration."""
    quoted = db.get_bind().dialect.identifier_preparer.quote_identifier(role)
    for statement in statements(quoted):
        db.execute(text(statement))


def is_unbound(database: Database) -> bool:
    """Whether the role that serves owns the record's tables, and so could take away what refuses to rewrite them."""
    if database.is_sqlite:
        return False
    owned = "SELECT pg_has_role(current_user, relowner, 'MEMBER') FROM pg_class WHERE oid = 'event'::regclass"
    with database.engine.connect() as connection:
        return bool(connection.execute(text(owned)).scalar())
