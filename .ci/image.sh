#!/usr/bin/env bash
# The images of the gateway and of its command line, each with the list of its packages (CycloneDX), to artifacts/image.
# ECMR_BASE_IMAGE names another base than the official one; .ci/debian-base.sh makes one where none can be pulled.
# "check" looks into what was built: the user, rights, order and times of the files, secrets, packages.
set -euo pipefail
cd "$(dirname "$0")/.."

out=artifacts/image
platform=linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
projects=(ecmr-gateway:EcmrGateway.Host ecmr-cli:EcmrGateway.Cli)

tool() {
    dotnet run --file .ci/image.cs -- "$@"
}

build() {
    local name project
    rm -rf "$out"
    mkdir -p "$out"
    dotnet tool restore >/dev/null
    for project in "${projects[@]}"; do
        name=${project%%:*}
        # Paths of the machine that builds would be in the program, and differ with it; the name of a base of another
        # registry would be in the labels (its digest is there in either case). Compiled anew and on one thread, because
        # the generator of log messages puts classes in the order of hash codes, which are those of threads. Publishing
        # takes what an earlier build left, also when it is told to rebuild.
        dotnet restore "src/${project#*:}" -v q -p:CompiledAheadFor="$platform"
        dotnet clean "src/${project#*:}" -c Release -v q -p:CompiledAheadFor="$platform" >/dev/null
        dotnet publish "src/${project#*:}" -c Release -v q -t:PublishContainer \
            -p:CompiledAheadFor="$platform" -p:ContinuousIntegrationBuild=true \
            -p:UseSharedCompilation=false -p:CompilerResponseFile="$PWD/.ci/one-thread.rsp" \
            ${ECMR_BASE_IMAGE:+-p:ContainerGenerateLabelsImageBaseName=false} \
            -p:ContainerArchiveOutputPath="$PWD/$out/$name.tar"
        tool normalise "$out/$name.tar" "$out/$name.tar.gz"
        rm "$out/$name.tar"
        dotnet tool run dotnet-CycloneDX "src/${project#*:}/${project#*:}.csproj" --runtime "$platform" \
            --no-serial-number --disable-package-restore --output "$out" --filename "$name.cdx.json" \
            --output-format Json >/dev/null
        echo "$out/$name.tar.gz $(tool digest "$out/$name.tar.gz")"
    done
}

check() {
    local project name
    for project in "${projects[@]}"; do
        name=${project%%:*}
        tool check "$out/$name.tar.gz" "$out/$name.cdx.json"
    done
    # The packages of the one are not those of the other: a check that finds nothing there finds nothing at all.
    if tool check "$out/ecmr-gateway.tar.gz" "$out/ecmr-cli.cdx.json" 2>/dev/null; then
        echo "The check finds nothing wrong with another image's list of packages." >&2
        exit 1
    fi
}

case ${1:-} in
    build) build ;;
    check) check ;;
    build-and-check)
        build
        check
        echo "The images are as they should be."
        ;;
    *)
        echo "$0 build|check|build-and-check" >&2
        exit 2
        ;;
esac
