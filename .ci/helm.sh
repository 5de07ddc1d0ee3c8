#!/usr/bin/env bash
# Checks the Helm chart: values, templates, and that a real API server takes it; each kind of check also has faults
# planted on purpose, which it must catch. Last line: "N passed, N failed, N skipped".
#
# ECMR_KUBE_SCHEMAS    where kubeconform finds JSON Schemas; otherwise it fetches Kubernetes' own
# ECMR_KUBE_START      a script: START DIR brings up an API server and writes DIR/kubeconfig
# ECMR_KUBE_STOP       the script that ends it: STOP DIR --purge
# ECMR_TEST_KUBECONFIG the kubeconfig of a cluster that is there; a namespace and an admission policy are made in it
# shellcheck disable=SC2016,SC2317 # Text of Prometheus is not the shell's; checks are called by their names.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

chart=helm/ecmr-gateway
base=$chart/ci/default-values.yaml
space=ecmr-helm-check
release=check
wait_seconds=30
passed=0 failed=0 skipped=0

work=$(mktemp -d)
export HELM_CACHE_HOME=$work/helm HELM_CONFIG_HOME=$work/helm HELM_DATA_HOME=$work/helm KUBECACHEDIR=$work/cache
kubernetes=

finish() {
    local line="$passed passed, $failed failed, $skipped skipped"
    clean_up
    echo "$line"
    ((failed == 0 && passed + skipped > 0)) || exit 1
    exit 0
}

clean_up() {
    trap - EXIT
    if [[ $kubernetes == ours ]]; then
        "$ECMR_KUBE_STOP" "$work/kubernetes" --purge >"$work/stop.log" 2>&1 || cat "$work/stop.log"
    elif [[ $kubernetes == theirs ]]; then
        kubectl delete --ignore-not-found namespace "$space" >/dev/null
        kubectl delete --ignore-not-found -f .ci/helm-policy.yaml >/dev/null
    fi
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

good() {
    passed=$((passed + 1))
    echo "ok: $1"
}

bad() {
    failed=$((failed + 1))
    echo "failed: $1: $2"
}

skip() {
    skipped=$((skipped + 1))
    echo "skipped: $1: $2"
}

# The command must succeed: check NAME COMMAND...
check() {
    local name=$1
    shift
    if "$@" >"$work/output" 2>&1; then good "$name"; else bad "$name" "$(tail -n 20 "$work/output")"; fi
}

# A fault is planted: the command must fail, and say why: caught NAME REASON COMMAND...
caught() {
    local name="fault $1" reason=$2
    shift 2
    if "$@" >"$work/output" 2>&1; then
        bad "$name" "nobody noticed"
    elif grep -qF -- "$reason" "$work/output"; then
        good "$name"
    else
        bad "$name" "not noticed for what it is ($reason), but: $(tail -n 5 "$work/output")"
    fi
}

render() {
    helm template "$release" "$chart" -n "$space" -f "$base" "$@"
}

# Shapes of manifests on standard input.
conform() {
    kubeconform -strict -summary "${skip_kinds[@]}" -schema-location "${ECMR_KUBE_SCHEMAS:-default}"
}

render_and_conform() {
    render "$@" >"$work/rendered.yaml" && conform <"$work/rendered.yaml"
}

# A copy of the chart with a fault in one of its files, or a change: planted SED-SCRIPT FILE; its path is in $twin.
planted() {
    twin=$work/twin
    rm -rf "$twin"
    cp -R "$chart" "$twin"
    sed -i "$1" "$twin/$2"
    if cmp -s "$chart/$2" "$twin/$2"; then
        bad "fault" "'$1' changes nothing in $2"
    fi
}

render_twin() {
    helm template "$release" "$twin" -n "$space" -f "$base" "$@"
}

name_of() {
    basename "$1" -values.yaml
}

check_values() {
    local file
    check "README of the chart" .ci/chart-readme.sh --check "$chart"
    for file in "$chart"/ci/*-values.yaml; do
        check "lint $(name_of "$file")" helm lint --strict "$chart" -f "$base" -f "$file"
    done

    caught "misspelt value" "additional properties 'replica' not allowed" render --set roles.ingress.replica=3
    caught "misspelt setting" "not allowed" render --set 'allRoles.settings.Ledger:QueueLength=3'
    caught "wrong type" "want integer" render --set-string kafka.partitions=16
    caught "missing limit" "missing property 'memory'" render --set allRoles.resources.limits.memory=null
    caught "latest image" "'not' failed" render --set image.gateway.tag=latest
    caught "root user" "minimum" render --set podSecurity.runAsUser=0
    caught "missing secret" "keys.pseudonym.secretName is needed" render --set keys.pseudonym.secretName=
    caught "password in the values" "not allowed" render --set migrations.password=x
    caught "credentials that a role must not have" "additional properties 'kafka' not allowed" \
        render --set roles.inspection.credentials.kafka.secretName=x
    caught "more copies than partitions" "keda.maxReplicas is 17" \
        render -f "$chart/ci/keda-values.yaml" --set kafka.partitions=16 --set roles.scoring.keda.maxReplicas=17
    caught "network without a name" "networkPolicy.redis is needed" render --set-json 'networkPolicy.redis=[]'
    caught "setting outside its limits" "maximum" render --set 'allRoles.settings.Ledger:WriteConnections=65'
    caught "address that would add a parameter" "does not match pattern" render --set 'ledger.host=db;Timeout=1'
    planted 's/^  # Hands facts on.*/&/; s/^    # Hands facts on.*//' values.yaml
    caught "value without a description" "has no description" .ci/chart-readme.sh --check "$twin"
    planted 's/^  port: 5432/  port: 5433/' values.yaml
    caught "README that is not up to date" "is not what values.yaml says" .ci/chart-readme.sh --check "$twin"
}

# The keys of the ledger are where they are used: relay and scoring only read facts, so that who takes one of them over
# can neither sign a head nor find out a plate.
check_keys() {
    local no_callers=(--set roles.ingress.enabled=false --set roles.inspection.enabled=false)
    check "keys are with the roles that use them" keys_are_apart render
    check "public key with relay and scoring" keys_are_apart render -f "$chart/ci/public-key-values.yaml"
    check "roles without callers need no keys and no issuer" render "${no_callers[@]}" --set identity.authority= \
        --set keys.treeHead.secretName= --set keys.pseudonym.secretName= --set keys.token.secretName=
    caught "callers without an issuer" "identity.authority is needed" render --set identity.authority=
    planted 's/^{{- if include "ecmr.answers" .role }}$/{{- if true }}/' templates/_pod.tpl
    caught "keys in all roles" "relay has ecmr-tree-head-key" keys_are_apart render_twin
    planted 's/^{{- if include "ecmr.answers" $role }}$/{{- if true }}/' templates/_settings.tpl
    caught "settings of keys in all roles" "relay has Ledger__SigningKeyFile" keys_are_apart render_twin
}

keys_are_apart() {
    local role what text
    "$@" -s templates/deployments.yaml >"$work/rendered.yaml" || return
    for role in ingress relay scoring inspection; do
        text=$(deployment_of "$role")
        for what in ecmr-tree-head-key ecmr-pseudonym-key ecmr-token-key Ledger__SigningKeyFile \
            Ledger__PseudonymKeyFile Ledger__TokenKeyFile Identity__Authority; do
            if [[ $role == ingress || $role == inspection ]]; then
                [[ $text == *"$what"$'\n'* ]] || { echo "$role has no $what" && return 1; }
            else
                [[ $text != *"$what"$'\n'* ]] || { echo "$role has $what" && return 1; }
            fi
        done
    done
}

deployment_of() {
    awk -v RS='---\n' -v role="--Roles=$1\"" 'index($0, role)' "$work/rendered.yaml"
}

# What is in files/ is installed as it is, also where it looks like a template.
check_files() {
    planted 's/^appVersion.*/&-twin/' Chart.yaml
    rm -rf "$twin/files"
    check "without rules and dashboards there are no objects for them" none_of_them
    mkdir -p "$twin/files/rules" "$twin/files/dashboards"
    printf 'groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: vector(1)\n        annotations: {s: "{{ $labels.role }}"}\n' \
        >"$twin/files/rules/one_rule.yaml"
    printf '{"title": "{{role}}"}\n' >"$twin/files/dashboards/one.json"
    check "rules and dashboards are taken as they are" as_they_are
    printf 'tests: []\n' >"$twin/files/rules/other.yaml"
    caught "file that holds no rules" "is no file of rules" render_twin -f "$chart/ci/monitoring-values.yaml"
}

none_of_them() {
    render_twin -f "$chart/ci/monitoring-values.yaml" >"$work/rendered.yaml" &&
        grep -q '^kind: ServiceMonitor$' "$work/rendered.yaml" &&
        ! grep -qE '^kind: (PrometheusRule|ConfigMap)$' "$work/rendered.yaml"
}

as_they_are() {
    render_twin -f "$chart/ci/monitoring-values.yaml" >"$work/rendered.yaml" &&
        grep -qF 'annotations: {s: "{{ $labels.role }}"}' "$work/rendered.yaml" &&
        grep -qF '    {"title": "{{role}}"}' "$work/rendered.yaml" &&
        if command -v kubeconform >/dev/null; then conform <"$work/rendered.yaml"; fi
}

check_shapes() {
    local file
    if ! command -v kubeconform >/dev/null; then
        skip "shapes of manifests" "kubeconform is not on the path"
        return
    fi
    # No schema of the Gateway API is where the others are.
    skip_kinds=(-skip GRPCRoute)
    for file in "$chart"/ci/*-values.yaml; do
        check "shape $(name_of "$file")" render_and_conform -f "$file"
    done

    planted 's/readinessProbe:/readinesProbe:/' templates/deployments.yaml
    caught "misspelt field" "readinesProbe" conform_twin
    planted 's/maxSurge: 1/maxSurge: {}/' templates/deployments.yaml
    caught "field of a wrong type" "maxSurge" conform_twin
}

conform_twin() {
    render_twin >"$work/rendered.yaml" && conform <"$work/rendered.yaml"
}

# Finds an API server and makes a namespace in it that takes restricted Pods only.
start_kubernetes() {
    if ! command -v kubectl >/dev/null; then
        skip "installation" "kubectl is not on the path"
        return 1
    elif [[ -n ${ECMR_TEST_KUBECONFIG:-} ]]; then
        export KUBECONFIG=$ECMR_TEST_KUBECONFIG
        kubernetes=theirs
    elif [[ -n ${ECMR_KUBE_START:-} && -n ${ECMR_KUBE_STOP:-} ]]; then
        kubernetes=ours
        if ! "$ECMR_KUBE_START" "$work/kubernetes" >"$work/start.log" 2>&1; then
            bad "installation" "the API server does not start: $(tail -n 5 "$work/start.log")"
            return 1
        fi
        export KUBECONFIG=$work/kubernetes/kubeconfig
    else
        skip "installation" "no API server: neither ECMR_TEST_KUBECONFIG nor ECMR_KUBE_START is set"
        return 1
    fi
    kubectl create namespace "$space" >/dev/null &&
        kubectl label namespace "$space" ecmr-helm-check=true pod-security.kubernetes.io/enforce=restricted >/dev/null &&
        kubectl apply -f .ci/helm-policy.yaml >/dev/null && wait_for_policy && return
    bad "installation" "the namespace or the policy cannot be made"
    return 1
}

# A policy takes effect a moment after it was made.
wait_for_policy() {
    planted 's/automountServiceAccountToken: false/automountServiceAccountToken: true/' templates/_pod.tpl
    eventually is_refused
}

is_refused() {
    ! dry_run_twin >/dev/null 2>&1
}

dry_run_twin() {
    render_twin -s templates/deployments.yaml | kubectl apply -n "$space" --dry-run=server --validate=strict -f -
}

helm_install() {
    # The hook's Job cannot end where there is no node: its objects are made beside the release.
    helm install "$release" "$chart" -n "$space" --no-hooks -f "$base" "$@" &&
        helm get hooks "$release" -n "$space" >"$work/hooks.yaml" &&
        if grep -q '^kind:' "$work/hooks.yaml"; then
            kubectl apply -n "$space" --validate=strict -f "$work/hooks.yaml"
        fi
}

helm_uninstall() {
    helm uninstall "$release" -n "$space" --no-hooks &&
        if grep -q '^kind:' "$work/hooks.yaml"; then
            kubectl delete -n "$space" --wait=false -f "$work/hooks.yaml"
        fi
}

# That admission lets the Pods themselves in is seen by their number alone.
has_all_pods() {
    local refused
    eventually no_pod_is_missing && return
    refused=$(kubectl get replicasets -n "$space" -l "app.kubernetes.io/instance=$release" \
        -o jsonpath='{range .items[*]}{.status.conditions[?(@.type=="ReplicaFailure")].message}{"\n"}{end}')
    echo "Pods are missing. $refused"
    return 1
}

# Each ReplicaSet and Job with how many Pods it wants and has: all lines are as 2=2 or 0=.
no_pod_is_missing() {
    local counts
    counts=$(kubectl get replicasets,jobs -n "$space" -l "app.kubernetes.io/instance=$release" -o jsonpath="{range \
.items[*]}{.spec.replicas}{.spec.parallelism}={.status.replicas}{.status.active}{'\n'}{end}")
    [[ -n $counts ]] && ! grep -qvE '^(([0-9]+)=\2|0=0?)$' <<<"$counts"
}

eventually() {
    local limit=$((SECONDS + wait_seconds))
    until "$@"; do
        ((SECONDS < limit)) || return 1
        sleep 0.2
    done
}

install_and_remove() {
    helm_install "$@" && has_all_pods && helm_uninstall
}

# Kinds in the rendered manifests that the API server does not know.
unknown_kinds() {
    render -f "$1" | sed -n 's/^kind: //p' | sort -u | grep -vxFf "$work/kinds"
}

check_installation() {
    local file unknown
    kubectl api-resources --no-headers | awk '{ print $NF }' >"$work/kinds"
    for file in "$chart"/ci/*-values.yaml; do
        if unknown=$(unknown_kinds "$file"); then
            skip "install $(name_of "$file")" "the API server does not know ${unknown//$'\n'/, }"
        else
            check "install $(name_of "$file")" install_and_remove -f "$file"
            helm uninstall "$release" -n "$space" --no-hooks >/dev/null 2>&1
        fi
    done
}

memory_limits() {
    kubectl get deployments -n "$space" -l "app.kubernetes.io/instance=$release" \
        -o jsonpath='{range .items[*]}{.spec.template.spec.containers[0].resources.limits.memory}{"\n"}{end}' | sort -u
}

# Nothing is missed: the old copies stay until new ones serve, which without nodes never happens.
upgrade() {
    helm upgrade "$release" "$chart" -n "$space" --no-hooks -f "$base" --set allRoles.resources.limits.memory=1500Mi &&
        eventually has_three_copies && has_all_pods && [[ $(memory_limits) == 1500Mi ]]
}

has_three_copies() {
    [[ $(kubectl get pods -n "$space" -l "app.kubernetes.io/instance=$release,app.kubernetes.io/component=ingress" \
        -o name | wc -l) == 3 ]]
}

roll_back() {
    helm rollback "$release" 1 -n "$space" --no-hooks && has_all_pods && [[ $(memory_limits) == 1Gi ]]
}

remove() {
    local left
    helm_uninstall || return
    left=$(kubectl get -n "$space" -o name -l "app.kubernetes.io/instance=$release" \
        deployments,services,serviceaccounts,networkpolicies,poddisruptionbudgets,configmaps)
    [[ -z $left ]] || { echo "Left: $left" && return 1; }
}

has_no_rights() {
    local rights
    rights=$(kubectl auth can-i get secrets -n "$space" \
        --as="system:serviceaccount:$space:$release-ecmr-gateway-ingress")
    [[ $rights == no ]]
}

check_life() {
    check "install" helm_install
    check "Pods are made" has_all_pods
    check "a role may read no Secret of the cluster" has_no_rights
    check "upgrade" upgrade
    check "rollback" roll_back
    check "remove" remove
}

# What the API server must refuse: by validation, by the policy, or when Pods are made.
check_refusals() {
    planted 's/readinessProbe:/readinesProbe:/' templates/deployments.yaml
    caught "misspelt field, applied" "unknown field" dry_run_twin
    planted 's/maxSurge: 1/maxSurge: 0/' templates/deployments.yaml
    caught "update that could not go on" "maxUnavailable" dry_run_twin
    planted '/^          resources:/,+1d' templates/deployments.yaml
    caught "container without limits" "no request or no limit" dry_run_twin
    planted 's/(default .root.Chart.AppVersion .image.tag)/"latest"/' templates/_helpers.tpl
    caught "latest image, applied" "no fixed tag" dry_run_twin
    planted 's/readOnlyRootFilesystem: true/readOnlyRootFilesystem: false/' templates/_pod.tpl
    caught "root file system that can be written to" "root file system" dry_run_twin
    planted 's/automountServiceAccountToken: false/automountServiceAccountToken: true/' templates/_pod.tpl
    caught "mounted token" "a token of the cluster" dry_run_twin
    planted 's/    sizeLimit: .*/    medium: Memory/' templates/_pod.tpl
    caught "folder without a limit" "an emptyDir has no limit" dry_run_twin
    planted '/livenessProbe:/,+4d' templates/deployments.yaml
    caught "missing probe" "a probe is missing" dry_run_twin
    planted 's/^Ledger__PasswordFile: .*/Ledger__Password: x/' templates/_settings.tpl
    caught "password in the environment" "a secret is in the environment" dry_run_twin
    planted 's/runAsUser: .*/runAsUser: 0/' templates/_pod.tpl
    caught "root user, applied" "it is root" dry_run_twin
    planted 's/  runAsNonRoot: true/  runAsNonRoot: false/; s/    drop: \[ALL\]/    drop: []/' templates/_pod.tpl
    caught "Pods that admission refuses" "violates PodSecurity" pods_of_twin
}

pods_of_twin() {
    local wait_seconds=5 kind
    for kind in serviceaccounts deployments; do
        render_twin -s "templates/$kind.yaml" | kubectl apply -n "$space" -f - || return 0
    done
    has_all_pods
}

if ! command -v helm >/dev/null; then
    skip "chart" "helm is not on the path"
    finish
fi
skip_kinds=(-skip GRPCRoute)
check_values
check_keys
check_files
check_shapes
if start_kubernetes; then
    check_life
    check_installation
    check_refusals
fi
finish
