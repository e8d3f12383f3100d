# Functions that the scripts in hack/ share. Source it: . "$(dirname "$0")/lib.sh"

say() { printf '%s\n' "$*" >&2; }

die() {
    say "${0##*/}: $*"
    exit 1
}

# Builds the same way on a terminal and off it: SwiftPM passes colours on to the compiler, and a build with them and one
# without share nothing.
swift_build() { swift build --no-color-diagnostics "$@"; }

# Installs those of the named Debian packages that are missing, and says which.
install_debian_packages() {
    missing=
    for package in "$@"; do
        status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)
        [ "$status" = installed ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -eq 0 ]; then sudo=; else sudo=sudo; fi
    say "installing from Debian:$missing"
    $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >&2 ||
        die "apt-get could not install:$missing"
}

# Makes a virtual environment in .build-tools with one package of PyPI: NAME PACKAGE==VERSION CHECK…
install_from_pypi() {
    name=$1 package=$2
    shift 2
    if "$@" >/dev/null 2>&1; then return; fi
    say "installing from PyPI: $package"
    python3 -m venv --clear ".build-tools/$name" || die "python3's venv module is missing; run hack/install-dependencies"
    ".build-tools/$name/bin/pip" install --quiet --disable-pip-version-check "$package" ||
        die "pip could not install $package"
    "$@" >/dev/null || die "$package was installed but does not run"
}

# The directory of PostgreSQL's server programs, newest major version first.
postgres_bin() {
    for directory in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) \
        "$(pg_config --bindir 2>/dev/null)" /usr/pgsql-*/bin /usr/local/pgsql/bin; do
        if [ -x "$directory/initdb" ] && [ -x "$directory/pg_ctl" ]; then
            echo "$directory"
            return
        fi
    done
    die "no PostgreSQL server programs found; run hack/install-dependencies"
}

# Runs a command as a user that PostgreSQL accepts: it refuses root.
as_postgres_user() {
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
    else
        (cd / && exec runuser -u "$(postgres_user)" -- "$@")
    fi
}

postgres_user() {
    if [ "$(id -u)" -ne 0 ]; then
        id -un
    elif id postgres >/dev/null 2>&1; then
        echo postgres
    else
        echo nobody
    fi
}

# Starts a throwaway cluster that trusts everyone on this machine and loses everything in a crash, or, with
# OCUROOT_TEST_POSTGRES_DURABLE set, nothing.
# Sets OCUROOT_TEST_POSTGRES_DIR and OCUROOT_TEST_DATABASE_URL.
start_test_postgres() {
    bin=$(postgres_bin) || exit 1
    dir=$(mktemp -d "${TMPDIR:-/tmp}/ocuroot-test-postgres.XXXXXX") || exit 1
    chmod 755 "$dir"
    chown "$(postgres_user)" "$dir"
    as_postgres_user "$bin/initdb" -D "$dir/data" -U ocuroot -A trust -E UTF8 --locale=C --no-sync \
        >"$dir/initdb.log" 2>&1 || die "initdb failed: $(tail -n 3 "$dir/initdb.log")"
    cat >>"$dir/data/postgresql.conf" <<SETTINGS
listen_addresses = ''
unix_socket_directories = '$dir'
max_connections = ${OCUROOT_TEST_POSTGRES_CONNECTIONS:-400}
max_wal_size = 4GB
checkpoint_timeout = 1h
SETTINGS
    [ -n "${OCUROOT_TEST_POSTGRES_DURABLE:-}" ] || cat >>"$dir/data/postgresql.conf" <<SETTINGS
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
SETTINGS
    run_test_postgres || die "PostgreSQL did not start: $(tail -n 3 "$dir/postgres.log")"
    as_postgres_user "$bin/createdb" -h "$dir" -U ocuroot ocuroot || die "could not create the database"
    OCUROOT_TEST_POSTGRES_DIR=$dir
    OCUROOT_TEST_DATABASE_URL="postgresql://ocuroot@/ocuroot?host=$dir"
    export OCUROOT_TEST_POSTGRES_DIR OCUROOT_TEST_DATABASE_URL
}

# Runs the server of the cluster in $dir.
run_test_postgres() {
    as_postgres_user "$(postgres_bin)/pg_ctl" -D "$dir/data" -l "$dir/postgres.log" -w -s start >/dev/null 2>&1
}

# The directory of the cluster that start_test_postgres started.
test_postgres_dir() {
    case ${OCUROOT_TEST_POSTGRES_DIR:-} in
    */ocuroot-test-postgres.*) echo "$OCUROOT_TEST_POSTGRES_DIR" ;;
    *) die "OCUROOT_TEST_POSTGRES_DIR names no test cluster" ;;
    esac
}

# Runs the server again after it was killed; what it left behind may take a moment to end.
restart_test_postgres() {
    dir=$(test_postgres_dir) || exit 1
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        run_test_postgres && return
        sleep 0.5
    done
    die "PostgreSQL did not start again in $attempt attempts: $(tail -n 3 "$dir/postgres.log")"
}

# Stops the cluster that start_test_postgres started, and removes it.
stop_test_postgres() {
    dir=$(test_postgres_dir) || exit 1
    as_postgres_user "$(postgres_bin)/pg_ctl" -D "$dir/data" -m immediate -s stop >/dev/null 2>&1
    rm -rf "$dir"
    unset OCUROOT_TEST_POSTGRES_DIR OCUROOT_TEST_DATABASE_URL
}
