# What the scripts of this directory share; for bash, to be sourced.

changes() { git status --porcelain --untracked-files=all; }

require_clean_checkout() {
  [ -z "$(changes)" ] && return
  echo "This is no clean checkout; commit or stash these first:" >&2
  changes >&2
  exit 2
}

# Makes a directory for the temporary files of the tests, on a memory file system where there is one, and removes it in
# the end. Tests write many small files and force each to the disk; what they assert of a disk that fails or of a process
# that dies, they assert by steps of their own, or on a file system that they mount themselves. A file system that is
# small, or on which no program may run (PostgreSQL is unpacked there), is passed over.
temporary_directory() {
  local parent
  for parent in /dev/shm "${TMPDIR:-/tmp}"; do
    temporary=$(mktemp -d "$parent/camel-dataverse-changes.XXXXXX" 2>/dev/null) || continue
    trap 'rm -rf "$temporary"' EXIT
    [ "$parent" = /dev/shm ] || return 0
    cp "$(type -P true)" "$temporary/true" 2>/dev/null && "$temporary/true" 2>/dev/null &&
      [ "$(df -Pk "$temporary" | awk 'END { print $4 }')" -ge "$((2 * 1024 * 1024))" ] && return 0
    rm -rf "$temporary"
  done
  echo "There is no directory for temporary files." >&2
  exit 2
}

remove_reports() {
  find . -type d \( -name surefire-reports -o -name failsafe-reports \) -path '*/target/*' -prune -exec rm -rf {} +
}

# The reports of all modules as three numbers: tests, failed, skipped.
counts() {
  find . \( -path '*/target/surefire-reports/TEST-*.xml' -o -path '*/target/failsafe-reports/TEST-*.xml' \) \
    -exec grep -h -m 1 '<testsuite ' {} + | awk '
      function count(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3) + 0 : 0 }
      { tests += count("tests"); failed += count("failures") + count("errors"); skipped += count("skipped") }
      END { print tests + 0, failed + 0, skipped + 0 }'
}

# One line of the form "12 passed, 0 failed, 1 skipped"; fails if no test ran.
summary() {
  local tests=$1 failed=$2 skipped=$3
  echo "$((tests - failed - skipped)) passed, $failed failed, $skipped skipped"
  [ "$tests" -gt 0 ]
}
