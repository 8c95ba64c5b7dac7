{{/*
Puts in what is missing of the chart's own values, of which files/values.yaml is a link: 'helm upgrade --reuse-values' gives the values of the
last release, which has no key that came later. Maps that people fill, such as 'resources', are left as they are.
*/}}
{{- define "trestle.defaults" -}}
{{- $sections := list "image" "crds" "rbac" "admissionPolicies" "serviceAccount" "config" "untrusted" "webhook" "serviceMonitor" "prometheusRule" }}
{{- range $name, $value := .Files.Get "files/values.yaml" | fromYaml }}
{{- $given := get $.Values $name }}
{{- if or (not (hasKey $.Values $name)) (kindIs "invalid" $given) }}
{{- $_ := set $.Values $name $value }}
{{- else if and (has $name $sections) (kindIs "map" $given) }}
{{- range $key, $default := $value }}
{{- if not (hasKey $given $key) }}
{{- $_ := set $given $key $default }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "trestle.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "trestle.fullname" -}}
{{- $name := include "trestle.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "trestle.serviceAccountName" -}}
{{- default (ternary (include "trestle.fullname" .) "default" .Values.serviceAccount.create) .Values.serviceAccount.name }}
{{- end }}

{{- define "trestle.selectorLabels" -}}
app.kubernetes.io/name: {{ include "trestle.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "trestle.labels" -}}
{{ include "trestle.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "trestle.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ default $.Chart.AppVersion .tag }}
{{- end }}
{{- end }}
{{- end }}

{{/* The configuration file: the values as they stand, with the images filled in. */}}
{{- define "trestle.config" -}}
{{- $config := deepCopy .Values.config }}
{{- if not $config.builderImage }}
{{- $_ := set $config "builderImage" (printf "ghcr.io/trestle-dev/builder:%s" .Chart.AppVersion) }}
{{- end }}
{{- if not $config.mergeImage }}
{{- $_ := set $config "mergeImage" (include "trestle.image" .) }}
{{- end }}
{{- $hosts := list }}
{{- range .Values.gitCredentials }}
{{- if has (lower .host) $hosts }}
{{- fail (printf "gitCredentials: host '%s' stands twice; each host has one Secret" .host) }}
{{- end }}
{{- $hosts = append $hosts (lower .host) }}
{{- $credential := dict "host" .host "folder" (printf "/etc/trestle-git/%s" .secretName) "plainHttp" (default false .plainHttp) }}
{{- $_ := set $config.git "credentials" (append ($config.git.credentials | default list) $credential) }}
{{- end }}
{{- toYaml $config }}
{{- end }}

{{/* The Secrets of 'gitCredentials', each once: two hosts may share one. */}}
{{- define "trestle.gitSecrets" -}}
{{- $secrets := list }}
{{- range .Values.gitCredentials }}
{{- $secrets = append $secrets .secretName }}
{{- end }}
{{- $secrets | uniq | toYaml }}
{{- end }}

{{/* What the operator may do: no Secret, no pod's log, no node. Pods mount their Secrets themselves. */}}
{{- define "trestle.rules" -}}
- apiGroups: [trestle.dev]
  resources: [backendbuilds, baseimages, manifestmerges]
  verbs: [list, watch]
- apiGroups: [trestle.dev]
  resources: [backendbuilds]
  verbs: [create, patch, delete]
- apiGroups: [trestle.dev]
  resources: [baseimages]
  verbs: [create, update, delete]
- apiGroups: [trestle.dev]
  resources: [manifestmerges]
  verbs: [create, delete]
- apiGroups: [trestle.dev]
  resources: [backendbuilds/status, baseimages/status, manifestmerges/status]
  verbs: [patch]
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch, create, delete]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [list, watch, create]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
{{- end }}
