#!/bin/sh
# backup.sh FOLDER: put a copy of the database and of all documents into FOLDER, as one file named by its moment (UTC).
# People may go on writing meanwhile. The keys are never in it: see RUNBOOK.md. Copies older than KEEP_DAYS (30) go, for
# what was erased on somebody's demand must not live on in them.
set -eu
umask 077
[ $# -eq 1 ] || { echo "usage: backup.sh FOLDER" >&2; exit 2; }
# shellcheck source=deploy/settings.sh
. "$(dirname -- "$(readlink -f -- "$0")")/settings.sh"

folder=$1
mkdir -p -- "$folder"
part=$(mktemp -d -- "$folder/.part-XXXXXX")
trap 'rm -rf -- "$part"' EXIT

# The database first: a document lies on the disk before any row names it, so every row of this copy finds its own.
if [ -n "$SQLITE" ]; then
    [ -e "$SQLITE" ] || refuse "There is no database at $SQLITE."
    python3 - "$SQLITE" "$part/database.sqlite" <<'END'
import sqlite3
import sys

living = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
copy = sqlite3.connect(sys.argv[2])
living.backup(copy)
copy.execute("PRAGMA journal_mode=delete")
(verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
if verdict != "ok":
    sys.exit(f"the copy is damaged: {verdict}")
END
else
    pg_dump --format=custom --no-owner --no-privileges --file="$part/database.dump"
    pg_restore --list "$part/database.dump" >/dev/null
fi
mkdir -p -- "$DATA/files"
name=consult-$(date -u +%Y%m%dT%H%M%SZ).tar.gz
tar -czf "$part/$name" -C "$part" "$(basename -- "$part"/database.*)" -C "$DATA" files
tar -tzf "$part/$name" >/dev/null
sync "$part/$name"
mv -- "$part/$name" "$folder/$name"
find "$folder" -maxdepth 1 -name 'consult-*.tar.gz' -mtime "+${KEEP_DAYS:-30}" -delete
say "$folder/$name"
