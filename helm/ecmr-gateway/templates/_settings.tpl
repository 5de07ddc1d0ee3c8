{{/*
Settings of a role as the environment of its container: root, role, own (the role's values). All values are text.
A password is never among them, only the file that it is in.
*/}}
{{- define "ecmr.settings" -}}
{{- $values := .root.Values -}}
{{- $role := .role -}}
{{- $own := .own -}}
{{- $trust := ternary "/etc/ecmr/trust/ca.crt" "" (ne $values.trust.configMapName "") }}
{{- include "ecmr.ledgerSettings" (dict "values" $values "username" $own.credentials.ledger.username) }}
Ledger__PasswordFile: /etc/ecmr/credentials/ledger/password
{{- if include "ecmr.answers" $role }}
Ledger__SigningKeyFile: /etc/ecmr/keys/tree-head.key
Ledger__PseudonymKeyFile: /etc/ecmr/keys/pseudonym.key
Ledger__TokenKeyFile: /etc/ecmr/keys/token.key
Identity__Authority: {{ $values.identity.authority | quote }}
Identity__Audience: {{ $values.identity.audience | quote }}
{{- else if $values.keys.treeHead.publicKeyConfigMapName }}
Ledger__PublicKeyFile: /etc/ecmr/keys/tree-head.pub
{{- end }}
Shutdown__DrainDelay: {{ include "ecmr.timeSpan" $own.shutdown.drainSeconds | quote }}
Shutdown__Timeout: {{ include "ecmr.timeSpan" $own.shutdown.timeoutSeconds | quote }}
Telemetry__OtlpEndpoint: {{ $values.telemetry.otlpEndpoint | quote }}
Telemetry__SampleRatio: {{ $values.telemetry.sampleRatio | quote }}
Logging__LogLevel__Default: {{ $values.logging.level | quote }}
Logging__Console__FormatterName: {{ $values.logging.format | quote }}
{{- /* The user may be one that the image does not know, and whoever uses certificates asks for its home. */}}
HOME: /tmp
{{- with $trust }}
SSL_CERT_FILE: {{ . }}
{{- end }}
{{- /* Probes of Kubernetes know no TLS, and metrics are not for callers: each has a port of its own. */}}
Kestrel__Endpoints__Probe__Url: http://*:5082
Kestrel__Endpoints__Probe__Protocols: Http2
Kestrel__Endpoints__Metrics__Url: http://*:5083
Kestrel__Endpoints__Metrics__Protocols: Http1
{{- if include "ecmr.answers" $role }}
{{- $scheme := ternary "https" "http" (ne $values.tls.secretName "") }}
Kestrel__Endpoints__Grpc__Url: {{ $scheme }}://*:5080
Kestrel__Endpoints__Http__Url: {{ $scheme }}://*:5081
{{- if $values.tls.secretName }}
Kestrel__Certificates__Default__Path: /etc/ecmr/tls/tls.crt
Kestrel__Certificates__Default__KeyPath: /etc/ecmr/tls/tls.key
{{- end }}
{{- else }}
{{- /* Nobody calls these. */}}
Kestrel__Endpoints__Grpc__Url: http://127.0.0.1:5080
Kestrel__Endpoints__Http__Url: http://127.0.0.1:5081
{{- end }}
{{- if $own.credentials.kafka }}
Stream__Engine: Kafka
Stream__Kafka__BootstrapServers: {{ join "," $values.kafka.bootstrapServers | quote }}
Stream__Kafka__Topic: {{ $values.kafka.topic | quote }}
Stream__Kafka__Partitions: {{ int64 $values.kafka.partitions | quote }}
Stream__Kafka__ReplicationFactor: {{ int64 $values.kafka.replicationFactor | quote }}
Stream__Kafka__MinInSyncReplicas: {{ int64 $values.kafka.minInSyncReplicas | quote }}
Stream__Kafka__CreateTopic: {{ $values.kafka.createTopic | quote }}
Stream__Kafka__Group: {{ $values.kafka.group | quote }}
Stream__Kafka__Settings__security.protocol: {{ $values.kafka.securityProtocol | quote }}
{{- if and $trust (hasSuffix "ssl" $values.kafka.securityProtocol) }}
Stream__Kafka__Settings__ssl.ca.location: {{ $trust }}
{{- end }}
{{- $proof := include "ecmr.kafkaProof" $.root }}
{{- if eq $proof "password" }}
Stream__Kafka__Settings__sasl.mechanism: {{ $values.kafka.saslMechanism | quote }}
Stream__Kafka__Settings__sasl.username: {{ $own.credentials.kafka.username | quote }}
Stream__Kafka__SettingFiles__sasl.password: /etc/ecmr/credentials/kafka/password
{{- else if eq $proof "certificate" }}
Stream__Kafka__Settings__ssl.certificate.location: /etc/ecmr/credentials/kafka/tls.crt
Stream__Kafka__Settings__ssl.key.location: /etc/ecmr/credentials/kafka/tls.key
{{- end }}
{{- end }}
{{- if $own.credentials.redis }}
HotStore__Engine: Redis
HotStore__ConnectionString: {{ printf "%s,user=%s,ssl=%t,defaultDatabase=%d" (join "," $values.redis.endpoints)
  $own.credentials.redis.username $values.redis.tls (int64 $values.redis.database) | quote }}
HotStore__PasswordFile: /etc/ecmr/credentials/redis/password
HotStore__Buckets: {{ int64 $values.redis.buckets | quote }}
{{- range $index, $area := $values.areas }}
Areas__{{ $index }}__Id: {{ $area.id | quote }}
{{- with $area.displayName }}
Areas__{{ $index }}__DisplayName: {{ . | quote }}
{{- end }}
Areas__{{ $index }}__Latitude: {{ $area.latitude | quote }}
Areas__{{ $index }}__Longitude: {{ $area.longitude | quote }}
Areas__{{ $index }}__RadiusKm: {{ $area.radiusKm | quote }}
{{- end }}
{{- end }}
{{- if $own.placesConfigMapName }}
Ingress__PlacesFile: /etc/ecmr/places/places.csv
{{- end }}
{{- range $name, $value := $own.settings }}
{{ replace ":" "__" $name }}: {{ include "ecmr.number" $value | quote }}
{{- end }}
{{- end -}}

{{/* Where the ledger is: values, username. */}}
{{- define "ecmr.ledgerSettings" -}}
{{- $ledger := .values.ledger -}}
Ledger__Engine: Postgres
Ledger__ConnectionString: {{ include "ecmr.ledgerConnection" . | quote }}
Ledger__Shards: {{ int64 $ledger.shards | quote }}
{{- end -}}

{{/* Connection string of a login, without its password: values, username. */}}
{{- define "ecmr.ledgerConnection" -}}
{{- $ledger := .values.ledger -}}
{{- printf "Host=%s;Port=%d;Database=%s;Username=%s;SSL Mode=%s" $ledger.host (int64 $ledger.port) $ledger.database
  .username $ledger.sslMode -}}
{{- if .values.trust.configMapName }};Root Certificate=/etc/ecmr/trust/ca.crt{{ end -}}
{{- end -}}

{{/* Seconds as hours:minutes:seconds. */}}
{{- define "ecmr.timeSpan" -}}
{{- $seconds := int64 . -}}
{{- printf "%02d:%02d:%02d" (div $seconds 3600) (mod (div $seconds 60) 60) (mod $seconds 60) -}}
{{- end -}}

{{/* Whole numbers in full: a template would write 1048576 as 1.048576e+06. */}}
{{- define "ecmr.number" -}}
{{- if kindIs "float64" . -}}
{{- if eq (float64 (int64 .)) . }}{{ int64 . }}{{ else }}{{ . }}{{ end -}}
{{- else -}}
{{- . -}}
{{- end -}}
{{- end -}}
