import JSON

extension ObjectDecoding {
  func template(_ json: JSONValue?) -> PodTemplate {
    var template = PodTemplate()
    guard let json else { return template }
    template.labels = pairs(json["metadata"]?["labels"])
    template.annotations = annotations(json["metadata"]?["annotations"])
    guard let spec = json["spec"] else { return template }
    template.containers = list(spec["containers"], container)
    template.initContainers = list(spec["initContainers"], container)
    template.volumeReferences = volumeReferences(spec["volumes"])
    return template
  }

  func container(_ json: JSONValue) -> ContainerSpec? {
    guard json.isObject else { return nil }
    var container = ContainerSpec()
    container.name = text(json["name"])
    container.image = text(json["image"])
    container.imagePullPolicy = text(json["imagePullPolicy"])
    container.restartPolicy = text(json["restartPolicy"])
    if let resources = json["resources"] {
      container.requests = amounts(resources["requests"])
      container.limits = amounts(resources["limits"])
    }
    container.ports = list(json["ports"]) { json in
      guard json.isObject else { return nil }
      var port = ContainerPort()
      port.name = text(json["name"])
      port.number = count(json["containerPort"]) ?? 0
      return port
    }
    container.readinessProbe = json["readinessProbe"].flatMap(probe)
    container.livenessProbe = json["livenessProbe"].flatMap(probe)
    container.startupProbe = json["startupProbe"].flatMap(probe)
    container.environmentReferences = environmentReferences(json)
    return container
  }

  private func probe(_ json: JSONValue) -> Probe? {
    guard json.isObject else { return nil }
    var probe = Probe()
    probe.summary = texts.text(summary(of: json))
    probe.initialDelaySeconds = count(json["initialDelaySeconds"]) ?? 0
    probe.periodSeconds = count(json["periodSeconds"]) ?? 10
    probe.timeoutSeconds = count(json["timeoutSeconds"]) ?? 1
    probe.failureThreshold = count(json["failureThreshold"]) ?? 3
    return probe
  }

  private func summary(of probe: JSONValue) -> String {
    if let get = probe["httpGet"] {
      let scheme = text(get["scheme"]) == "HTTPS" ? "GET https " : "GET "
      return scheme + (optionalText(get["path"]) ?? "/") + portText(get["port"])
    }
    if let socket = probe["tcpSocket"] { return "tcp" + portText(socket["port"]) }
    if let call = probe["grpc"] { return "grpc" + portText(call["port"]) }
    if let command = probe["exec"] { return "exec " + texts(command["command"]).joined(separator: " ").prefix(80) }
    return ""
  }

  private func portText(_ json: JSONValue?) -> String {
    switch port(json) {
    case .number(let number): " :\(number)"
    case .name(let name): " :\(name)"
    case nil: ""
    }
  }

  private func environmentReferences(_ json: JSONValue) -> [ConfigurationReference] {
    var references: [ConfigurationReference] = []
    if let sources = json["envFrom"] {
      for source in sources.elements {
        take(source["configMapRef"], "ConfigMap", &references)
        take(source["secretRef"], "Secret", &references)
      }
    }
    if let variables = json["env"] {
      for variable in variables.elements {
        guard let source = variable["valueFrom"] else { continue }
        take(source["configMapKeyRef"], "ConfigMap", &references)
        take(source["secretKeyRef"], "Secret", &references)
      }
    }
    return references
  }

  /// Notes a reference once, however many variables come from it; it is needed if one of them needs it.
  private func take(_ json: JSONValue?, _ kind: String, _ references: inout [ConfigurationReference]) {
    guard let json, let name = optionalText(json["name"]) else { return }
    let isOptional = flag(json["optional"])
    if let known = references.firstIndex(where: { $0.kind == kind && $0.name == name }) {
      references[known].isOptional = references[known].isOptional && isOptional
    } else {
      references.append(ConfigurationReference(kind: kind, name: name, isOptional: isOptional))
    }
  }
}
