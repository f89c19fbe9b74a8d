{{/* What every object's name begins with. */}}
{{- define "todo-app.name" -}}
{{- .Values.nameOverride | default .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* The labels of every object. Helm itself adds app.kubernetes.io/managed-by when it installs. */}}
{{- define "todo-app.labels" -}}
app.kubernetes.io/part-of: {{ include "todo-app.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{/* The labels of one component's objects: (list . "backend"). */}}
{{- define "todo-app.componentLabels" -}}
{{ include "todo-app.podLabels" . }}
{{ include "todo-app.labels" (index . 0) }}
{{- end -}}

{{/* The labels of one component's pods: (list . "backend"). No version is among them, as a change replaces all pods. */}}
{{- define "todo-app.podLabels" -}}
{{ include "todo-app.selector" . }}
app.kubernetes.io/name: {{ include "todo-app.name" (index . 0) }}-{{ index . 1 }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* The label by which one component's pods are found: (list . "backend"). A Deployment can never change it. */}}
{{- define "todo-app.selector" -}}
app: {{ include "todo-app.name" (index . 0) }}-{{ index . 1 }}
{{- end -}}

{{/* The image of one component: (list . .Values.backend.image). */}}
{{- define "todo-app.image" -}}
{{- $image := index . 1 -}}
{{ $image.repository }}:{{ $image.tag | default (index . 0).Chart.AppVersion }}
{{- end -}}

{{/* The Secret that the backend reads. */}}
{{- define "todo-app.secretName" -}}
{{- if and .Values.secrets.create .Values.secrets.existingSecret -}}
{{- fail (printf "secrets.create is true and secrets.existingSecret is %q: choose one. Set secrets.existingSecret to \"\" to let the chart create the Secret, or secrets.create to false to use the one that exists." .Values.secrets.existingSecret) -}}
{{- else if .Values.secrets.create -}}
{{ include "todo-app.name" . }}-secrets
{{- else -}}
{{- required "The backend needs a Secret: set secrets.existingSecret to its name, or secrets.create to true with secrets.databaseUrl." .Values.secrets.existingSecret -}}
{{- end -}}
{{- end -}}

{{/* What no container of the application may do. */}}
{{- define "todo-app.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* The wait before a container is told to stop, so that nothing is sent to it any more. */}}
{{- define "todo-app.lifecycle" -}}
preStop:
  exec:
    command: [sleep, {{ .Values.shutdown.preStopSleepSeconds | quote }}]
{{- end -}}
