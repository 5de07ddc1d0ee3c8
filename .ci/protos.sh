#!/usr/bin/env bash
# Usage: protos.sh lint | breaking
# Runs buf over a copy of protos/ beside the google protos it imports, which come from the package that the build uses.
# "breaking" compares with PROTO_BASE where set, else with the newest tag, else with origin/main or the commit before.
set -euo pipefail
cd "$(dirname "$0")/.."

buf=.ci/buf/node_modules/.bin/buf
stage=artifacts/buf

install_buf() {
    local wanted
    wanted=$(sed -n 's/.*"@bufbuild\/buf": "\([0-9.]*\)".*/\1/p' .ci/buf/package.json)
    if [[ ! -x $buf || $("$buf" --version) != "$wanted" ]]; then
        # The scripts of the package are not needed: the program comes ready in an optional package.
        npm ci --prefix .ci/buf --ignore-scripts --no-audit --no-fund
    fi
}

# Folder with google/api and google/rpc.
google_protos() {
    local packages version
    packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
    version=$(sed -n 's/.*"Google.Api.CommonProtos" Version="\([^"]*\)".*/\1/p' Directory.Packages.props)
    local folder=${packages%/}/google.api.commonprotos/$version/content/protos
    [[ -d $folder/google ]] || dotnet restore src/EcmrGateway.Protocol -v q >&2
    echo "$folder"
}

# Fills a folder of the stage with protos/ as in $2 (a commit; empty: the working copy) and the google protos.
fill() {
    local folder=$stage/$1 commit=$2
    rm -rf "$folder"
    mkdir -p "$folder"
    if [[ -n $commit ]]; then
        git archive "$commit" protos | tar -x -C "$folder" --strip-components=1
    else
        cp -R protos/. "$folder"
    fi
    cp -R "$(google_protos)/google" "$folder/google"
}

# The commit to compare with; nothing where there is none that has protos.
base_commit() {
    local candidates=() candidate
    if [[ -n ${PROTO_BASE:-} ]]; then
        candidates=("$PROTO_BASE")
    elif candidate=$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null); then
        candidates=("$candidate")
    else
        candidates=(origin/main HEAD~1)
    fi

    for candidate in "${candidates[@]}"; do
        # A clean working copy of the candidate itself would only be compared with itself.
        if git cat-file -e "$candidate:protos/buf.yaml" 2>/dev/null &&
            ! { [[ $(git rev-parse "$candidate^{commit}") == $(git rev-parse HEAD) ]] &&
                git diff --quiet HEAD -- protos; }; then
            echo "$candidate"
            return
        fi
    done
}

lint() {
    fill protos ""
    "$buf" lint "$stage/protos"
    echo "buf lint: no findings"
}

breaking() {
    local base
    base=$(base_commit)
    if [[ -z $base ]]; then
        echo "buf breaking: no earlier protos to compare with"
        return
    fi

    fill protos ""
    fill base "$base"
    "$buf" breaking "$stage/protos" --against "$stage/base"
    echo "buf breaking: nothing breaks against $base"
}

case ${1:-} in
    lint | breaking) ;;
    *)
        echo "Usage: $0 lint | breaking" >&2
        exit 2
        ;;
esac

if ! command -v npm >/dev/null; then
    echo "skipped: proto $1: npm (Node.js) is not installed"
    exit 0
fi

install_buf
"$1"
