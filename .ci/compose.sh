#!/usr/bin/env bash
# compose.yaml with what it needs: up makes the passwords and the gateway's image and starts it all, down stops it and
# keeps the data. ECMR_IMAGE names an image that is there already.
set -euo pipefail
cd "$(dirname "$0")/.."

data=data/compose

compose() {
    if docker compose version >/dev/null 2>&1; then
        docker compose "$@"
    else
        docker-compose "$@"
    fi
}

# Made once. The folder is closed to others; the files are read by the containers' own users.
password() {
    [[ -s $data/secrets/$1 ]] || head -c 24 /dev/urandom | base64 | tr -d '+/=\n' >"$data/secrets/$1"
    chmod 644 "$data/secrets/$1"
}

up() {
    mkdir -p "$data/keys" "$data/secrets"
    chmod 700 "$data"
    for name in postgres owner gateway facts redis; do password "$name"; done
    if [[ -z ${ECMR_IMAGE:-} ]]; then
        .ci/image.sh build
        docker load -q -i artifacts/image/ecmr-gateway.tar.gz
    fi
    ECMR_USER=$(id -u):$(id -g)
    export ECMR_USER
    compose up -d
    echo "Submitters ask 127.0.0.1:5080, inspectors 127.0.0.1:5086; traces and metrics: http://127.0.0.1:18888"
}

case ${1:-} in
    up) up ;;
    down) compose down ;;
    *)
        echo "$0 up|down" >&2
        exit 2
        ;;
esac
