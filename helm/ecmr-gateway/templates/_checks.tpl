{{/* What the schema cannot say: values that are needed, and rules between two values. Names all that is wrong at once. */}}
{{- define "ecmr.checks" -}}
{{- $v := .Values -}}
{{- $roles := include "ecmr.roles" . | fromJsonArray -}}
{{- $wrong := list -}}
{{- $needed := dict "ledger.host" $v.ledger.host -}}
{{- if $v.migrations.enabled -}}
{{- $_ := set $needed "migrations.secretName" $v.migrations.secretName -}}
{{- end -}}
{{- $streams := or $v.roles.relay.enabled $v.roles.scoring.enabled -}}
{{- $ranks := or $v.roles.scoring.enabled $v.roles.inspection.enabled -}}
{{- $answers := or $v.roles.ingress.enabled $v.roles.inspection.enabled -}}
{{- if $answers -}}
{{- $_ := set $needed "identity.authority" $v.identity.authority -}}
{{- range $key := list "treeHead" "pseudonym" "token" -}}
{{- $_ := set $needed (printf "keys.%s.secretName" $key) (index $v.keys $key).secretName -}}
{{- end -}}
{{- end -}}
{{- if $streams -}}{{- $_ := set $needed "kafka.bootstrapServers" $v.kafka.bootstrapServers -}}{{- end -}}
{{- if $ranks -}}{{- $_ := set $needed "redis.endpoints" $v.redis.endpoints -}}{{- end -}}
{{- range $role := $roles -}}
{{- range $engine, $credential := (index $v.roles $role).credentials -}}
{{- if or (ne $engine "kafka") (include "ecmr.kafkaProof" $) -}}
{{- $_ := set $needed (printf "roles.%s.credentials.%s.secretName" $role $engine) $credential.secretName -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $keda := and $v.roles.scoring.enabled $v.roles.scoring.keda.enabled -}}
{{- if and $keda (include "ecmr.kafkaProof" .) -}}
{{- $_ := set $needed "roles.scoring.keda.credentials.secretName" $v.roles.scoring.keda.credentials.secretName -}}
{{- end -}}
{{- if $v.networkPolicy.enabled -}}
{{- $_ := set $needed "networkPolicy.ledger" $v.networkPolicy.ledger -}}
{{- if $streams -}}{{- $_ := set $needed "networkPolicy.kafka" $v.networkPolicy.kafka -}}{{- end -}}
{{- if $ranks -}}{{- $_ := set $needed "networkPolicy.redis" $v.networkPolicy.redis -}}{{- end -}}
{{- if $answers -}}{{- $_ := set $needed "networkPolicy.authority" $v.networkPolicy.authority -}}{{- end -}}
{{- if $v.telemetry.otlpEndpoint -}}
{{- $_ := set $needed "networkPolicy.collector" $v.networkPolicy.collector -}}
{{- end -}}
{{- end -}}
{{- range $name := keys $needed | sortAlpha -}}
{{- if empty (get $needed $name) -}}{{- $wrong = append $wrong (printf "%s is needed" $name) -}}{{- end -}}
{{- end -}}
{{- if eq (len $roles) 0 -}}{{- $wrong = append $wrong "roles: at least one is enabled" -}}{{- end -}}
{{- if gt (int64 $v.kafka.minInSyncReplicas) (int64 $v.kafka.replicationFactor) -}}
{{- $wrong = append $wrong "kafka.minInSyncReplicas is at most kafka.replicationFactor" -}}
{{- end -}}
{{- $shards := int64 $v.ledger.shards -}}
{{- $useful := min $shards (int64 $v.kafka.partitions) -}}
{{- if $v.roles.scoring.enabled -}}
{{- $scoring := include "ecmr.role" (dict "root" . "role" "scoring") | fromJson -}}
{{- $copies := ternary (int64 $scoring.keda.maxReplicas) (int64 $scoring.replicas) $keda -}}
{{- if gt $copies $useful -}}
{{- $wrong = append $wrong (printf "roles.scoring.%s is %d: of kafka.partitions (%d) and ledger.shards (%d) each gives work to one copy at most"
  (ternary "keda.maxReplicas" "replicas" $keda) $copies (int64 $v.kafka.partitions) $shards) -}}
{{- end -}}
{{- if and $keda (gt (int64 $scoring.keda.minReplicas) (int64 $scoring.keda.maxReplicas)) -}}
{{- $wrong = append $wrong "roles.scoring.keda.minReplicas is at most roles.scoring.keda.maxReplicas" -}}
{{- end -}}
{{- end -}}
{{- if $v.roles.relay.enabled -}}
{{- $relay := include "ecmr.role" (dict "root" . "role" "relay") | fromJson -}}
{{- if gt (int64 $relay.replicas) $shards -}}
{{- $wrong = append $wrong (printf "roles.relay.replicas is %d: each of ledger.shards (%d) gives work to one copy at most" (int64 $relay.replicas) $shards) -}}
{{- end -}}
{{- end -}}
{{- range $role := list "ingress" "inspection" -}}
{{- $scale := (index $v.roles $role).autoscaling -}}
{{- if and $scale.enabled (gt (int64 $scale.minReplicas) (int64 $scale.maxReplicas)) -}}
{{- $wrong = append $wrong (printf "roles.%s.autoscaling.minReplicas is at most its maxReplicas" $role) -}}
{{- end -}}
{{- range $kind, $way := index $v.exposure $role -}}
{{- if and $way.enabled (empty $way.hosts) -}}
{{- $wrong = append $wrong (printf "exposure.%s.%s.hosts is needed" $role $kind) -}}
{{- end -}}
{{- if and $way.enabled (eq $kind "grpcRoute") (empty $way.parentRefs) -}}
{{- $wrong = append $wrong (printf "exposure.%s.grpcRoute.parentRefs is needed" $role) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $watch := $v.monitoring.serviceMonitor -}}
{{- if gt (int64 $watch.timeoutSeconds) (int64 $watch.intervalSeconds) -}}
{{- $wrong = append $wrong "monitoring.serviceMonitor.timeoutSeconds is at most its intervalSeconds" -}}
{{- end -}}
{{- if $wrong -}}{{- fail (printf "\n- %s" (join "\n- " $wrong)) -}}{{- end -}}
{{- end -}}
