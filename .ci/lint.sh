#!/usr/bin/env bash
# White space, protos, tidiness and arrows. Runs all of them and names those that fail.
# The code style rules of .editorconfig are part of every build, so they are not checked again here.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

failures=()

check() {
    local name=$1
    shift
    echo "== $name"
    "$@" || failures+=("$name")
}

white_space() {
    dotnet format whitespace . --folder --verify-no-changes --exclude artifacts --exclude data
}

tidy() {
    dotnet build tests/ArchitectureTests -c Release -v q &&
        dotnet tests/ArchitectureTests/bin/Release/net10.0/ArchitectureTests.dll -noLogo -noColor
}

scripts() {
    if command -v shellcheck >/dev/null; then
        shellcheck .ci/run .ci/*.sh
    else
        echo "skipped: shellcheck: it is not installed"
    fi
}

check "white space" white_space
check "proto lint" .ci/protos.sh lint
check "proto breaking" .ci/protos.sh breaking
check "scripts" scripts
check "tidiness and arrows" tidy

if ((${#failures[@]} > 0)); then
    printf 'lint: failed: %s\n' "${failures[@]}"
    exit 1
fi

echo "lint: all good"
