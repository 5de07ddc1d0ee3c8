#!/usr/bin/env bash
# Makes the tables of the Helm chart's README, below its heading "Values", from the comments of values.yaml.
# chart-readme.sh [--check] [CHART]: with --check it only says whether they are up to date. A value without a description
# is an error.
set -euo pipefail
cd "$(dirname "$0")/.."

check=false
if [[ ${1:-} == --check ]]; then
    check=true
    shift
fi
cd "${1:-helm/ecmr-gateway}"

# The tables: "## Title" begins one, "# text" above a value describes it, indentation makes its path.
tables() {
    awk '
        function fail(text) { print "values.yaml:" NR ": " text > "/dev/stderr"; failed = 1; exit 1 }
        function cell(text) { gsub(/\|/, "\\|", text); return text }
        /^## / { text = ""; print "\n### " substr($0, 4) "\n"; table = 0; next }
        /^ *# / { sub(/^ *# /, ""); text = text (text == "" ? "" : " ") $0; next }
        /^ *$/ { text = ""; next }
        {
            match($0, /^ */)
            depth = RLENGTH / 2
            line = substr($0, RLENGTH + 1)
            if (line !~ /^[A-Za-z0-9]+:( |$)/) fail("one value a line, as name: value")
            name = line; sub(/:.*/, "", name)
            value = line; sub(/^[^:]*: */, "", value)
            path[depth] = name
            full = path[0]
            for (i = 1; i <= depth; i++) full = full "." path[i]
            if (value == "" && text == "") next
            if (text == "") fail(full " has no description")
            if (!table) { print "| value | default | what it is |\n|---|---|---|"; table = 1 }
            shown = value == "" || value == "\"\"" ? "" : "`" cell(value) "`"
            print "| `" full "` | " shown " | " cell(text) " |"
            text = ""
        }
        END { exit failed }
    ' values.yaml
}

new=$(mktemp)
trap 'rm -f "$new"' EXIT
sed '/^## Values$/q' README.md >"$new"
tables >>"$new"
if [[ $check == false ]]; then
    cat "$new" >README.md
elif ! diff -u README.md "$new"; then
    echo "README.md of the chart is not what values.yaml says; run .ci/chart-readme.sh." >&2
    exit 1
fi
