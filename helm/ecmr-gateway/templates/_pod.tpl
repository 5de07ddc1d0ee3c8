{{/* Parts of Pods that all kinds of them have. */}}

{{/* What a Pod may do at most, and that it has no access to the cluster's API. */}}
{{- define "ecmr.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ int64 .Values.podSecurity.runAsUser }}
  runAsGroup: {{ int64 .Values.podSecurity.runAsGroup }}
  fsGroup: {{ int64 .Values.podSecurity.fsGroup }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{- define "ecmr.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end -}}

{{/* Settings in YAML as a list of environment variables. */}}
{{- define "ecmr.environment" -}}
{{- range $name, $value := fromYaml . }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/* One Secret's key as a file: volume, secret, key, file. */}}
{{- define "ecmr.secretVolume" -}}
- name: {{ .volume }}
  secret:
    secretName: {{ .secret }}
    defaultMode: 0440
    items:
      - key: {{ .key }}
        path: {{ .file }}
{{- end -}}

{{- define "ecmr.trustVolume" -}}
{{- with .Values.trust.configMapName }}
- name: trust
  configMap:
    name: {{ . }}
    items:
      - key: {{ $.Values.trust.key }}
        path: ca.crt
{{- end }}
{{- end -}}

{{- define "ecmr.trustMount" -}}
{{- if .Values.trust.configMapName }}
- name: trust
  mountPath: /etc/ecmr/trust
  readOnly: true
{{- end }}
{{- end -}}

{{/*
Volumes of a role: root, role, own. Each role has only what its process opens: who answers callers the three keys, who
only reads facts none of them.
*/}}
{{- define "ecmr.volumes" -}}
{{- $values := .root.Values -}}
{{- $own := .own -}}
{{- $credentials := $own.credentials -}}
- name: temporary
  emptyDir:
    sizeLimit: {{ $own.temporarySize }}
{{- if include "ecmr.answers" .role }}
- name: keys
  projected:
    defaultMode: 0440
    sources:
      - secret:
          name: {{ $values.keys.treeHead.secretName }}
          items:
            - key: {{ $values.keys.treeHead.key }}
              path: tree-head.key
      - secret:
          name: {{ $values.keys.pseudonym.secretName }}
          items:
            - key: {{ $values.keys.pseudonym.key }}
              path: pseudonym.key
      - secret:
          name: {{ $values.keys.token.secretName }}
          items:
            - key: {{ $values.keys.token.key }}
              path: token.key
{{- else if $values.keys.treeHead.publicKeyConfigMapName }}
- name: keys
  configMap:
    name: {{ $values.keys.treeHead.publicKeyConfigMapName }}
    items:
      - key: {{ $values.keys.treeHead.publicKeyKey }}
        path: tree-head.pub
{{- end }}
{{ include "ecmr.secretVolume" (dict "volume" "ledger" "secret" $credentials.ledger.secretName
  "key" $credentials.ledger.passwordKey "file" "password") }}
{{- with $credentials.kafka }}
{{- $proof := include "ecmr.kafkaProof" $.root }}
{{- if eq $proof "password" }}
{{ include "ecmr.secretVolume" (dict "volume" "kafka" "secret" .secretName "key" .passwordKey "file" "password") }}
{{- else if eq $proof "certificate" }}
- name: kafka
  secret:
    secretName: {{ .secretName }}
    defaultMode: 0440
    items:
      - key: tls.crt
        path: tls.crt
      - key: tls.key
        path: tls.key
{{- end }}
{{- end }}
{{- with $credentials.redis }}
{{ include "ecmr.secretVolume" (dict "volume" "redis" "secret" .secretName "key" .passwordKey "file" "password") }}
{{- end }}
{{- if and $values.tls.secretName (include "ecmr.answers" .role) }}
- name: tls
  secret:
    secretName: {{ $values.tls.secretName }}
    defaultMode: 0440
{{- end }}
{{- with $own.placesConfigMapName }}
- name: places
  configMap:
    name: {{ . }}
    items:
      - key: {{ $own.placesKey }}
        path: places.csv
{{- end }}
{{- include "ecmr.trustVolume" .root }}
{{- end -}}

{{/* Where they are mounted; folders, not single files, so that a changed Secret arrives. */}}
{{- define "ecmr.mounts" -}}
{{- $values := .root.Values -}}
{{- $own := .own -}}
- name: temporary
  mountPath: /tmp
{{- if or (include "ecmr.answers" .role) $values.keys.treeHead.publicKeyConfigMapName }}
- name: keys
  mountPath: /etc/ecmr/keys
  readOnly: true
{{- end }}
- name: ledger
  mountPath: /etc/ecmr/credentials/ledger
  readOnly: true
{{- if and $own.credentials.kafka (include "ecmr.kafkaProof" .root) }}
- name: kafka
  mountPath: /etc/ecmr/credentials/kafka
  readOnly: true
{{- end }}
{{- if $own.credentials.redis }}
- name: redis
  mountPath: /etc/ecmr/credentials/redis
  readOnly: true
{{- end }}
{{- if and $values.tls.secretName (include "ecmr.answers" .role) }}
- name: tls
  mountPath: /etc/ecmr/tls
  readOnly: true
{{- end }}
{{- if $own.placesConfigMapName }}
- name: places
  mountPath: /etc/ecmr/places
  readOnly: true
{{- end }}
{{- include "ecmr.trustMount" .root }}
{{- end -}}
