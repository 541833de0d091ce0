"""What a vote could leave behind: every row of every table, to be compared with what was there before."""

from collections.abc import Mapping, Sequence

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from consult.store import Base


def everything(db: Session) -> Mapping[str, Sequence[str]]:
    """Return the rows of all tables as text, table by table."""
    db.flush()
    here = set(inspect(db.connection()).get_table_names())
    tables = [table for table in Base.metadata.sorted_tables if table.name in here]
    return {table.name: sorted(map(repr, db.execute(select(table)))) for table in tables}
