#!/bin/sh
# A backup of the site into a folder, and its proof: it is brought back into an empty folder, which is then removed.
# Only after a proof are backups older than thirty days deleted (KEEP_DAYS for another number).
set -eu
umask 077
cd "$1"
file=praxis-$(date -u +%Y%m%d-%H%M%S).zip
kb backup "$file"
proof=$(mktemp -d)
trap 'rm -rf "$proof"' EXIT
KB_DATABASE="" kb restore "$file" "$proof/site"
find . -maxdepth 1 -name 'praxis-*.zip' -mtime +"${KEEP_DAYS:-30}" -delete
