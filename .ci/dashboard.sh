#!/usr/bin/env bash
# Aspire's stand-alone dashboard of traces, metrics and logs, on this machine's loopback until Ctrl-C; it keeps what it
# gets in memory. The argument is .NET's name of this platform, as linux-x64.
set -euo pipefail
cd "$(dirname "$0")/dashboard"

settings=("-p:DashboardPlatform=$1")
dotnet restore Dashboard.csproj -v q "${settings[@]}"
packages=$(dotnet msbuild Dashboard.csproj "${settings[@]}" -getProperty:NuGetPackageRoot)
version=$(dotnet msbuild Dashboard.csproj "${settings[@]}" -getProperty:DashboardVersion)
program=$packages/aspire.dashboard.sdk.$1/$version/tools/Aspire.Dashboard
[[ -x $program ]] || chmod +x "$program"

# Anybody on this machine may look and send: there is nothing but samples.
export ASPNETCORE_URLS=http://127.0.0.1:18888 ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://127.0.0.1:4317
export ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true ASPIRE_ALLOW_UNSECURED_TRANSPORT=true
export DOTNET_ENVIRONMENT=Production
echo "Dashboard on http://127.0.0.1:18888. Send to it with: make run DASHBOARD=1"
cd "$(dirname "$program")"
exec "$program"
