extension ResourceKind {
  static let pods = ResourceKind(
    "", "v1", "pods", "Pod", shortNames: ["po"], categories: ["all"],
    subresources: [
      Subresource(name: "eviction", kind: "Eviction", group: "policy", version: "v1", verbs: ["create"]),
      Subresource(name: "exec", kind: "PodExecOptions", group: "", version: "", verbs: ["create", "get"]),
      Subresource(name: "log", kind: "Pod", group: "", version: "", verbs: ["get"]), .status("Pod"),
    ],
    selectableFields: [
      "spec.nodeName", "status.phase", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName",
      "status.podIP", "status.nominatedNodeName",
    ], storageVersionHash: "xPOwRZ+Yhw8=")
  static let services = ResourceKind(
    "", "v1", "services", "Service", shortNames: ["svc"], categories: ["all"], subresources: [.status("Service")],
    selectableFields: ["spec.clusterIP", "spec.type"], storageVersionHash: "0/CO1lhkEBI=")
  static let nodes = ResourceKind(
    "", "v1", "nodes", "Node", isNamespaced: false, shortNames: ["no"], subresources: [.status("Node")],
    selectableFields: ["spec.unschedulable"], storageVersionHash: "XwShjMxG9Fs=")
  static let namespaces = ResourceKind(
    "", "v1", "namespaces", "Namespace", isNamespaced: false, shortNames: ["ns"], subresources: [.status("Namespace")],
    selectableFields: ["status.phase"], storageVersionHash: "Q3oi5N2YM8M=")
  static let events = ResourceKind(
    "", "v1", "events", "Event", shortNames: ["ev"],
    selectableFields: [
      "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
      "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
      "reportingComponent", "source", "type",
    ], storageVersionHash: "r2yiGXH7wu8=")
  static let configMaps = ResourceKind(
    "", "v1", "configmaps", "ConfigMap", shortNames: ["cm"], storageVersionHash: "qFsyl6wFWjQ=")
  static let secrets = ResourceKind(
    "", "v1", "secrets", "Secret", selectableFields: ["type"], storageVersionHash: "S6u1pOWzb84=")
  static let serviceAccounts = ResourceKind(
    "", "v1", "serviceaccounts", "ServiceAccount", shortNames: ["sa"], storageVersionHash: "pbx9ZvyFpBE=")
  static let persistentVolumeClaims = ResourceKind(
    "", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", shortNames: ["pvc"],
    subresources: [.status("PersistentVolumeClaim")], storageVersionHash: "QWTyNDq0dC4=")
  static let resourceQuotas = ResourceKind(
    "", "v1", "resourcequotas", "ResourceQuota", shortNames: ["quota"], subresources: [.status("ResourceQuota")],
    storageVersionHash: "8uhSgffRX6w=")
  static let limitRanges = ResourceKind(
    "", "v1", "limitranges", "LimitRange", shortNames: ["limits"], storageVersionHash: "EBKMFVe6cwo=")

  static let deployments = ResourceKind(
    "apps", "v1", "deployments", "Deployment", shortNames: ["deploy"], categories: ["all"],
    subresources: [.scale, .status("Deployment")], storageVersionHash: "8aSe+NMegvE=")
  static let replicaSets = ResourceKind(
    "apps", "v1", "replicasets", "ReplicaSet", shortNames: ["rs"], categories: ["all"],
    subresources: [.scale, .status("ReplicaSet")], selectableFields: ["status.replicas"],
    storageVersionHash: "P1RzHs8/mWQ=")
  static let statefulSets = ResourceKind(
    "apps", "v1", "statefulsets", "StatefulSet", shortNames: ["sts"], categories: ["all"],
    subresources: [.scale, .status("StatefulSet")], storageVersionHash: "H+vl74LkKdo=")
  static let daemonSets = ResourceKind(
    "apps", "v1", "daemonsets", "DaemonSet", shortNames: ["ds"], categories: ["all"],
    subresources: [.status("DaemonSet")], storageVersionHash: "dd7pWHUlMKQ=")
  static let controllerRevisions = ResourceKind(
    "apps", "v1", "controllerrevisions", "ControllerRevision", storageVersionHash: "85nkx63pcBU=")

  static let ingresses = ResourceKind(
    "networking.k8s.io", "v1", "ingresses", "Ingress", shortNames: ["ing"], subresources: [.status("Ingress")],
    storageVersionHash: "39NQlfNR+bo=")
  static let ingressClasses = ResourceKind(
    "networking.k8s.io", "v1", "ingressclasses", "IngressClass", isNamespaced: false,
    storageVersionHash: "l/iqIbDgFyQ=")
  static let networkPolicies = ResourceKind(
    "networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", shortNames: ["netpol"],
    storageVersionHash: "YpfwF18m1G8=")
  static let endpointSlices = ResourceKind(
    "discovery.k8s.io", "v1", "endpointslices", "EndpointSlice")
  static let horizontalPodAutoscalers = ResourceKind(
    "autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", shortNames: ["hpa"],
    categories: ["all"], subresources: [.status("HorizontalPodAutoscaler")])
  static let podDisruptionBudgets = ResourceKind(
    "policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", shortNames: ["pdb"],
    subresources: [.status("PodDisruptionBudget")])
  static let jobs = ResourceKind(
    "batch", "v1", "jobs", "Job", categories: ["all"], subresources: [.status("Job")],
    selectableFields: ["status.successful"])
  static let cronJobs = ResourceKind(
    "batch", "v1", "cronjobs", "CronJob", shortNames: ["cj"], categories: ["all"],
    subresources: [.status("CronJob")])
  static let leases = ResourceKind(
    "coordination.k8s.io", "v1", "leases", "Lease")
  static let storageClasses = ResourceKind(
    "storage.k8s.io", "v1", "storageclasses", "StorageClass", isNamespaced: false, shortNames: ["sc"])

  /// Every kind that is stored, in the order of discovery.
  static let all: [ResourceKind] = [
    configMaps, events, limitRanges, namespaces, nodes, persistentVolumeClaims, pods, resourceQuotas, secrets,
    serviceAccounts, services, controllerRevisions, daemonSets, deployments, replicaSets, statefulSets,
    horizontalPodAutoscalers, cronJobs, jobs, ingressClasses, ingresses, networkPolicies, podDisruptionBudgets,
    storageClasses, leases, endpointSlices,
  ]

  /// The kind that objects of that group and kind belong to.
  static func named(_ kind: String, apiVersion: String) -> ResourceKind? {
    all.first { $0.kind == kind && $0.apiVersion == apiVersion }
  }
}
