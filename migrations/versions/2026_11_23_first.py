"""The first schema: identity, consultations, the public record, jobs."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_first"
down_revision = None
branch_labels = None
depends_on = None


#: Rows that are never changed nor deleted; `body` may be erased, but never changed.
REFUSED = {
    "event": ("update", "delete"),
    "leaf": ("update", "delete"),
    "checkpoint": ("update", "delete"),
    "pack": ("update", "delete"),
    "cosignature": ("update", "delete"),
    "digest": ("update", "delete"),
    "time_stamp": ("update", "delete"),
    "election_file": ("update", "delete"),
    "body": ("update",),
}
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'the table ' || TG_TABLE_NAME || ' is append-only';
END
$$
"""


def refuse_changes() -> None:
    """Make the triggers that refuse to change or delete what is append-only."""
    if op.get_bind().dialect.name == "sqlite":
        for table, changes in REFUSED.items():
            for change in changes:
                op.execute(
                    f"CREATE TRIGGER {table}_refuses_{change} BEFORE {change.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'the table {table} is append-only'); END"
                )
        return
    op.execute(POSTGRESQL_FUNCTION)
    for table, changes in REFUSED.items():
        for change in (*changes, "truncate"):
            name = f"{table}_refuses_{change}"
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {change.upper()} ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_append_only()"
            )
            # ALWAYS: even where a replication role would pass ordinary triggers by.
            op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


#: Each act waits for its place in the log from the instant at which it is written, whoever writes it.
SQLITE_QUEUE = """
CREATE TRIGGER event_waits AFTER INSERT ON event
BEGIN
    INSERT INTO pending (event_id) VALUES (NEW.id);
END
"""
POSTGRESQL_QUEUE = """
CREATE OR REPLACE FUNCTION queue_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO pending (event_id) VALUES (NEW.id);
    RETURN NULL;
END
$$
"""


def queue_events() -> None:
    """Make the trigger by which no act is recorded that does not wait for its place."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE_QUEUE)
        return
    op.execute(POSTGRESQL_QUEUE)
    op.execute("CREATE TRIGGER event_waits AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION queue_event()")


def upgrade() -> None:
    op.create_table(
        "authority",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slogan", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("siruta", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=False),
        sa.Column("contact_phone", sa.Text(), nullable=False),
        sa.Column("postal_address", sa.Text(), nullable=False),
        sa.Column("proposals_email", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority")),
        sa.UniqueConstraint("host", name=op.f("uq_authority_host")),
        sa.UniqueConstraint("slug", name=op.f("uq_authority_slug")),
    )
    op.create_table(
        "authority_rule",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_authority_rule_authority_id_authority")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority_rule")),
    )
    op.create_index(op.f("ix_authority_rule_authority_id"), "authority_rule", ["authority_id"], unique=False)
    op.create_table(
        "blob",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "body",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("commitment", name=op.f("uq_body_commitment")),
    )
    op.create_table(
        "checkpoint",
        sa.Column("log", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("log", "size", name=op.f("pk_checkpoint")),
    )
    op.create_table(
        "digest",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("log", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", "log", name=op.f("pk_digest")),
    )
    op.create_index(op.f("ix_digest_log_size"), "digest", ["log", "size"], unique=False)
    op.create_table(
        "digest_subscription",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("leave_token", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_subscription")),
        sa.UniqueConstraint("email", name=op.f("uq_digest_subscription_email")),
        sa.UniqueConstraint("leave_token", name=op.f("uq_digest_subscription_leave_token")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("subject", "ordinal", name=op.f("uq_event_subject_ordinal")),
    )
    op.create_index(op.f("ix_event_commitment"), "event", ["commitment"], unique=False)
    op.create_table(
        "head",
        sa.Column("log", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_head")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("unique_key", sa.Text(), nullable=True),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_job_unique_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_job_due", "job", ["failed_at", "run_at", "id"], unique=False)
    op.create_table(
        "pace",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("free_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_pace")),
    )
    op.create_index(op.f("ix_pace_free_at"), "pace", ["free_at"], unique=False)
    op.create_table(
        "figure_table",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("main", sa.Integer(), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_table")),
        sa.UniqueConstraint("sha256", "main", name=op.f("uq_figure_table_sha256_main")),
    )
    op.create_table(
        "figure_line",
        sa.Column("table_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("parent_key", sa.Text(), nullable=True),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("amounts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["table_id"], ["figure_table.id"], name=op.f("fk_figure_line_table_id_figure_table")),
        sa.PrimaryKeyConstraint("table_id", "position", name=op.f("pk_figure_line")),
    )
    op.create_index("uq_figure_line_key", "figure_line", ["table_id", "key"], unique=True)
    op.create_index("ix_figure_line_below", "figure_line", ["table_id", "parent_key", "position"], unique=False)
    op.create_table(
        "pack",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_pack")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("residence_verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "sent_form",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_sent_form")),
    )
    op.create_index(op.f("ix_sent_form_sent_at"), "sent_form", ["sent_at"], unique=False)
    op.create_table(
        "spent_link",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "confirm_address",
                "recovery",
                "setup",
                "membership",
                "nomination",
                "subscription",
                "following",
                "proposal",
                "speaking",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "ending",
            sa.Enum("used", "expired", "replaced", name="ending", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_spent_link")),
    )
    op.create_index(op.f("ix_spent_link_ended_at"), "spent_link", ["ended_at"], unique=False)
    op.create_table(
        "tile",
        sa.Column("log", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log", "level", "number", name=op.f("pk_tile")),
    )
    op.create_table(
        "timetable_slot",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_timetable_slot")),
    )
    op.create_table(
        "witness",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("vkey", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("known_size", sa.BigInteger(), nullable=False),
        sa.Column(
            "trouble",
            sa.Enum(
                "unreachable",
                "stranger",
                "no_signature",
                "ahead",
                "fork",
                name="trouble",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("trouble_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("ask_after", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_witness")),
    )
    op.create_index(
        "uq_witness_current",
        "witness",
        ["vkey"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "browser_session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "certainty",
            sa.Enum(
                "half",
                "one_factor",
                "two_factors",
                name="certainty",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("is_official", sa.Boolean(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_browser_session_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browser_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_browser_session_token_hash")),
    )
    op.create_index(op.f("ix_browser_session_began_at"), "browser_session", ["began_at"], unique=False)
    op.create_index(op.f("ix_browser_session_person_id"), "browser_session", ["person_id"], unique=False)
    op.create_table(
        "consultation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "approval",
                "proposals",
                "analysis",
                "answered",
                "submitted",
                "adopted",
                "rejected",
                "withdrawn",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("initiator", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("justification", sa.Text(), nullable=False),
        sa.Column("ways_to_send", sa.Text(), nullable=False),
        sa.Column("channels", sa.Text(), nullable=False),
        sa.Column("concerns_business", sa.Boolean(), nullable=False),
        sa.Column("urgent_motive", sa.Text(), nullable=False),
        sa.Column("shorter_motive", sa.Text(), nullable=False),
        sa.Column("dates_motive", sa.Text(), nullable=False),
        sa.Column("withheld", sa.JSON(), nullable=False),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=False),
        sa.Column("contact_phone", sa.Text(), nullable=False),
        sa.Column("proposals_until", sa.Date(), nullable=True),
        sa.Column("submission_on", sa.Date(), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("outcome_note", sa.Text(), nullable=False),
        sa.Column("pack_digest", sa.Text(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edited_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("returned_note", sa.Text(), nullable=False),
        sa.Column("recommendation_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("(number IS NULL) = (opens_at IS NULL)", name=op.f("ck_consultation_published_with_number")),
        sa.CheckConstraint(
            "closes_at IS NULL OR closes_at > opens_at", name=op.f("ck_consultation_open_for_some_time")
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f("fk_consultation_approved_by_person")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_consultation_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_consultation_created_by_person")),
        sa.ForeignKeyConstraint(["edited_by"], ["person.id"], name=op.f("fk_consultation_edited_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("authority_id", "year", "number", name=op.f("uq_consultation_authority_id_year_number")),
    )
    op.create_index("ix_consultation_by_deadline", "consultation", ["authority_id", "closes_at"], unique=False)
    op.create_table(
        "cosignature",
        sa.Column("log", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "witness_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["log", "size"], ["checkpoint.log", "checkpoint.size"], name=op.f("fk_cosignature_log_size_checkpoint")
        ),
        sa.ForeignKeyConstraint(["witness_id"], ["witness.id"], name=op.f("fk_cosignature_witness_id_witness")),
        sa.PrimaryKeyConstraint("log", "size", "witness_id", "at", name=op.f("pk_cosignature")),
    )
    op.create_table(
        "erased_text",
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_erased_text_event_id_event")),
        sa.PrimaryKeyConstraint("commitment", name=op.f("pk_erased_text")),
    )
    op.create_table(
        "known_device",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("device_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_known_device_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "device_hash", name=op.f("pk_known_device")),
    )
    op.create_table(
        "last_number",
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "register",
            sa.Enum(
                "consultations",
                "recommendations",
                "debate_requests",
                "meetings",
                "projects",
                name="register",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_last_number_authority_id_authority")),
        sa.PrimaryKeyConstraint("authority_id", "register", "year", name=op.f("pk_last_number")),
    )
    op.create_table(
        "leaf",
        sa.Column("log", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("idx", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_leaf_event_id_event")),
        sa.PrimaryKeyConstraint("log", "idx", name=op.f("pk_leaf")),
        sa.UniqueConstraint("event_id", "log", name=op.f("uq_leaf_event_id_log")),
    )
    op.create_index(op.f("ix_leaf_log_procedure_idx"), "leaf", ["log", "procedure", "idx"], unique=False)
    op.create_index(op.f("ix_leaf_log_type_idx"), "leaf", ["log", "type", "idx"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "debate",
                "dialogue",
                "session",
                name="meetingkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("online", sa.Text(), nullable=False),
        sa.Column("ways_to_send", sa.Text(), nullable=False),
        sa.Column("ways_to_speak", sa.Text(), nullable=False),
        sa.Column("minutes_each", sa.Integer(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("motive", sa.Text(), nullable=False),
        sa.Column(
            "closed",
            sa.Enum(
                "exempt", "secret_vote", "other", name="closed", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("closed_because", sa.Text(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=False),
        sa.CheckConstraint("cancelled_at IS NULL OR ended_at IS NULL", name=op.f("ck_meeting_cancelled_or_held")),
        sa.CheckConstraint("participants IS NULL OR participants >= 0", name=op.f("ck_meeting_participants")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_meeting_authority_id_authority")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_meeting_created_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("authority_id", "year", "number", name=op.f("uq_meeting_authority_id_year_number")),
    )
    op.create_index("ix_meeting_by_day", "meeting", ["authority_id", "starts_at"], unique=False)
    op.create_table(
        "office",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "clerk",
                "approver",
                "contact_person",
                "department_member",
                "commission_member",
                "moderator",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("appointed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("appointed_by <> person_id", name=op.f("ck_office_given_by_another")),
        sa.ForeignKeyConstraint(["appointed_by"], ["person.id"], name=op.f("fk_office_appointed_by_person")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_office_authority_id_authority")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_office_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_index(op.f("ix_office_person_id"), "office", ["person_id"], unique=False)
    op.create_index(
        "uq_office_current",
        "office",
        ["authority_id", "person_id", "role"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "one_use_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "confirm_address",
                "recovery",
                "setup",
                "membership",
                "nomination",
                "subscription",
                "following",
                "proposal",
                "speaking",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("next_path", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_one_use_link_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_use_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_use_link_token_hash")),
    )
    op.create_index(op.f("ix_one_use_link_email"), "one_use_link", ["email"], unique=False)
    op.create_index(op.f("ix_one_use_link_expires_at"), "one_use_link", ["expires_at"], unique=False)
    op.create_index(op.f("ix_one_use_link_person_id"), "one_use_link", ["person_id"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("registry_number", sa.Text(), nullable=False),
        sa.Column("fiscal_code", sa.Text(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "pending",
                "verified",
                "refused",
                "left",
                name="standing",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_organisation_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_organisation_created_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_organisation_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_index(op.f("ix_organisation_authority_id"), "organisation", ["authority_id"], unique=False)
    op.create_index(op.f("ix_organisation_fiscal_code"), "organisation", ["fiscal_code"], unique=False)
    op.create_index(
        "uq_organisation_verified_fiscal_code",
        "organisation",
        ["fiscal_code"],
        unique=True,
        sqlite_where=sa.text("standing = 'verified'"),
        postgresql_where=sa.text("standing = 'verified'"),
    )
    op.create_table(
        "pending",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_pending_event_id_event")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_pending")),
        sa.UniqueConstraint("event_id", name=op.f("uq_pending_event_id")),
    )
    op.create_table(
        "pseudonym",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pseudonym_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "procedure", name=op.f("pk_pseudonym")),
        sa.UniqueConstraint("name", name=op.f("uq_pseudonym_name")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_person_id"), "recovery_code", ["person_id"], unique=False)
    op.create_table(
        "time_stamp",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("log", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["day", "log"], ["digest.day", "digest.log"], name=op.f("fk_time_stamp_day_log_digest")
        ),
        sa.PrimaryKeyConstraint("day", "log", name=op.f("pk_time_stamp")),
    )
    op.create_table(
        "registered_author",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_registered_author_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_registered_author")),
    )
    op.create_table(
        "totp_secret",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_totp_secret_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_totp_secret")),
    )
    op.create_index(op.f("ix_totp_secret_person_id"), "totp_secret", ["person_id"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "adopted",
                "amended",
                "rejected",
                "withdrawn",
                "returned",
                name="agendaresult",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("act_url", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_secret", sa.Boolean(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("abstentions", sa.Integer(), nullable=False),
        sa.Column("absences", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("meeting_id", "position", name=op.f("uq_agenda_item_meeting_id_position")),
    )
    op.create_table(
        "article_count",
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("article_key", sa.Text(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("spanning", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.Column("taken_up", sa.Integer(), nullable=False),
        sa.Column("partly", sa.Integer(), nullable=False),
        sa.Column("not_taken_up", sa.Integer(), nullable=False),
        sa.Column("out_of_scope", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_article_count_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("consultation_id", "article_key", name=op.f("pk_article_count")),
    )
    op.create_table(
        "consultation_word",
        sa.Column("word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_consultation_word_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("word", "consultation_id", name=op.f("pk_consultation_word")),
    )
    op.create_index(
        op.f("ix_consultation_word_consultation_id"), "consultation_word", ["consultation_id"], unique=False
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "attending_as",
            sa.Enum(
                "initiator", "expert", "other", name="attending", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    op.create_index(op.f("ix_attendance_meeting_id"), "attendance", ["meeting_id"], unique=False)
    op.create_table(
        "confirmed_duty",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_confirmed_duty_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmed_duty")),
        sa.UniqueConstraint("consultation_id", "rule", name=op.f("uq_confirmed_duty_consultation_id_rule")),
    )
    op.create_table(
        "follower",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("leave_token", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_follower_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follower")),
        sa.UniqueConstraint("consultation_id", "email", name=op.f("uq_follower_consultation_id_email")),
        sa.UniqueConstraint("leave_token", name=op.f("uq_follower_leave_token")),
    )
    op.create_table(
        "date_move",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "of",
            sa.Enum(
                "proposals_until",
                "submission_on",
                name="promised",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("was_on", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_date_move_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_move")),
    )
    op.create_index(op.f("ix_date_move_consultation_id"), "date_move", ["consultation_id"], unique=False)
    op.create_table(
        "debate_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "asker",
            sa.Enum("association", "authority", name="asker", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("entered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("body_id", sa.String(length=32), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (meeting_id IS NULL AND refusal = '')", name=op.f("ck_debate_request_answered")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_debate_request_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_debate_request_body_id_body"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_debate_request_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_debate_request_entered_by_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_debate_request_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_debate_request_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_debate_request_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debate_request")),
        sa.UniqueConstraint("authority_id", "year", "number", name=op.f("uq_debate_request_authority_id_year_number")),
    )
    op.create_index(op.f("ix_debate_request_consultation_id"), "debate_request", ["consultation_id"], unique=False)
    op.create_index(op.f("ix_debate_request_meeting_id"), "debate_request", ["meeting_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "report",
                "study",
                "annex",
                "other",
                "minutes",
                "recommendations",
                "opinion",
                "final",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("added_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_document_added_by_person")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_document_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("consultation_id", "sha256", name=op.f("uq_document_consultation_id_sha256")),
    )
    op.create_index(op.f("ix_document_sha256"), "document", ["sha256"], unique=False)
    op.create_table(
        "draft_figures",
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("main", sa.Integer(), nullable=True),
        sa.Column("saved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("unit IN (1, 1000)", name=op.f("ck_draft_figures_unit")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_draft_figures_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_draft_figures_saved_by_person")),
        sa.PrimaryKeyConstraint("consultation_id", "edition", name=op.f("pk_draft_figures")),
    )
    op.create_table(
        "further_pack",
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_further_pack_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("consultation_id", "name", name=op.f("pk_further_pack")),
    )
    op.create_table(
        "dossier",
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_read", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("acts", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_dossier_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_dossier")),
    )
    op.create_table(
        "draft_source",
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("remarks", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_draft_source_added_by_person")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_draft_source_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("consultation_id", "sha256", name=op.f("pk_draft_source")),
    )
    op.create_table(
        "draft_text",
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source_sha256", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_draft_text_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id", "source_sha256"],
            ["draft_source.consultation_id", "draft_source.sha256"],
            name=op.f("fk_draft_text_consultation_id_draft_source"),
        ),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_draft_text_saved_by_person")),
        sa.PrimaryKeyConstraint("consultation_id", "edition", name=op.f("pk_draft_text")),
    )
    op.create_table(
        "meeting_move",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("was_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_in", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_move_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_move")),
    )
    op.create_index(op.f("ix_meeting_move_meeting_id"), "meeting_move", ["meeting_id"], unique=False)
    op.create_table(
        "member_invitation",
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invited_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["invited_by"], ["person.id"], name=op.f("fk_member_invitation_invited_by_person")),
        sa.ForeignKeyConstraint(
            ["link_id"], ["one_use_link.id"], name=op.f("fk_member_invitation_link_id_one_use_link"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_member_invitation_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_member_invitation")),
    )
    op.create_index(
        op.f("ix_member_invitation_organisation_id"), "member_invitation", ["organisation_id"], unique=False
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invited_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["invited_by"], ["person.id"], name=op.f("fk_membership_invited_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_person_id"), "membership", ["person_id"], unique=False)
    op.create_index(
        "uq_membership_current",
        "membership",
        ["organisation_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "minutes_draft",
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edited_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_minutes_draft_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_minutes_draft_created_by_person")),
        sa.ForeignKeyConstraint(["edited_by"], ["person.id"], name=op.f("fk_minutes_draft_edited_by_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_draft_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_minutes_draft")),
    )
    op.create_table(
        "minutes_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("approved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f("fk_minutes_version_approved_by_person")),
        sa.ForeignKeyConstraint(["drafted_by"], ["person.id"], name=op.f("fk_minutes_version_drafted_by_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_version_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_version")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_minutes_version_meeting_id_number")),
    )
    op.create_table(
        "report_draft",
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("added", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edited_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_report_draft_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_report_draft_created_by_person")),
        sa.ForeignKeyConstraint(["edited_by"], ["person.id"], name=op.f("fk_report_draft_edited_by_person")),
        sa.PrimaryKeyConstraint("authority_id", "year", name=op.f("pk_report_draft")),
    )
    op.create_table(
        "yearly_report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.Column("added", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_yearly_report_authority_id_authority")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yearly_report")),
        sa.UniqueConstraint("authority_id", "year", "number", name=op.f("uq_yearly_report_authority_id_year_number")),
    )
    op.create_table(
        "nomination",
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("nominated_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_nomination_authority_id_authority")),
        sa.ForeignKeyConstraint(
            ["link_id"], ["one_use_link.id"], name=op.f("fk_nomination_link_id_one_use_link"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["nominated_by"], ["person.id"], name=op.f("fk_nomination_nominated_by_person")),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_nomination")),
    )
    op.create_index(op.f("ix_nomination_authority_id"), "nomination", ["authority_id"], unique=False)
    op.create_table(
        "reason",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body_id", sa.String(length=32), nullable=True),
        sa.Column("erased_as", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_reason_body_id_body"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_reason_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["erased_as"], ["erased_text.commitment"], name=op.f("fk_reason_erased_as_erased_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason")),
    )
    op.create_table(
        "promise",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column(
            "ending",
            sa.Enum("kept", "dropped", name="ending", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ending_event_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_promise_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name=op.f("fk_promise_reason_id_reason")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_promise_consultation_id_number")),
        sa.UniqueConstraint("reason_id", name=op.f("uq_promise_reason_id")),
    )
    op.create_index(op.f("ix_promise_due_on"), "promise", ["due_on"], unique=False)
    op.create_table(
        "promise_draft",
        sa.Column("reason_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("drafted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["drafted_by"], ["person.id"], name=op.f("fk_promise_draft_drafted_by_person")),
        sa.ForeignKeyConstraint(
            ["reason_id"], ["reason.id"], name=op.f("fk_promise_draft_reason_id_reason"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reason_id", name=op.f("pk_promise_draft")),
    )
    op.create_table(
        "recording",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_recording_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint("meeting_id", "url", name=op.f("uq_recording_meeting_id_url")),
    )
    op.create_table(
        "sign_up",
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["one_use_link.id"], name=op.f("fk_sign_up_link_id_one_use_link"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_sign_up")),
    )
    op.create_table(
        "speaker",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "registered",
                "spoken",
                "absent",
                "withdrawn",
                name="speakerstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_speaker_added_by_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_speaker_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_speaker_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_speaker_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_speaker_meeting_id_person_id")),
        sa.UniqueConstraint("meeting_id", "position", name=op.f("uq_speaker_meeting_id_position")),
    )
    op.create_index(op.f("ix_speaker_person_id"), "speaker", ["person_id"], unique=False)
    op.create_table(
        "version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_version_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_version_consultation_id_number")),
    )
    op.create_table(
        "version_figures",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("table_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["table_id"], ["figure_table.id"], name=op.f("fk_version_figures_table_id_figure_table")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_version_figures_version_id_version")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_version_figures")),
    )
    op.create_table(
        "consultation_meeting",
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agenda_item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_consultation_meeting_agenda_item_id_agenda_item")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_consultation_meeting_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_consultation_meeting_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("consultation_id", "meeting_id", name=op.f("pk_consultation_meeting")),
        sa.UniqueConstraint("agenda_item_id", name=op.f("uq_consultation_meeting_agenda_item_id")),
    )
    op.create_index(op.f("ix_consultation_meeting_meeting_id"), "consultation_meeting", ["meeting_id"], unique=False)
    op.create_table(
        "provision",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("parent_key", sa.Text(), nullable=True),
        sa.Column("article_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_provision_version_id_version")),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_provision")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_provision_version_id_key")),
    )
    op.create_index("ix_provision_on_page", "provision", ["version_id", "article_key"], unique=False)
    op.create_table(
        "unsent_recommendation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "observation",
                "change",
                "insertion",
                "deletion",
                "move",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("provision_key", sa.Text(), nullable=True),
        sa.Column("until_key", sa.Text(), nullable=True),
        sa.Column("provision_label", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_unsent_recommendation_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_unsent_recommendation_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_unsent_recommendation_person_id_person")),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_unsent_recommendation_saved_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsent_recommendation")),
    )
    op.create_index(
        op.f("ix_unsent_recommendation_consultation_id"), "unsent_recommendation", ["consultation_id"], unique=False
    )
    op.create_index(
        op.f("ix_unsent_recommendation_organisation_id"), "unsent_recommendation", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_unsent_recommendation_person_id"), "unsent_recommendation", ["person_id"], unique=False)
    op.create_table(
        "unconfirmed_speaker",
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["one_use_link.id"],
            name=op.f("fk_unconfirmed_speaker_link_id_one_use_link"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_unconfirmed_speaker_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_unconfirmed_speaker")),
    )
    op.create_table(
        "unconfirmed_recommendation",
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "observation",
                "change",
                "insertion",
                "deletion",
                "move",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("provision_key", sa.Text(), nullable=True),
        sa.Column("until_key", sa.Text(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_unconfirmed_recommendation_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["one_use_link.id"],
            name=op.f("fk_unconfirmed_recommendation_link_id_one_use_link"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_unconfirmed_recommendation")),
    )
    op.create_table(
        "package",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body_id", sa.String(length=32), nullable=True),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("erased_as", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_package_body_id_body"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_package_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["erased_as"], ["erased_text.commitment"], name=op.f("fk_package_erased_as_erased_text")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_package_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package")),
        sa.UniqueConstraint("consultation_id", "year", "number", name=op.f("uq_package_consultation_id_year_number")),
    )
    op.create_table(
        "recommendation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "observation",
                "change",
                "insertion",
                "deletion",
                "move",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("provision_key", sa.Text(), nullable=True),
        sa.Column("until_key", sa.Text(), nullable=True),
        sa.Column("provision_label", sa.Text(), nullable=False),
        sa.Column("inserted_as", sa.Text(), nullable=False),
        sa.Column("article_key", sa.Text(), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "online",
                "paper",
                "email",
                "debate",
                "desk",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supporters", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("file_count", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                "taken_up",
                "partly",
                "not_taken_up",
                "out_of_scope",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reason_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body_id", sa.String(length=32), nullable=True),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("erased_as", sa.String(length=64), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "hidden_for",
            sa.Enum(
                "hate",
                "insult",
                "others-data",
                "unlawful",
                "advertising",
                "no-proposal",
                name="moderationrule",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("hidden_in", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_recommendation_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_recommendation_body_id_body"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_recommendation_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["erased_as"], ["erased_text.commitment"], name=op.f("fk_recommendation_erased_as_erased_text")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_recommendation_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], name=op.f("fk_recommendation_package_id_package")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recommendation_person_id_person")),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name=op.f("fk_recommendation_reason_id_reason")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("authority_id", "year", "number", name=op.f("uq_recommendation_authority_id_year_number")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_attachment_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("commitment", name=op.f("uq_attachment_commitment")),
    )
    op.create_index(op.f("ix_attachment_kept_until"), "attachment", ["kept_until"], unique=False)
    op.create_index(op.f("ix_attachment_recommendation_id"), "attachment", ["recommendation_id"], unique=False)
    op.create_table(
        "contestation",
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("admitted", sa.Boolean(), nullable=True),
        sa.Column("ruled_on", sa.Date(), nullable=True),
        sa.Column(
            "residence",
            sa.Enum("declared", "proven", name="residence", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("declared_address", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=True),
        sa.CheckConstraint("(admitted IS NULL) = (ruled_on IS NULL)", name=op.f("ck_contestation_ruled_on_a_day")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_contestation_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_contestation_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("recommendation_id", name=op.f("pk_contestation")),
    )
    op.create_index(op.f("ix_contestation_consultation_id"), "contestation", ["consultation_id"], unique=False)
    op.create_table(
        "figure_place",
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line_key", sa.Text(), nullable=False),
        sa.Column("to_key", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(to_key IS NULL) = (amount IS NULL)", name=op.f("ck_figure_place_moved_somewhere")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_figure_place_moves_something")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_figure_place_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_figure_place_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("recommendation_id", name=op.f("pk_figure_place")),
    )
    op.create_index("ix_figure_place_line", "figure_place", ["consultation_id", "line_key"], unique=False)
    op.create_index("ix_figure_place_to", "figure_place", ["consultation_id", "to_key"], unique=False)
    op.create_table(
        "range_article",
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("article_key", sa.Text(), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_range_article_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_range_article_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "article_key", name=op.f("pk_range_article")),
    )
    op.create_index(
        "ix_range_article_on_page",
        "range_article",
        ["consultation_id", "article_key", "recommendation_id"],
        unique=False,
    )
    op.create_index(
        "ix_recommendation_hidden",
        "recommendation",
        ["authority_id", "hidden_at"],
        unique=False,
        postgresql_where=sa.text("hidden_at IS NOT NULL"),
        sqlite_where=sa.text("hidden_at IS NOT NULL"),
    )
    op.create_index(
        "ix_recommendation_by_support",
        "recommendation",
        ["authority_id", "year", "supporters"],
        unique=False,
        postgresql_where=sa.text("supporters > 0"),
        sqlite_where=sa.text("supporters > 0"),
    )
    op.create_index("ix_recommendation_of_consultation", "recommendation", ["consultation_id", "id"], unique=False)
    op.create_index("ix_recommendation_of_reason", "recommendation", ["reason_id", "verdict", "id"], unique=False)
    op.create_index(
        "ix_recommendation_on_provision", "recommendation", ["consultation_id", "article_key", "id"], unique=False
    )
    op.create_index(op.f("ix_recommendation_organisation_id"), "recommendation", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_recommendation_package_id"), "recommendation", ["package_id"], unique=False)
    op.create_index(op.f("ix_recommendation_person_id"), "recommendation", ["person_id"], unique=False)
    op.create_table(
        "vote",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agenda_item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum(
                "for",
                "against",
                "abstained",
                "absent",
                name="votechoice",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_vote_agenda_item_id_agenda_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("agenda_item_id", "member", name=op.f("uq_vote_agenda_item_id_member")),
    )
    op.create_table(
        "answer_draft",
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "taken_up",
                "partly",
                "not_taken_up",
                "out_of_scope",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("drafted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "waiting",
                "approved",
                "returned",
                name="answerstanding",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["drafted_by"], ["person.id"], name=op.f("fk_answer_draft_drafted_by_person")),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name=op.f("fk_answer_draft_reason_id_reason")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_answer_draft_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("recommendation_id", name=op.f("pk_answer_draft")),
    )
    op.create_table(
        "department",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_department_authority_id_authority")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
    )
    op.create_index(
        "uq_department_open",
        "department",
        ["authority_id", "name"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "department_member",
        sa.Column("department_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_department_member_department_id_department")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_department_member_person_id_person")),
        sa.PrimaryKeyConstraint("department_id", "person_id", name=op.f("pk_department_member")),
    )
    op.create_index(op.f("ix_department_member_person_id"), "department_member", ["person_id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("department_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint("(department_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_assignment_in_one_hand")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_assignment_department_id_department")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_assignment_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("recommendation_id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_department_id"), "assignment", ["department_id"], unique=False)
    op.create_index(op.f("ix_assignment_person_id"), "assignment", ["person_id"], unique=False)
    op.create_table(
        "dealing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "deed",
            sa.Enum(
                "assigned",
                "taken_back",
                "noted",
                "drafted",
                "approved",
                "returned",
                name="deed",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("done_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("department_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_dealing_department_id_department")),
        sa.ForeignKeyConstraint(["done_by"], ["person.id"], name=op.f("fk_dealing_done_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_dealing_person_id_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_dealing_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dealing")),
    )
    op.create_index("ix_dealing_of_recommendation", "dealing", ["recommendation_id", "id"], unique=False)
    op.create_table(
        "alike_group",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_alike_group_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alike_group")),
    )
    op.create_index(op.f("ix_alike_group_consultation_id"), "alike_group", ["consultation_id"], unique=False)
    op.create_table(
        "alike_member",
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["alike_group.id"], name=op.f("fk_alike_member_group_id_alike_group")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_alike_member_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("recommendation_id", name=op.f("pk_alike_member")),
    )
    op.create_index(op.f("ix_alike_member_group_id"), "alike_member", ["group_id"], unique=False)
    op.create_table(
        "answer_template",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_answer_template_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(["edited_by"], ["person.id"], name=op.f("fk_answer_template_edited_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_template")),
    )
    op.create_index(op.f("ix_answer_template_authority_id"), "answer_template", ["authority_id"], unique=False)
    op.create_table(
        "register_export",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("exported_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_register_export_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(["exported_by"], ["person.id"], name=op.f("fk_register_export_exported_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_export")),
    )
    op.create_index(op.f("ix_register_export_authority_id"), "register_export", ["authority_id"], unique=False)
    op.create_table(
        "cause",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_cause_recommendation_id_recommendation")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_cause_version_id_version")),
        sa.PrimaryKeyConstraint("version_id", "key", "recommendation_id", name=op.f("pk_cause")),
    )
    op.create_index(op.f("ix_cause_recommendation_id"), "cause", ["recommendation_id"], unique=False)
    op.create_table(
        "erasure_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "source",
            sa.Enum("author", "reader", "paper", name="source", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column(
            "asked_ground",
            sa.Enum(
                "gdpr-17-1-a",
                "gdpr-17-1-b",
                "gdpr-17-1-c",
                "gdpr-17-1-d",
                "gdpr-17-1-e",
                "gdpr-17-1-f",
                "unlawful-content",
                name="asked_ground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "gdpr-17-1-a",
                "gdpr-17-1-b",
                "gdpr-17-1-c",
                "gdpr-17-1-d",
                "gdpr-17-1-e",
                "gdpr-17-1-f",
                "unlawful-content",
                name="erasureground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("returned_note", sa.Text(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("erased", "refused", name="outcome", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("concluded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_erasure_request_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(["concluded_by"], ["person.id"], name=op.f("fk_erasure_request_concluded_by_person")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_erasure_request_created_by_person")),
        sa.ForeignKeyConstraint(["edited_by"], ["person.id"], name=op.f("fk_erasure_request_edited_by_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_erasure_request_recommendation_id_recommendation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_request")),
    )
    op.create_index("ix_erasure_request_open", "erasure_request", ["authority_id", "concluded_at", "id"], unique=False)
    op.create_table(
        "hand_entry",
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("entered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scan_name", sa.Text(), nullable=False),
        sa.Column("scan_media_type", sa.Text(), nullable=False),
        sa.Column("scan_size", sa.Integer(), nullable=False),
        sa.Column("scan_commitment", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_hand_entry_entered_by_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_hand_entry_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("recommendation_id", name=op.f("pk_hand_entry")),
        sa.UniqueConstraint("scan_commitment", name=op.f("uq_hand_entry_scan_commitment")),
    )
    op.create_table(
        "support",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("supported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_support_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_support_person_id_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_support_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
    )
    op.create_index(op.f("ix_support_person_id"), "support", ["person_id"], unique=False)
    op.create_index(
        "uq_support_of_organisation",
        "support",
        ["recommendation_id", "organisation_id"],
        unique=True,
        postgresql_where=sa.text("organisation_id IS NOT NULL"),
        sqlite_where=sa.text("organisation_id IS NOT NULL"),
    )
    op.create_index(
        "uq_support_of_person",
        "support",
        ["recommendation_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("organisation_id IS NULL"),
        sqlite_where=sa.text("organisation_id IS NULL"),
    )
    op.create_table(
        "reader_report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(
                "hate",
                "insult",
                "others-data",
                "unlawful",
                "advertising",
                "no-proposal",
                name="moderationrule",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("concluded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_reader_report_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(["concluded_by"], ["person.id"], name=op.f("fk_reader_report_concluded_by_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_reader_report_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_report")),
    )
    op.create_index(
        "ix_reader_report_open",
        "reader_report",
        ["authority_id", "concluded_at", "recommendation_id", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_reader_report_recommendation_id"), "reader_report", ["recommendation_id"], unique=False)
    op.create_table(
        "moderation_appeal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recommendation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hiding", sa.String(length=32), nullable=False),
        sa.Column("hidden_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_in", sa.String(length=32), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("upheld", "refused", name="outcome", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_in", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_moderation_appeal_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_moderation_appeal_decided_by_person")),
        sa.ForeignKeyConstraint(["decided_in"], ["event.id"], name=op.f("fk_moderation_appeal_decided_in_event")),
        sa.ForeignKeyConstraint(["hidden_by"], ["person.id"], name=op.f("fk_moderation_appeal_hidden_by_person")),
        sa.ForeignKeyConstraint(["hiding"], ["event.id"], name=op.f("fk_moderation_appeal_hiding_event")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_moderation_appeal_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_moderation_appeal_person_id_person")),
        sa.ForeignKeyConstraint(["received_in"], ["event.id"], name=op.f("fk_moderation_appeal_received_in_event")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_moderation_appeal_recommendation_id_recommendation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_appeal")),
        sa.UniqueConstraint("hiding", name=op.f("uq_moderation_appeal_hiding")),
    )
    op.create_index(
        "ix_moderation_appeal_open", "moderation_appeal", ["authority_id", "decided_at", "id"], unique=False
    )
    op.create_index(
        op.f("ix_moderation_appeal_recommendation_id"), "moderation_appeal", ["recommendation_id"], unique=False
    )
    op.create_table(
        "cycle",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("regulation", sa.Text(), nullable=False),
        sa.Column("regulation_url", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("pack_digest", sa.Text(), nullable=True),
        sa.Column("rules_digest", sa.Text(), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("results_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edited_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("returned_note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(announced_at IS NULL) = (pack_digest IS NULL)", name=op.f("ck_cycle_announced_with_its_pack")
        ),
        sa.CheckConstraint(
            "(announced_at IS NULL) = (rules_digest IS NULL)", name=op.f("ck_cycle_announced_with_its_rules")
        ),
        sa.CheckConstraint("announced_at IS NULL OR approved_by <> edited_by", name=op.f("ck_cycle_two_pairs_of_eyes")),
        sa.CheckConstraint(
            "closed_at IS NULL OR closed_at > announced_at", name=op.f("ck_cycle_closed_after_the_announcement")
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f("fk_cycle_approved_by_person")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_cycle_authority_id_authority")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_cycle_created_by_person")),
        sa.ForeignKeyConstraint(["edited_by"], ["person.id"], name=op.f("fk_cycle_edited_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
        sa.UniqueConstraint("authority_id", "year", name=op.f("uq_cycle_authority_id_year")),
    )
    op.create_table(
        "category",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_category_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("cycle_id", "key", name=op.f("uq_category_cycle_id_key")),
    )
    op.create_table(
        "cycle_phase",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "submission",
                "review",
                "appeals",
                "voting",
                "challenges",
                "implementation",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_cycle_phase_lasts_some_time")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_cycle_phase_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle_phase")),
        sa.UniqueConstraint("cycle_id", "phase", name=op.f("uq_cycle_phase_cycle_id_phase")),
    )
    op.create_table(
        "phase_move",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "submission",
                "review",
                "appeals",
                "voting",
                "challenges",
                "implementation",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_phase_move_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["moved_by"], ["person.id"], name=op.f("fk_phase_move_moved_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_move")),
    )
    op.create_index(op.f("ix_phase_move_cycle_id"), "phase_move", ["cycle_id"], unique=False)
    op.create_table(
        "pool",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("city", "district", name="poolkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("cost_ceiling", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_pool_holds_money")),
        sa.CheckConstraint("cost_ceiling > 0", name=op.f("ck_pool_ceiling_above_zero")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_pool_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool")),
        sa.UniqueConstraint("cycle_id", "key", name=op.f("uq_pool_cycle_id_key")),
    )
    op.create_table(
        "project_draft",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("pool", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_project_draft_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_project_draft_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_project_draft_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_draft")),
    )
    op.create_index(op.f("ix_project_draft_cycle_id"), "project_draft", ["cycle_id"], unique=False)
    op.create_index(op.f("ix_project_draft_organisation_id"), "project_draft", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_project_draft_person_id"), "project_draft", ["person_id"], unique=False)
    op.create_table(
        "project",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("asked_cost", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("photo_count", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum("eligible", "not_eligible", name="verdict", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("verdict_body_id", sa.String(length=32), nullable=True),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "appeal_outcome",
            sa.Enum("upheld", "refused", name="outcome", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("body_id", sa.String(length=32), nullable=True),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_project_authority_id_authority")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_project_body_id_body"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_project_category_id_category")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_project_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_project_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_project_person_id_person")),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.id"], name=op.f("fk_project_pool_id_pool")),
        sa.ForeignKeyConstraint(
            ["verdict_body_id"], ["body.id"], name=op.f("fk_project_verdict_body_id_body"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("cycle_id", "number", name=op.f("uq_project_cycle_id_number")),
    )
    op.create_index("ix_project_of_organisation", "project", ["organisation_id", "cycle_id"], unique=False)
    op.create_index("ix_project_of_person", "project", ["person_id", "cycle_id"], unique=False)
    op.create_table(
        "project_photo",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_photo_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_photo")),
        sa.UniqueConstraint("commitment", name=op.f("uq_project_photo_commitment")),
    )
    op.create_index(op.f("ix_project_photo_kept_until"), "project_photo", ["kept_until"], unique=False)
    op.create_index(op.f("ix_project_photo_project_id"), "project_photo", ["project_id"], unique=False)
    op.create_table(
        "election_file",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_election_file")),
    )
    op.create_table(
        "election",
        sa.Column(
            "cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("sealing_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("promise_key", sa.Text(), nullable=False),
        sa.Column("paper", sa.String(length=64), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("listing", sa.String(length=64), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key_destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("openings", sa.String(length=64), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (listing IS NULL)", name=op.f("ck_election_closed_with_a_list")),
        sa.CheckConstraint("(opened_at IS NULL) = (paper IS NULL)", name=op.f("ck_election_opened_with_a_paper")),
        sa.CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name=op.f("ck_election_opened_before_closed")),
        sa.CheckConstraint("openings IS NULL OR closed_at IS NOT NULL", name=op.f("ck_election_closed_before_counted")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_election_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_election")),
    )
    op.create_table(
        "cycle_result",
        sa.Column(
            "cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name=op.f("ck_cycle_result_confirmed_by_somebody")
        ),
        sa.CheckConstraint("confirmed_by <> created_by", name=op.f("ck_cycle_result_two_pairs_of_eyes")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_cycle_result_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_cycle_result_confirmed_by_person")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_cycle_result_created_by_person")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_cycle_result_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_cycle_result")),
    )
    op.create_table(
        "voting_right",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "link",
            sa.Enum(
                "domicile",
                "residence",
                "work",
                "study",
                name="link",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "proof",
            sa.Enum("desk", "letter", "roll", name="proof", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("identity", sa.LargeBinary(length=32), nullable=True),
        sa.Column("seen_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("proven_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_voting_right_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_voting_right_person_id_person")),
        sa.ForeignKeyConstraint(["seen_by"], ["person.id"], name=op.f("fk_voting_right_seen_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voting_right")),
        sa.UniqueConstraint("cycle_id", "identity", name=op.f("uq_voting_right_cycle_id_identity")),
        sa.UniqueConstraint("cycle_id", "person_id", name=op.f("uq_voting_right_cycle_id_person_id")),
    )
    op.create_index(op.f("ix_voting_right_person_id"), "voting_right", ["person_id"], unique=False)
    op.create_table(
        "roll",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("unread", sa.JSON(), nullable=False),
        sa.Column("repeated", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name=op.f("ck_roll_confirmed_by_somebody")
        ),
        sa.CheckConstraint("confirmed_by <> created_by", name=op.f("ck_roll_two_pairs_of_eyes")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_roll_confirmed_by_person")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_roll_created_by_person")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_roll_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll")),
    )
    op.create_index(op.f("ix_roll_cycle_id"), "roll", ["cycle_id"], unique=False)
    op.create_table(
        "roll_line",
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("identity", sa.LargeBinary(length=32), nullable=False),
        sa.Column("roll_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_roll_line_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["roll_id"], ["roll.id"], name=op.f("fk_roll_line_roll_id_roll")),
        sa.PrimaryKeyConstraint("cycle_id", "identity", name=op.f("pk_roll_line")),
    )
    op.create_index(op.f("ix_roll_line_roll_id"), "roll_line", ["roll_id"], unique=False)
    op.create_table(
        "code_batch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(made_at IS NULL) = (made_by IS NULL)", name=op.f("ck_code_batch_made_by_somebody")),
        sa.CheckConstraint("made_by <> created_by", name=op.f("ck_code_batch_two_pairs_of_eyes")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_code_batch_authority_id_authority")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_code_batch_created_by_person")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_code_batch_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_code_batch_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_batch")),
    )
    op.create_index(op.f("ix_code_batch_cycle_id"), "code_batch", ["cycle_id"], unique=False)
    op.create_table(
        "letter_code",
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_letter_code_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("cycle_id", "mac", name=op.f("pk_letter_code")),
    )
    op.create_table(
        "ballot",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pseudonym", sa.LargeBinary(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("form", sa.LargeBinary(length=32), nullable=False),
        sa.Column("commitment", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("is_committed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_ballot_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("commitment", name=op.f("uq_ballot_commitment")),
        sa.UniqueConstraint("cycle_id", "form", name=op.f("uq_ballot_cycle_id_form")),
        sa.UniqueConstraint("cycle_id", "pseudonym", "revision", name=op.f("uq_ballot_cycle_id_pseudonym_revision")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ballot_to_commit", "ballot", ["cycle_id", "is_committed"], unique=False)
    op.create_table(
        "project_erasure_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "source",
            sa.Enum("author", "reader", "paper", name="source", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column(
            "asked_ground",
            sa.Enum(
                "gdpr-17-1-a",
                "gdpr-17-1-b",
                "gdpr-17-1-c",
                "gdpr-17-1-d",
                "gdpr-17-1-e",
                "gdpr-17-1-f",
                "unlawful-content",
                name="asked_ground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "gdpr-17-1-a",
                "gdpr-17-1-b",
                "gdpr-17-1-c",
                "gdpr-17-1-d",
                "gdpr-17-1-e",
                "gdpr-17-1-f",
                "unlawful-content",
                name="erasureground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("returned_note", sa.Text(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("erased", "refused", name="outcome", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("concluded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_project_erasure_request_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(
            ["concluded_by"], ["person.id"], name=op.f("fk_project_erasure_request_concluded_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_project_erasure_request_created_by_person")
        ),
        sa.ForeignKeyConstraint(["edited_by"], ["person.id"], name=op.f("fk_project_erasure_request_edited_by_person")),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_project_erasure_request_project_id_project"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_erasure_request")),
    )
    op.create_index(
        "ix_project_erasure_request_open",
        "project_erasure_request",
        ["authority_id", "concluded_at", "id"],
        unique=False,
    )
    op.create_table(
        "project_appeal",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body_id", sa.String(length=32), nullable=True),
        sa.Column("decision_body_id", sa.String(length=32), nullable=True),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_project_appeal_body_id_body"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_project_appeal_decided_by_person")),
        sa.ForeignKeyConstraint(
            ["decision_body_id"], ["body.id"], name=op.f("fk_project_appeal_decision_body_id_body"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_appeal_project_id_project")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_project_appeal")),
    )
    op.create_table(
        "project_review",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("formal", "technical", name="reviewkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("department_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("passes", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("cost_reason", sa.Text(), nullable=False),
        sa.Column("written_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'formal') = (department_id IS NULL)", name=op.f("ck_project_review_technical_by_a_department")
        ),
        sa.CheckConstraint("passes OR ground <> ''", name=op.f("ck_project_review_refused_by_a_rule")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_project_review_department_id_department")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_review_project_id_project")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_project_review_written_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_review")),
    )
    op.create_index("ix_project_review_of", "project_review", ["project_id", "kind", "department_id"], unique=True)
    op.create_table(
        "project_question",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("department_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body_id", sa.String(length=32), nullable=True),
        sa.Column("answer_body_id", sa.String(length=32), nullable=True),
        sa.CheckConstraint("answer_until > asked_at", name=op.f("ck_project_question_some_days_to_answer")),
        sa.ForeignKeyConstraint(
            ["answer_body_id"], ["body.id"], name=op.f("fk_project_question_answer_body_id_body"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_project_question_asked_by_person")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_project_question_body_id_body"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_project_question_department_id_department")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_question_project_id_project")),
        sa.PrimaryKeyConstraint("project_id", "number", name=op.f("pk_project_question")),
    )
    op.create_table(
        "project_news",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "department",
                "milestone",
                "moved",
                "reached",
                "contract",
                "spending",
                "news",
                "built",
                "dropped",
                name="newskind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("milestone", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("written_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('contract', 'spending')) = (amount IS NOT NULL)",
            name=op.f("ck_project_news_sums_where_money_moves"),
        ),
        sa.CheckConstraint(
            "(kind IN ('milestone', 'moved')) = (due IS NOT NULL)", name=op.f("ck_project_news_days_where_planned")
        ),
        sa.CheckConstraint(
            "(kind IN ('moved', 'reached')) = (milestone IS NOT NULL)", name=op.f("ck_project_news_of_a_step")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_news_project_id_project")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_project_news_written_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_news")),
    )
    op.create_index(op.f("ix_project_news_project_id"), "project_news", ["project_id"], unique=False)
    op.create_table(
        "project_conflict",
        sa.Column("one_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declared_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_project_conflict_each_pair_once")),
        sa.ForeignKeyConstraint(["declared_by"], ["person.id"], name=op.f("fk_project_conflict_declared_by_person")),
        sa.ForeignKeyConstraint(["one_id"], ["project.id"], name=op.f("fk_project_conflict_one_id_project")),
        sa.ForeignKeyConstraint(["other_id"], ["project.id"], name=op.f("fk_project_conflict_other_id_project")),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_project_conflict")),
    )
    op.create_table(
        "told_ballot",
        sa.Column("commitment", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("commitment", name=op.f("pk_told_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper_sheet",
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("is_spoiled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_paper_sheet_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("cycle_id", "mac", name=op.f("pk_paper_sheet")),
    )
    op.create_table(
        "paper_voter",
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("identity", sa.LargeBinary(length=32), nullable=False),
        sa.Column("given_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_paper_voter_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_paper_voter_given_by_person")),
        sa.PrimaryKeyConstraint("cycle_id", "identity", name=op.f("pk_paper_voter")),
    )
    op.create_table(
        "paper_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column(
            "invalid",
            sa.Enum(
                "blank",
                "rules",
                "unclear",
                "signed",
                name="invalidity",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("written_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_paper_entry_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_paper_entry_written_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_entry")),
    )
    op.create_index("ix_paper_entry_of", "paper_entry", ["cycle_id", "number"], unique=False)
    op.create_table(
        "paper_count",
        sa.Column(
            "cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=False
        ),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unused", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("listing", sa.String(length=64), nullable=True),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("confirmed_by <> created_by", name=op.f("ck_paper_count_two_pairs_of_eyes")),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name=op.f("ck_paper_count_confirmed_by_somebody")
        ),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (listing IS NULL)", name=op.f("ck_paper_count_listed_when_confirmed")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_paper_count_authority_id_authority")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_paper_count_confirmed_by_person")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_paper_count_created_by_person")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_paper_count_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_paper_count")),
    )
    refuse_changes()
    queue_events()


def downgrade() -> None:
    op.drop_table("paper_count")
    op.drop_index("ix_paper_entry_of", table_name="paper_entry")
    op.drop_table("paper_entry")
    op.drop_table("paper_voter")
    op.drop_table("paper_sheet")
    op.drop_table("told_ballot")
    op.drop_table("project_conflict")
    op.drop_index(op.f("ix_project_news_project_id"), table_name="project_news")
    op.drop_table("project_news")
    op.drop_table("project_question")
    op.drop_index("ix_project_review_of", table_name="project_review")
    op.drop_table("project_review")
    op.drop_table("project_appeal")
    op.drop_index("ix_project_erasure_request_open", table_name="project_erasure_request")
    op.drop_table("project_erasure_request")
    op.drop_index("ix_ballot_to_commit", table_name="ballot")
    op.drop_table("ballot")
    op.drop_table("letter_code")
    op.drop_index(op.f("ix_code_batch_cycle_id"), table_name="code_batch")
    op.drop_table("code_batch")
    op.drop_index(op.f("ix_roll_line_roll_id"), table_name="roll_line")
    op.drop_table("roll_line")
    op.drop_index(op.f("ix_roll_cycle_id"), table_name="roll")
    op.drop_table("roll")
    op.drop_index(op.f("ix_voting_right_person_id"), table_name="voting_right")
    op.drop_table("voting_right")
    op.drop_table("cycle_result")
    op.drop_table("election")
    op.drop_table("election_file")
    op.drop_index(op.f("ix_project_photo_project_id"), table_name="project_photo")
    op.drop_index(op.f("ix_project_photo_kept_until"), table_name="project_photo")
    op.drop_table("project_photo")
    op.drop_index("ix_project_of_person", table_name="project")
    op.drop_index("ix_project_of_organisation", table_name="project")
    op.drop_table("project")
    op.drop_index(op.f("ix_project_draft_person_id"), table_name="project_draft")
    op.drop_index(op.f("ix_project_draft_organisation_id"), table_name="project_draft")
    op.drop_index(op.f("ix_project_draft_cycle_id"), table_name="project_draft")
    op.drop_table("project_draft")
    op.drop_table("pool")
    op.drop_index(op.f("ix_phase_move_cycle_id"), table_name="phase_move")
    op.drop_table("phase_move")
    op.drop_table("cycle_phase")
    op.drop_table("category")
    op.drop_table("cycle")
    op.drop_index(op.f("ix_moderation_appeal_recommendation_id"), table_name="moderation_appeal")
    op.drop_index("ix_moderation_appeal_open", table_name="moderation_appeal")
    op.drop_table("moderation_appeal")
    op.drop_index(op.f("ix_reader_report_recommendation_id"), table_name="reader_report")
    op.drop_index("ix_reader_report_open", table_name="reader_report")
    op.drop_table("reader_report")
    op.drop_index("uq_support_of_person", table_name="support")
    op.drop_index("uq_support_of_organisation", table_name="support")
    op.drop_index(op.f("ix_support_person_id"), table_name="support")
    op.drop_table("support")
    op.drop_table("hand_entry")
    op.drop_index("ix_erasure_request_open", table_name="erasure_request")
    op.drop_table("erasure_request")
    op.drop_index(op.f("ix_cause_recommendation_id"), table_name="cause")
    op.drop_table("cause")
    op.drop_index(op.f("ix_register_export_authority_id"), table_name="register_export")
    op.drop_table("register_export")
    op.drop_index(op.f("ix_answer_template_authority_id"), table_name="answer_template")
    op.drop_table("answer_template")
    op.drop_index(op.f("ix_alike_member_group_id"), table_name="alike_member")
    op.drop_table("alike_member")
    op.drop_index(op.f("ix_alike_group_consultation_id"), table_name="alike_group")
    op.drop_table("alike_group")
    op.drop_index("ix_dealing_of_recommendation", table_name="dealing")
    op.drop_table("dealing")
    op.drop_index(op.f("ix_assignment_person_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_department_id"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_index(op.f("ix_department_member_person_id"), table_name="department_member")
    op.drop_table("department_member")
    op.drop_index(
        "uq_department_open",
        table_name="department",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_table("department")
    op.drop_table("answer_draft")
    op.drop_table("vote")
    op.drop_index(op.f("ix_recommendation_person_id"), table_name="recommendation")
    op.drop_index(op.f("ix_recommendation_package_id"), table_name="recommendation")
    op.drop_index(op.f("ix_recommendation_organisation_id"), table_name="recommendation")
    op.drop_index("ix_recommendation_on_provision", table_name="recommendation")
    op.drop_index("ix_recommendation_of_reason", table_name="recommendation")
    op.drop_index("ix_recommendation_of_consultation", table_name="recommendation")
    op.drop_index(
        "ix_recommendation_by_support",
        table_name="recommendation",
        postgresql_where=sa.text("supporters > 0"),
        sqlite_where=sa.text("supporters > 0"),
    )
    op.drop_index(
        "ix_recommendation_hidden",
        table_name="recommendation",
        postgresql_where=sa.text("hidden_at IS NOT NULL"),
        sqlite_where=sa.text("hidden_at IS NOT NULL"),
    )
    op.drop_index("ix_range_article_on_page", table_name="range_article")
    op.drop_table("range_article")
    op.drop_index("ix_figure_place_to", table_name="figure_place")
    op.drop_index("ix_figure_place_line", table_name="figure_place")
    op.drop_table("figure_place")
    op.drop_index(op.f("ix_contestation_consultation_id"), table_name="contestation")
    op.drop_table("contestation")
    op.drop_index(op.f("ix_attachment_recommendation_id"), table_name="attachment")
    op.drop_index(op.f("ix_attachment_kept_until"), table_name="attachment")
    op.drop_table("attachment")
    op.drop_table("recommendation")
    op.drop_table("package")
    op.drop_table("unconfirmed_recommendation")
    op.drop_table("unconfirmed_speaker")
    op.drop_index(op.f("ix_unsent_recommendation_person_id"), table_name="unsent_recommendation")
    op.drop_index(op.f("ix_unsent_recommendation_organisation_id"), table_name="unsent_recommendation")
    op.drop_index(op.f("ix_unsent_recommendation_consultation_id"), table_name="unsent_recommendation")
    op.drop_table("unsent_recommendation")
    op.drop_index("ix_provision_on_page", table_name="provision")
    op.drop_table("provision")
    op.drop_index(op.f("ix_consultation_meeting_meeting_id"), table_name="consultation_meeting")
    op.drop_table("consultation_meeting")
    op.drop_table("version_figures")
    op.drop_table("version")
    op.drop_index(op.f("ix_speaker_person_id"), table_name="speaker")
    op.drop_table("speaker")
    op.drop_table("sign_up")
    op.drop_table("recording")
    op.drop_table("promise_draft")
    op.drop_index(op.f("ix_promise_due_on"), table_name="promise")
    op.drop_table("promise")
    op.drop_table("reason")
    op.drop_index(op.f("ix_nomination_authority_id"), table_name="nomination")
    op.drop_table("nomination")
    op.drop_table("yearly_report")
    op.drop_table("report_draft")
    op.drop_table("minutes_version")
    op.drop_table("minutes_draft")
    op.drop_index(
        "uq_membership_current",
        table_name="membership",
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_index(op.f("ix_membership_person_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_member_invitation_organisation_id"), table_name="member_invitation")
    op.drop_table("member_invitation")
    op.drop_index(op.f("ix_meeting_move_meeting_id"), table_name="meeting_move")
    op.drop_table("meeting_move")
    op.drop_table("draft_text")
    op.drop_table("further_pack")
    op.drop_table("draft_figures")
    op.drop_table("draft_source")
    op.drop_table("dossier")
    op.drop_index(op.f("ix_document_sha256"), table_name="document")
    op.drop_table("document")
    op.drop_index(op.f("ix_date_move_consultation_id"), table_name="date_move")
    op.drop_table("date_move")
    op.drop_table("follower")
    op.drop_table("confirmed_duty")
    op.drop_index(op.f("ix_debate_request_meeting_id"), table_name="debate_request")
    op.drop_index(op.f("ix_debate_request_consultation_id"), table_name="debate_request")
    op.drop_table("debate_request")
    op.drop_index(op.f("ix_attendance_meeting_id"), table_name="attendance")
    op.drop_table("attendance")
    op.drop_index(op.f("ix_consultation_word_consultation_id"), table_name="consultation_word")
    op.drop_table("consultation_word")
    op.drop_table("article_count")
    op.drop_table("agenda_item")
    op.drop_index(op.f("ix_totp_secret_person_id"), table_name="totp_secret")
    op.drop_table("totp_secret")
    op.drop_table("registered_author")
    op.drop_table("time_stamp")
    op.drop_index(op.f("ix_recovery_code_person_id"), table_name="recovery_code")
    op.drop_table("recovery_code")
    op.drop_table("pseudonym")
    op.drop_table("pending")
    op.drop_index(
        "uq_organisation_verified_fiscal_code",
        table_name="organisation",
        sqlite_where=sa.text("standing = 'verified'"),
        postgresql_where=sa.text("standing = 'verified'"),
    )
    op.drop_index(op.f("ix_organisation_fiscal_code"), table_name="organisation")
    op.drop_index(op.f("ix_organisation_authority_id"), table_name="organisation")
    op.drop_table("organisation")
    op.drop_index(op.f("ix_one_use_link_person_id"), table_name="one_use_link")
    op.drop_index(op.f("ix_one_use_link_expires_at"), table_name="one_use_link")
    op.drop_index(op.f("ix_one_use_link_email"), table_name="one_use_link")
    op.drop_table("one_use_link")
    op.drop_index(
        "uq_office_current",
        table_name="office",
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_index(op.f("ix_office_person_id"), table_name="office")
    op.drop_table("office")
    op.drop_index("ix_meeting_by_day", table_name="meeting")
    op.drop_table("meeting")
    op.drop_index(op.f("ix_leaf_log_type_idx"), table_name="leaf")
    op.drop_index(op.f("ix_leaf_log_procedure_idx"), table_name="leaf")
    op.drop_table("leaf")
    op.drop_table("last_number")
    op.drop_table("known_device")
    op.drop_table("erased_text")
    op.drop_table("cosignature")
    op.drop_index("ix_consultation_by_deadline", table_name="consultation")
    op.drop_table("consultation")
    op.drop_index(op.f("ix_browser_session_person_id"), table_name="browser_session")
    op.drop_index(op.f("ix_browser_session_began_at"), table_name="browser_session")
    op.drop_table("browser_session")
    op.drop_index(
        "uq_witness_current",
        table_name="witness",
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.drop_table("witness")
    op.drop_table("timetable_slot")
    op.drop_table("tile")
    op.drop_index(op.f("ix_spent_link_ended_at"), table_name="spent_link")
    op.drop_table("spent_link")
    op.drop_index(op.f("ix_sent_form_sent_at"), table_name="sent_form")
    op.drop_table("sent_form")
    op.drop_table("person")
    op.drop_table("pack")
    op.drop_index("ix_figure_line_below", table_name="figure_line")
    op.drop_index("uq_figure_line_key", table_name="figure_line")
    op.drop_table("figure_line")
    op.drop_table("figure_table")
    op.drop_index(op.f("ix_pace_free_at"), table_name="pace")
    op.drop_table("pace")
    op.drop_index("ix_job_due", table_name="job")
    op.drop_table("job")
    op.drop_table("head")
    op.drop_index(op.f("ix_event_commitment"), table_name="event")
    op.drop_table("event")
    op.drop_table("digest_subscription")
    op.drop_index(op.f("ix_digest_log_size"), table_name="digest")
    op.drop_table("digest")
    op.drop_table("checkpoint")
    op.drop_table("body")
    op.drop_table("blob")
    op.drop_index(op.f("ix_authority_rule_authority_id"), table_name="authority_rule")
    op.drop_table("authority_rule")
    op.drop_table("authority")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_append_only()")
        op.execute("DROP FUNCTION queue_event()")
