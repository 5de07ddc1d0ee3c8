#!/usr/bin/env bash
# PostgreSQL, Kafka, Redis and the gateway with each role in a process of its own, on this machine and without Docker:
# from installed programs, on loopback, until Ctrl-C. Data, passwords and logs are in data/stack (or at STACK_DATA) and
# are found there again at the next start. Ends only what it started.
set -euo pipefail
cd "$(dirname "$0")/.."

data=${STACK_DATA:-$PWD/data/stack}
gateway=$PWD/artifacts/gateway/ecmr-gateway.dll
ready_seconds=90
stop_seconds=40
node_id=4L6g3nShT-eMCtK--X86sw

names=()
pids=()

say() {
    printf '%s\n' "$*"
}

# What is missing is named at once, with what to do about it.
find_programs() {
    local missing=()
    PATH=$PATH$(printf ':%s' /usr/lib/postgresql/*/bin)
    command -v initdb >/dev/null && command -v postgres >/dev/null && command -v psql >/dev/null ||
        missing+=("PostgreSQL: initdb, postgres and psql on the path, or below /usr/lib/postgresql")
    command -v redis-server >/dev/null || missing+=("Redis: redis-server on the path")
    java=${JAVA_HOME:+$JAVA_HOME/bin/}java
    command -v "$java" >/dev/null || missing+=("Java 17 or later on the path, or JAVA_HOME")
    if [[ -z ${KAFKA_HOME:-} ]] && server=$(command -v kafka-server-start.sh); then
        KAFKA_HOME=$(dirname "$(dirname "$(realpath "$server")")")
    fi
    compgen -G "${KAFKA_HOME:-/nowhere}/libs/kafka_*.jar" >/dev/null ||
        missing+=("Kafka: KAFKA_HOME, the folder of a distribution, or its programs on the path")
    command -v setsid >/dev/null || missing+=("setsid on the path (util-linux)")
    [[ -f $gateway ]] || missing+=("the gateway: make gateway")
    if ((${#missing[@]} > 0)); then
        printf 'Missing: %s\n' "${missing[@]}" >&2
        exit 2
    fi
}

# The usual port, or a free one where somebody listens on it: port USUAL
port() {
    local candidate=$1
    while listens "$candidate"; do
        candidate=$((20000 + RANDOM % 10000))
    done
    echo "$candidate"
}

# A password that nobody has to know: made once.
password() {
    [[ -s $data/secrets/$1 ]] || (umask 077 && head -c 24 /dev/urandom | base64 | tr -d '+/=\n' >"$data/secrets/$1")
}

# Starts a program in a session of its own, so that Ctrl-C reaches this script alone: start NAME COMMAND...
start() {
    local name=$1
    shift
    setsid "$@" >>"$data/logs/$name.log" 2>&1 </dev/null &
    names+=("$name")
    pids+=("$!")
}

# wait_for NAME COMMAND...: until it succeeds, or the newest program ends.
wait_for() {
    local limit=$((SECONDS + ready_seconds)) name=$1
    shift
    until "$@"; do
        if ! kill -0 "${pids[-1]}" 2>/dev/null || ((SECONDS >= limit)); then
            say "$name does not start. The end of $data/logs/$name.log:" >&2
            tail -n 20 "$data/logs/$name.log" >&2
            exit 1
        fi
        sleep 0.2
    done
}

listens() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

is_ready() {
    local answer
    # Without curl, which a machine may not have.
    answer=$(
        exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$1" &&
            printf 'GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3 &&
            timeout 5 cat <&3
    ) || return 1
    [[ $answer == "HTTP/1.1 200"* ]]
}

# stop SIGNAL INDEX...: asks, waits, and then insists.
stop() {
    local signal=$1 limit=$((SECONDS + stop_seconds)) index
    shift
    for index in "$@"; do
        kill "-$signal" "${pids[index]}" 2>/dev/null || true
    done
    for index in "$@"; do
        while kill -0 "${pids[index]}" 2>/dev/null; do
            if ((SECONDS >= limit)); then
                say "${names[index]} does not stop; it is killed." >&2
                kill -KILL "${pids[index]}" 2>/dev/null || true
            fi
            sleep 0.1
        done
    done
}

# The gateways first, then the engines that they use. PostgreSQL's fast shutdown is SIGINT.
clean_up() {
    local code=$? index gateways=() engines=()
    trap - EXIT
    trap '' INT TERM
    for index in "${!names[@]}"; do
        if [[ ${names[index]} == gateway-* ]]; then gateways+=("$index"); else engines+=("$index"); fi
    done
    ((${#names[@]} == 0)) || say "Stopping."
    ((${#gateways[@]} == 0)) || stop TERM "${gateways[@]}"
    for index in "${engines[@]}"; do
        if [[ ${names[index]} == postgres ]]; then stop INT "$index"; else stop TERM "$index"; fi
    done
    exit "$code"
}

start_postgres() {
    local store=$data/postgres as_owner=()
    mkdir -p "$store"
    # It refuses to run as root.
    if ((EUID == 0)); then
        as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups)
        chown postgres "$store" "$data/secrets/superuser"
    fi
    if [[ ! -s $store/db/PG_VERSION ]]; then
        "${as_owner[@]}" initdb -D "$store/db" -U postgres -E UTF8 --auth=scram-sha-256 \
            --pwfile="$data/secrets/superuser" >>"$data/logs/postgres.log"
    fi
    start postgres "${as_owner[@]}" "$(command -v postgres)" \
        -D "$store/db" -p "$postgres_port" -k "$store" -c listen_addresses=127.0.0.1
    wait_for postgres answers
    if [[ $(query "SELECT count(*) FROM pg_database WHERE datname = 'ecmr'") == 0 ]]; then
        PGPASSWORD=$(<"$data/secrets/superuser") psql -q -h 127.0.0.1 -p "$postgres_port" -U postgres \
            -v ON_ERROR_STOP=1 -v owner_password="$(<"$data/secrets/owner")" \
            -v gateway_password="$(<"$data/secrets/gateway")" \
            -v facts_password="$(<"$data/secrets/facts")" -f .ci/ledger-roles.sql
    fi
}

answers() {
    query 'SELECT 1' >/dev/null
}

query() {
    PGPASSWORD=$(<"$data/secrets/superuser") psql -h 127.0.0.1 -p "$postgres_port" -U postgres -Atc "$1" \
        2>>"$data/logs/postgres.log"
}

start_redis() {
    mkdir -p "$data/redis"
    (
        umask 077
        printf '%s\n' "bind 127.0.0.1" "port $redis_port" "save \"\"" "appendonly no" "dir $data/redis" \
            "requirepass $(<"$data/secrets/redis")" >"$data/redis/redis.conf"
    )
    start redis redis-server "$data/redis/redis.conf"
    wait_for redis listens "$redis_port"
}

start_kafka() {
    local store=$data/kafka settings=$data/kafka/node.properties options=(-cp "$KAFKA_HOME/libs/*" -Xmx512m)
    local broker=127.0.0.1:$kafka_port controller=127.0.0.1:$controller_port
    mkdir -p "$store"
    # The log settings of a distribution write below its own folder; a short line each on standard output will do.
    [[ ! -f $KAFKA_HOME/config/log4j2.yaml ]] ||
        options+=("-Dlog4j2.configurationFile=$KAFKA_HOME/config/log4j2.yaml" "-Dkafka.logs.dir=$data/logs")
    printf '%s\n' node.id=1 process.roles=broker,controller \
        "listeners=PLAINTEXT://$broker,CONTROLLER://$controller" "advertised.listeners=PLAINTEXT://$broker" \
        controller.listener.names=CONTROLLER \
        listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT \
        "controller.quorum.voters=1@$controller" "log.dirs=$store/log" auto.create.topics.enable=false \
        offsets.topic.replication.factor=1 transaction.state.log.replication.factor=1 \
        transaction.state.log.min.isr=1 share.coordinator.state.topic.replication.factor=1 \
        share.coordinator.state.topic.min.isr=1 group.initial.rebalance.delay.ms=0 >"$settings"
    [[ -f $store/log/meta.properties ]] ||
        "$java" "${options[@]}" kafka.tools.StorageTool format -t "$node_id" -c "$settings" >>"$data/logs/kafka.log" 2>&1
    start kafka "$java" "${options[@]}" kafka.Kafka "$settings"
    wait_for kafka listens "$kafka_port"
}

# start_role ROLE GRPC_PORT HTTP_PORT OPTION...
start_role() {
    start "gateway-$1" dotnet "$gateway" "--Roles=$1" "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:$2" \
        "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:$3" "${@:4}"
    wait_for "gateway-$1" is_ready "$3"
}

find_programs
mkdir -p "$data/secrets" "$data/logs" "$data/keys"
chmod 700 "$data/secrets"
((EUID != 0)) || chmod 711 "$data/secrets"
for name in superuser owner gateway facts redis; do password "$name"; done
postgres_port=$(port 15432)
redis_port=$(port 16379)
kafka_port=$(port 19092)
controller_port=$(port 19093)
trap clean_up EXIT
trap 'exit 0' INT TERM

say "Data, passwords and logs: $data"
start_postgres
say "PostgreSQL on 127.0.0.1:$postgres_port, database ecmr"
start_redis
say "Redis on 127.0.0.1:$redis_port"
start_kafka
say "Kafka on 127.0.0.1:$kafka_port"

export ASPNETCORE_ENVIRONMENT=Development
export Ledger__Engine=Postgres Ledger__Folder=$data/keys
export Stream__Engine=Kafka Stream__Kafka__BootstrapServers=127.0.0.1:$kafka_port
export Stream__Kafka__ReplicationFactor=1 Stream__Kafka__MinInSyncReplicas=1
export HotStore__Engine=Redis HotStore__ConnectionString=127.0.0.1:$redis_port
export HotStore__PasswordFile=$data/secrets/redis
# Nobody looks at health here before a call is sent elsewhere.
export Shutdown__DrainDelay=00:00:00

number=5080
for role in ingress relay scoring inspection; do
    grpc_port=$(port "$number")
    http_port=$(port $((number + 1)))
    # Who answers nobody reads facts alone.
    [[ $role == relay || $role == scoring ]] && login=facts || login=gateway
    options=(
        "--Ledger:ConnectionString=Host=127.0.0.1;Port=$postgres_port;Database=ecmr;Username=$login"
        "--Ledger:PasswordFile=$data/secrets/$login"
    )
    # The first makes the tables; the others only check them.
    [[ $role != ingress ]] || options+=(
        "--Ledger:MigrationConnectionString=Host=127.0.0.1;Port=$postgres_port;Database=ecmr;Username=ecmr_owner"
        "--Ledger:MigrationPasswordFile=$data/secrets/owner"
    )
    start_role "$role" "$grpc_port" "$http_port" "${options[@]}"
    say "$role: gRPC on 127.0.0.1:$grpc_port, HTTP on 127.0.0.1:$http_port"
    number=$((number + 2))
done
say "Everything runs. Ctrl-C stops it."

# One that ends by itself ends the rest.
code=0
wait -n "${pids[@]}" || code=$?
for index in "${!pids[@]}"; do
    kill -0 "${pids[index]}" 2>/dev/null ||
        say "${names[index]} ended with $code; see $data/logs/${names[index]}.log" >&2
done
false
