#!/bin/sh
# Makes sure that the tests of the shared store have the programs of PostgreSQL. No server is set up:
# the tests start one of their own and delete it.
set -eu

has_server() {
  for folder in /usr/lib/postgresql/*/bin; do
    [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ] && return 0
  done
  command -v postgres >/dev/null && command -v initdb >/dev/null
}

has_server && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing PostgreSQL for the tests of the shared store (once) …"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    postgresql-common >/dev/null || true
  # Debian's package would make and start a cluster of its own.
  [ ! -f /etc/postgresql-common/createcluster.conf ] ||
    sed -i 's/^#* *create_main_cluster.*/create_main_cluster = false/' \
      /etc/postgresql-common/createcluster.conf
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    postgresql >/dev/null || true
  has_server && exit 0
fi
echo "okrlab: the tests of the shared store need the programs of PostgreSQL (15 or later), and they" >&2
echo "are not installed. Install them, such as with: sudo apt-get install postgresql" >&2
exit 2
