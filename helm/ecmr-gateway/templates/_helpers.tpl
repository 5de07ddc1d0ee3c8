{{/* Names, labels and what a role's values are. */}}

{{- define "ecmr.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* At most 40 characters, so that a role's name and a kind's fit behind it. */}}
{{- define "ecmr.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "ecmr.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "ecmr.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "ecmr.selector" -}}
app.kubernetes.io/name: {{ include "ecmr.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "ecmr.labels" -}}
{{ include "ecmr.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
app.kubernetes.io/part-of: ecmr-gateway
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | quote }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Metadata of an object of a role, or of the whole where component is empty: root, name, component. */}}
{{- define "ecmr.metadata" -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "ecmr.labels" .root | nindent 2 }}
  {{- with .component }}
  app.kubernetes.io/component: {{ . }}
  {{- end }}
{{- end -}}

{{/* The roles that are installed, as a list in JSON. */}}
{{- define "ecmr.roles" -}}
{{- $roles := list -}}
{{- range $role := list "ingress" "relay" "scoring" "inspection" -}}
{{- if (index $.Values.roles $role).enabled -}}
{{- $roles = append $roles $role -}}
{{- end -}}
{{- end -}}
{{- toJson $roles -}}
{{- end -}}

{{/* Values of one role over those of all, as JSON: root, role. */}}
{{- define "ecmr.role" -}}
{{- mustMergeOverwrite (deepCopy .root.Values.allRoles) (deepCopy (index .root.Values.roles .role)) | toJson -}}
{{- end -}}

{{/* Whether a role answers callers. */}}
{{- define "ecmr.answers" -}}
{{- if has . (list "ingress" "inspection") }}true{{ end -}}
{{- end -}}

{{/* Reference of an image: root, image. */}}
{{- define "ecmr.image" -}}
{{- if .image.digest -}}
{{- printf "%s@%s" .image.repository .image.digest -}}
{{- else -}}
{{- printf "%s:%s" .image.repository (default .root.Chart.AppVersion .image.tag) -}}
{{- end -}}
{{- end -}}

{{/* Seconds from SIGTERM until the process is killed. */}}
{{- define "ecmr.gracePeriod" -}}
{{- add .drainSeconds .timeoutSeconds 5 -}}
{{- end -}}

{{/* Whether a role's Kafka user has a certificate, a password or nothing. */}}
{{- define "ecmr.kafkaProof" -}}
{{- if hasPrefix "sasl_" .Values.kafka.securityProtocol -}}
password
{{- else if eq .Values.kafka.securityProtocol "ssl" -}}
certificate
{{- end -}}
{{- end -}}

{{/* Names under which gRPC health tells of a role. */}}
{{- define "ecmr.healthName" -}}
{{- get (dict
  "ingress" "ecmr.ingress.v1.IngressService"
  "inspection" "ecmr.inspection.v1.InspectionService"
  "relay" "relay"
  "scoring" "scoring") . -}}
{{- end -}}
