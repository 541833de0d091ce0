#!/bin/sh
# restore.sh BACKUP: put back what backup.sh saved, into an installation that has its keys and settings but no database
# and no documents, with the services stopped; then verify the public record. Nothing that is there is overwritten.
set -eu
umask 077
[ $# -eq 1 ] || { echo "usage: restore.sh BACKUP" >&2; exit 2; }
# shellcheck source=deploy/settings.sh
. "$(dirname -- "$(readlink -f -- "$0")")/settings.sh"

backup=$1
[ -r "$backup" ] || refuse "There is no backup at $backup."
mkdir -p -- "$DATA"
[ -z "$(ls -A -- "$DATA/files" 2>/dev/null)" ] || refuse "There are documents in $DATA/files: move them away first."
if [ -n "$SQLITE" ]; then
    for file in "$SQLITE" "$SQLITE-wal" "$SQLITE-shm"; do
        [ ! -e "$file" ] || refuse "There is a database at $file: stop the service and move it away first."
    done
else
    tables=$(psql -XAtqc "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
    [ "$tables" -eq 0 ] || refuse "The database ${PGDATABASE:-} is not empty: rename it and make a new one first."
fi

part=$(mktemp -d -- "$DATA/.restore-XXXXXX")
trap 'rm -rf -- "$part"' EXIT
tar -xzf "$backup" -C "$part" --no-same-owner

say "Comparing each document with its name, which is its SHA-256…"
find "$part/files" -type f ! -name '*.part' | while read -r file; do
    printf '%s  %s\n' "$(basename -- "$file")" "$file"
done >"$part/expected"
[ ! -s "$part/expected" ] || sha256sum --check --quiet --strict "$part/expected"

say "Putting the database back…"
if [ -n "$SQLITE" ]; then
    [ -e "$part/database.sqlite" ] || refuse "This is a backup of PostgreSQL, but DATABASE_URL is empty."
    cp -- "$part/database.sqlite" "$SQLITE"
    sync "$SQLITE"
else
    [ -e "$part/database.dump" ] || refuse "This is a backup of the embedded database, but DATABASE_URL is not empty."
    pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$PGDATABASE" "$part/database.dump"
fi
[ ! -d "$DATA/files" ] || rmdir -- "$DATA/files"
mv -- "$part/files" "$DATA/files"
if [ -n "${SERVES_AS:-}" ]; then
    consult migrate --role "$SERVES_AS"
else
    consult migrate
fi

say "Verifying the public record…"
consult record export "$part/log"
consult record verify "$part/log"
# A record whose key was lost has earlier logs, of whose texts only the later ones say that they were erased.
number=$(sed -n '1s|.*/||p' "$part/log/checkpoint")
set -- --continued-by "$part/log"
while [ "$number" -gt 1 ]; do
    number=$((number - 1))
    consult record export "$part/log-$number" --log "$number"
    consult record verify "$part/log-$number" "$@"
    set -- "$@" --continued-by "$part/log-$number"
done
say "Restored. Before you start the service: consult check, and RUNBOOK.md, 6."
