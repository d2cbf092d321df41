#!/bin/sh
# Any other CI system, or a machine of your own: run the tests, and when they fail leave a report, a
# page and a patch for `git am` in REPORT. Needs Python 3.11, git, the project's requirements, and
# `pip install 'repairlsp[ci]'`. The exit code is that of the tests.
#
#   REPORT=out BASE=origin/main contrib/ci/repair.sh [PROJECT [TEST COMMAND...]]

set -u
project=${1:-.}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- pytest -q
report=${REPORT:-repairlsp-report}

(cd "$project" && "$@") && exit 0
code=$?

repairlsp ci "$project" ${BASE:+--base "$BASE"} --artifacts "$report" -- "$@"
case $? in
    0) echo "repairlsp: git am $report/fix.patch" >&2 ;;
    1) echo "repairlsp: not everything could be repaired, see $report/summary.md" >&2 ;;
    *) echo "repairlsp: it could not work here" >&2 ;;
esac
exit "$code"
