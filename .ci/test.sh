#!/usr/bin/env bash
# Builds everything and runs every test project.
# Last line: "N passed, N failed", with ", N skipped" where tests were skipped. Fails when a test fails or none ran.
set -euo pipefail
cd "$(dirname "$0")/.."

projects=(UnitTests ArchitectureTests PathTests)
limit=15m # For one project; a test that hangs must not hang the caller.
results=artifacts/tests
passed=0 failed=0 skipped=0

# The value of an attribute of the <assembly> element in an xUnit result file; 0 without one.
count() {
    local value
    value=$(grep -o '<assembly [^>]*>' "$1" 2>/dev/null | head -n 1 | grep -oE " $2=\"[0-9]+\"" | grep -oE '[0-9]+') ||
        true
    echo "${value:-0}"
}

# Names again, with the first line of why, the tests of an xUnit result file that failed: where a reader looks last.
name_failed() {
    sed 's/<test /\n&/g; s/<message>/\n&/g' "$1" | awk '
        /^<test / { name = match($0, / name="[^"]*"/) && /result="Fail"/ ? substr($0, RSTART + 7, RLENGTH - 8) : "" }
        /^<message>/ && name != "" {
            sub(/^<message>(<!\[CDATA\[)?/, ""); sub(/(\]\]>)?<\/message>.*/, "")
            print "failed: " name ": " $0
            name = ""
        }'
}

finish() {
    local line="$passed passed, $failed failed"
    ((skipped == 0)) || line+=", $skipped skipped"
    echo "$line"
    ((failed == 0 && passed > 0)) || exit 1
    exit 0
}

mkdir -p "$results"
rm -f "$results"/*.xml

if ! dotnet build EcmrGateway.sln -c Release -v q; then
    echo "The build failed; no test ran."
    failed=1
    finish
fi

for project in "${projects[@]}"; do
    result=$results/$project.xml
    code=0
    timeout --kill-after=10 "$limit" dotnet "tests/$project/bin/Release/net10.0/$project.dll" \
        -noLogo -noColor -result-xml "$result" || code=$?

    project_failed=$(($(count "$result" failed) + $(count "$result" errors)))
    project_passed=$(count "$result" passed)
    project_skipped=$(count "$result" skipped)
    if ((code != 0 && project_failed == 0)); then
        echo "$project ended with exit code $code and reports no failed test."
        project_failed=1
    elif ((project_passed + project_failed == 0)); then
        echo "$project ran no test."
        project_failed=1
    fi

    echo "$project: $project_passed passed, $project_failed failed, $project_skipped skipped"
    ((project_failed == 0)) || name_failed "$result"
    passed=$((passed + project_passed))
    failed=$((failed + project_failed))
    skipped=$((skipped + project_skipped))
done

finish
