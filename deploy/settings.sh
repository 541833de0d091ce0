# shellcheck shell=sh
# Sourced by backup.sh and restore.sh: the settings in the words of the database's own programs. DATA is the folder of
# the documents, SQLITE the embedded database; where that is empty, PG… say which PostgreSQL is meant, so that no
# password stands on a command line for others to read.
home=$(dirname -- "$(readlink -f -- "$0")")/..
PATH=$home/.venv/bin:$PATH
meant=$(
    python3 - <<'END'
import shlex

from sqlalchemy import make_url

from consult.settings import Settings

settings = Settings.from_environment()
url = make_url(settings.database_url)
meant = {"DATA": settings.data, "SQLITE": url.database if settings.is_embedded else ""}
if not settings.is_embedded:
    meant |= {"PGHOST": url.host or url.query.get("host"), "PGPORT": url.port or url.query.get("port")}
    meant |= {"PGUSER": url.username, "PGPASSWORD": url.password, "PGDATABASE": url.database}
    meant |= {"PGOPTIONS": url.query.get("options")}
    meant |= {"PGSSLMODE": url.query.get("sslmode"), "PGSSLROOTCERT": url.query.get("sslrootcert")}
for name, value in meant.items():
    if value is not None:
        print(f"export {name}={shlex.quote(str(value))}")
END
)
eval "$meant"
say() { printf '%s\n' "$*"; }
refuse() { printf '%s\n' "$*" >&2; exit 1; }
