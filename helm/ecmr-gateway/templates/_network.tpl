{{/* Rules of network policies. */}}

{{/* Ports of addresses "host:port", or those that are named, as a list in JSON: addresses, named. */}}
{{- define "ecmr.ports" -}}
{{- $ports := list -}}
{{- range .named -}}{{- $ports = append $ports (int64 .) -}}{{- end -}}
{{- if empty $ports -}}
{{- range .addresses -}}{{- $ports = append $ports (splitList ":" . | last | int64) -}}{{- end -}}
{{- end -}}
{{- $ports | uniq | toJson -}}
{{- end -}}

{{/* Port of a URL, or that of its scheme, as a list in JSON. */}}
{{- define "ecmr.portOfUrl" -}}
{{- $url := urlParse . -}}
{{- if regexMatch ":[0-9]+$" $url.host -}}
{{- list (splitList ":" $url.host | last | int64) | toJson -}}
{{- else -}}
{{- list (ternary 443 80 (eq $url.scheme "https")) | toJson -}}
{{- end -}}
{{- end -}}

{{/* One way out: to (peers), ports (a list in JSON). */}}
{{- define "ecmr.egress" -}}
- to:
    {{- toYaml .to | nindent 4 }}
  ports:
    {{- range fromJsonArray .ports }}
    - {protocol: TCP, port: {{ int64 . }}}
    {{- end }}
{{- end -}}

{{- define "ecmr.dnsEgress" -}}
- to:
    {{- toYaml .Values.networkPolicy.dns | nindent 4 }}
  ports:
    - {protocol: UDP, port: 53}
    - {protocol: TCP, port: 53}
{{- end -}}

{{- define "ecmr.ledgerEgress" -}}
{{ include "ecmr.egress" (dict "to" .Values.networkPolicy.ledger
  "ports" (include "ecmr.ports" (dict "addresses" list "named" (list .Values.ledger.port)))) }}
{{- end -}}
