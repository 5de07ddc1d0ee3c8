#!/usr/bin/env bash
# A base image for machines that cannot pull the official one: debian-base.sh COMMAND... runs a command that builds
# images, with ECMR_BASE_IMAGE naming the base on a registry of its own, which ends with the command.
# Needs Debian's apt-get, umoci, skopeo and docker-registry. Like the official chiselled image it has no shell and no
# package manager, runs as 1654, and is the same to the byte when it is made of the same packages.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(base-files libc6 libgcc-s1 libstdc++6 libssl3 zlib1g ca-certificates tzdata)
work=$PWD/artifacts/base
root=$work/root
image=$work/image
registry_pid=

missing() {
    local tool
    for tool in apt-get dpkg-deb umoci skopeo docker-registry; do
        command -v "$tool" >/dev/null || echo "$tool"
    done
}

# What the runtime needs of Debian, and the runtime of the SDK that builds.
fill_root() {
    local dotnet package
    rm -rf "$work"
    mkdir -p "$root" "$work/packages"
    (cd "$work/packages" && apt-get download -q -o APT::Sandbox::User=root "${packages[@]}" >/dev/null)
    for package in "$work"/packages/*.deb; do
        # Programs are left out: nothing in the image runs them.
        dpkg-deb --fsys-tarfile "$package" | tar -x -C "$root" --exclude='./bin' --exclude='./sbin' \
            --exclude='./usr/bin' --exclude='./usr/sbin' --exclude='./usr/share/doc' --exclude='./usr/share/man' \
            --exclude='./usr/share/lintian' --exclude='./usr/lib/*/gconv' --exclude='./var'
    done
    cat "$root"/usr/share/ca-certificates/mozilla/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
    printf 'root:x:0:0:root:/:/nologin\napp:x:1654:1654::/:/nologin\n' >"$root/etc/passwd"
    printf 'root:x:0:\napp:x:1654:\n' >"$root/etc/group"
    mkdir -p "$root/tmp" "$root/usr/bin" "$root/usr/share/dotnet/shared"
    dotnet=$(dirname "$(realpath "$(command -v dotnet)")")
    cp -R "$dotnet/dotnet" "$dotnet/host" "$root/usr/share/dotnet/"
    cp -R "$dotnet/shared/Microsoft.NETCore.App" "$dotnet/shared/Microsoft.AspNetCore.App" \
        "$root/usr/share/dotnet/shared/"
    ln -s ../share/dotnet/dotnet "$root/usr/bin/dotnet"
}

pack() {
    tar -C "$root" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode='u+rwX,go+rX,go-w' \
        --exclude=./tmp -cf "$work/layer.tar" .
    tar -C "$root" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=1777 -rf "$work/layer.tar" ./tmp
    umoci init --layout "$image"
    umoci new --image "$image:base"
    umoci raw add-layer --image "$image:base" --history.created 1970-01-01T00:00:00Z "$work/layer.tar"
    umoci config --image "$image:base" --no-history --created 1970-01-01T00:00:00Z --os linux \
        --architecture "$(dpkg --print-architecture)" --config.user 1654 \
        --config.env PATH=/usr/bin --config.env APP_UID=1654 --config.env DOTNET_RUNNING_IN_CONTAINER=true \
        --config.env ASPNETCORE_HTTP_PORTS=8080
}

serve() {
    local port=$((20000 + RANDOM % 10000)) tag tries=50
    tag=$(sha256sum "$work/layer.tar" | cut -c -12)
    printf '%s\n' 'version: 0.1' 'log: {level: error}' "storage: {filesystem: {rootdirectory: $work/registry}}" \
        "http: {addr: 127.0.0.1:$port}" >"$work/registry.yml"
    docker-registry serve "$work/registry.yml" >"$work/registry.log" 2>&1 &
    registry_pid=$!
    until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || ((tries-- == 0)); do
        sleep 0.1
    done
    skopeo copy -q --dest-tls-verify=false "oci:$image:base" "docker://127.0.0.1:$port/ecmr-base:$tag"
    export DOTNET_CONTAINER_INSECURE_REGISTRIES=127.0.0.1:$port
    export ECMR_BASE_IMAGE=127.0.0.1:$port/ecmr-base:$tag
}

lacking=$(missing | tr '\n' ' ')
if [[ -n $lacking ]]; then
    echo "skipped: a base image of Debian's packages: not installed here: $lacking"
    exit 0
fi
trap '[[ -z $registry_pid ]] || kill "$registry_pid"' EXIT
fill_root
pack
serve
"$@"
