extension World {
  /// Fills in what the API server adds to objects that leave it out.
  static func withDefaults(_ kind: ResourceKind, _ object: JSON) -> JSON {
    var object = object
    switch kind {
    case .deployments:
      let spec = object["spec"] ?? .object([])
      var ordered: JSON = .object([])
      ordered["replicas"] = spec["replicas"] ?? 1
      ordered["selector"] = spec["selector"]
      ordered["template"] = templateWithDefaults(spec["template"] ?? .object([]))
      ordered["strategy"] = strategyWithDefaults(spec["strategy"] ?? .object([]))
      ordered["revisionHistoryLimit"] = spec["revisionHistoryLimit"] ?? 10
      ordered["progressDeadlineSeconds"] = spec["progressDeadlineSeconds"] ?? 600
      for member in spec.members where ordered[member.name] == nil { ordered[member.name] = member.value }
      object["spec"] = ordered
    case .daemonSets, .statefulSets, .replicaSets:
      object["spec", "template"] = templateWithDefaults(object["spec"]?["template"] ?? .object([]))
    case .services:
      object["spec"] = serviceWithDefaults(object["spec"] ?? .object([]))
    case .pods:
      object["spec"] = podWithDefaults(object["spec"] ?? .object([]))
    case .secrets:
      // Texts are taken, never given back.
      for member in object["stringData"]?.members ?? [] {
        object["data", member.name] = .string(Base64.paddedText((member.value.string ?? "").utf8))
      }
      object["stringData"] = nil
    default: break
    }
    return object
  }

  private static func strategyWithDefaults(_ given: JSON) -> JSON {
    var strategy = given
    if strategy["type"] == nil { strategy["type"] = "RollingUpdate" }
    guard strategy["type"] == "RollingUpdate" else { return strategy }
    for name in ["maxUnavailable", "maxSurge"] where strategy["rollingUpdate", name] == nil {
      strategy["rollingUpdate", name] = "25%"
    }
    return strategy
  }

  private static func serviceWithDefaults(_ given: JSON) -> JSON {
    var spec = given
    let ports = spec["ports"]?.elements ?? []
    if !ports.isEmpty {
      spec["ports"] = .array(
        ports.map { port in
          var port = port
          if port["protocol"] == nil { port["protocol"] = "TCP" }
          if port["targetPort"] == nil { port["targetPort"] = port["port"] }
          return port
        })
    }
    if spec["clusterIP"] != nil, spec["clusterIPs"] == nil { spec["clusterIPs"] = spec["clusterIP"].map { [$0] } }
    let defaults: KeyValuePairs<String, JSON> = [
      "type": "ClusterIP", "sessionAffinity": "None", "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack",
      "internalTrafficPolicy": "Cluster",
    ]
    for (name, value) in defaults where spec[name] == nil { spec[name] = value }
    return spec
  }

  private static func templateWithDefaults(_ template: JSON) -> JSON {
    var template = template
    var metadata: JSON = ["creationTimestamp": nil]
    for member in template["metadata"]?.members ?? [] where member.name != "creationTimestamp" {
      metadata[member.name] = member.value
    }
    template["metadata"] = metadata
    template["spec"] = podWithDefaults(template["spec"] ?? .object([]))
    return template
  }

  private static func podWithDefaults(_ spec: JSON) -> JSON {
    var spec = spec
    let containers = spec["containers"]?.elements ?? []
    spec["containers"] = .array(containers.map(containerWithDefaults))
    if let initial = spec["initContainers"]?.elements {
      spec["initContainers"] = .array(initial.map(containerWithDefaults))
    }
    let defaults: KeyValuePairs<String, JSON> = [
      "restartPolicy": "Always", "terminationGracePeriodSeconds": 30, "dnsPolicy": "ClusterFirst",
      "securityContext": [:], "schedulerName": "default-scheduler",
    ]
    for (name, value) in defaults where spec[name] == nil { spec[name] = value }
    if let account = spec["serviceAccountName"] { spec["serviceAccount"] = account }
    return spec
  }

  private static func containerWithDefaults(_ container: JSON) -> JSON {
    var container = container
    let ports = container["ports"]?.elements ?? []
    if !ports.isEmpty {
      container["ports"] = .array(
        ports.map { port in
          var port = port
          if port["protocol"] == nil { port["protocol"] = "TCP" }
          return port
        })
    }
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
      if let probe = container[name] { container[name] = probeWithDefaults(probe) }
    }
    if container["resources"] == nil { container["resources"] = [:] }
    container["terminationMessagePath"] = container["terminationMessagePath"] ?? "/dev/termination-log"
    container["terminationMessagePolicy"] = container["terminationMessagePolicy"] ?? "File"
    container["imagePullPolicy"] = container["imagePullPolicy"] ?? "IfNotPresent"
    return container
  }

  private static func probeWithDefaults(_ probe: JSON) -> JSON {
    var probe = probe
    if probe["httpGet"] != nil { probe["httpGet", "scheme"] = probe["httpGet"]?["scheme"] ?? "HTTP" }
    let defaults: KeyValuePairs<String, JSON> = [
      "timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3,
    ]
    for (name, value) in defaults where probe[name] == nil { probe[name] = value }
    return probe
  }
}
