#!/usr/bin/env bash
# The whole product in one go: a gateway with a data folder of its own, 10,000 sample notes and one UN/CEFACT note
# through the public API, the ranked vehicles of one area, and a clean stop.
set -euo pipefail
cd "$(dirname "$0")/.."

notes=10000
seed=1
area=rotterdam
ready_seconds=30
ranked_seconds=60
stop_seconds=20

gateway=src/EcmrGateway.Host/bin/Release/net10.0/ecmr-gateway.dll
cli=src/EcmrGateway.Cli/bin/Release/net10.0/ecmr.dll
sample=../shared/samples/uncefact-ecmr/ecmr-d16b-8-items.xml
[[ -f $sample ]] || sample=tests/Samples/uncefact-ecmr.xml

folder=$(mktemp -d)
log=$folder/gateway.log
pid=

step() {
    printf '\n== %s\n' "$*"
}

# Whatever happens, the gateway does not outlive the demo.
clean_up() {
    local code=$?
    if [[ -n $pid ]] && kill -KILL "$pid" 2>/dev/null; then
        wait "$pid" 2>/dev/null || true
    fi
    if ((code != 0)) && [[ -s $log ]]; then
        echo "The demo failed. The gateway's last lines:" >&2
        tail -n 30 "$log" >&2
    fi
    rm -rf "$folder"
    exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# A port that nobody listens on now, below the range from which the system takes its own.
free_port() {
    local port
    while port=$((10000 + RANDOM % 20000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

ecmr() {
    dotnet "$cli" --address "http://127.0.0.1:$grpc_port" "$@"
}

# Waits for a command to succeed: wait_for SECONDS WHAT COMMAND...
wait_for() {
    local limit=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        if ! kill -0 "$pid" 2>/dev/null; then
            echo "The gateway stopped while waiting for: $what" >&2
            return 1
        elif ((SECONDS >= limit)); then
            echo "Gave up waiting for: $what" >&2
            return 1
        fi
        sleep 0.2
    done
}

is_ready() {
    local answer
    # Without curl, which a machine may not have.
    answer=$(
        exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$http_port" &&
            printf 'GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3 &&
            timeout 5 cat <&3
    ) || return 1
    [[ $answer == "HTTP/1.1 200"* ]]
}

# The list says up to which position it is scored, and which position is the newest.
is_ranked() {
    local list scored newest
    list=$(ecmr rank "$area" --window 4h --top 1 --json) || return 1
    scored=$(grep -oE '"scored_?[pP]osition": *"?[0-9]+' <<<"$list" | grep -oE '[0-9]+$' || true)
    newest=$(grep -oE '"newest_?[pP]osition": *"?[0-9]+' <<<"$list" | grep -oE '[0-9]+$' || true)
    [[ -n $scored && -n $newest ]] && ((scored >= newest && newest > 0))
}

step "Build"
dotnet build src/EcmrGateway.Host -c Release -v q
dotnet build src/EcmrGateway.Cli -c Release -v q

grpc_port=$(free_port)
http_port=$(free_port)
step "Start the gateway: gRPC on 127.0.0.1:$grpc_port, HTTP on 127.0.0.1:$http_port, data in a temporary folder"
ASPNETCORE_ENVIRONMENT=Development \
    Ledger__Folder="$folder/data" \
    Shutdown__DrainDelay=00:00:00 \
    Kestrel__Endpoints__Grpc__Url="http://127.0.0.1:$grpc_port" \
    Kestrel__Endpoints__Http__Url="http://127.0.0.1:$http_port" \
    dotnet "$gateway" >"$log" 2>&1 &
pid=$!
wait_for "$ready_seconds" "the gateway to be ready" is_ready
echo "Ready."

step "Submit $notes sample notes (seed $seed; some are wrong on purpose)"
ecmr --party demo submit --sample "$notes" --seed "$seed"

step "Submit the UN/CEFACT note $(basename "$sample"): it is incomplete, so findings are expected"
ecmr --party demo submit "$sample" || echo "Refused, as it should be."

step "Wait until everything is ranked"
wait_for "$ranked_seconds" "all notes to be ranked" is_ranked
echo "Ranked."

step "Vehicles expected around $area in the next four hours"
ecmr rank "$area" --window 4h --top 15

step "Stop the gateway"
kill -TERM "$pid"
limit=$((SECONDS + stop_seconds))
while kill -0 "$pid" 2>/dev/null; do
    if ((SECONDS >= limit)); then
        echo "The gateway did not stop within $stop_seconds seconds." >&2
        exit 1
    fi
    sleep 0.1
done
code=0
wait "$pid" || code=$?
pid=
if ((code != 0)); then
    echo "The gateway ended with exit code $code." >&2
    exit 1
fi

echo "Stopped cleanly. The whole demo took $SECONDS seconds."
