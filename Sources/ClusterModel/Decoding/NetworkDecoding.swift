import JSON

extension ObjectDecoding {
  func service(_ json: JSONValue, _ metadata: ObjectMetadata) -> Service {
    var service = Service()
    service.metadata = metadata
    guard let spec = json["spec"] else { return service }
    service.type = optionalText(spec["type"]) ?? "ClusterIP"
    service.clusterIP = text(spec["clusterIP"])
    service.selector = pairs(spec["selector"])
    service.ports = list(spec["ports"]) { json in
      guard json.isObject else { return nil }
      var entry = ServicePort()
      entry.name = text(json["name"])
      entry.port = count(json["port"]) ?? 0
      entry.targetPort = port(json["targetPort"]) ?? .number(entry.port)
      entry.nodePort = count(json["nodePort"])
      return entry
    }
    return service
  }

  func endpointSlice(_ json: JSONValue, _ metadata: ObjectMetadata) -> EndpointSlice {
    var slice = EndpointSlice()
    slice.metadata = metadata
    slice.endpoints = list(json["endpoints"]) { json in
      guard json.isObject else { return nil }
      var endpoint = Endpoint()
      endpoint.addresses = texts(json["addresses"])
      endpoint.isReady = json["conditions"]?["ready"]?.bool ?? true
      endpoint.isServing = json["conditions"]?["serving"]?.bool ?? endpoint.isReady
      endpoint.isTerminating = flag(json["conditions"]?["terminating"])
      endpoint.targetName = text(json["targetRef"]?["name"])
      endpoint.targetUID = UID(text(json["targetRef"]?["uid"]))
      endpoint.nodeName = text(json["nodeName"])
      return endpoint
    }
    slice.ports = list(json["ports"]) { json in
      guard json.isObject else { return nil }
      var port = ContainerPort()
      port.name = text(json["name"])
      port.number = count(json["port"]) ?? 0
      return port
    }
    return slice
  }

  func ingress(_ json: JSONValue, _ metadata: ObjectMetadata) -> Ingress {
    var ingress = Ingress()
    ingress.metadata = metadata
    ingress.className =
      optionalText(json["spec"]?["ingressClassName"]) ?? metadata.annotations["kubernetes.io/ingress.class"]
    if let spec = json["spec"] {
      ingress.rules = list(spec["rules"], rule)
      ingress.defaultBackend = spec["defaultBackend"].map(backend)
      ingress.tls = list(spec["tls"]) { json in
        guard json.isObject else { return nil }
        var tls = IngressTLS()
        tls.hosts = texts(json["hosts"])
        tls.secretName = text(json["secretName"])
        return tls
      }
    }
    ingress.addresses = list(json["status"]?["loadBalancer"]?["ingress"]) { json in
      optionalText(json["ip"]) ?? optionalText(json["hostname"])
    }
    return ingress
  }

  private func rule(_ json: JSONValue) -> IngressRule? {
    guard json.isObject else { return nil }
    var rule = IngressRule()
    rule.host = text(json["host"])
    rule.paths = list(json["http"]?["paths"]) { json in
      guard json.isObject else { return nil }
      var path = IngressPath()
      path.path = optionalText(json["path"]) ?? "/"
      path.pathType = optionalText(json["pathType"]) ?? "ImplementationSpecific"
      if let target = json["backend"] { path.backend = backend(target) }
      return path
    }
    return rule
  }

  private func backend(_ json: JSONValue) -> IngressBackend {
    var backend = IngressBackend()
    if let service = json["service"] {
      backend.serviceName = text(service["name"])
      let target = service["port"]
      backend.port = port(target?["number"]) ?? optionalText(target?["name"]).map(PortReference.name) ?? .number(0)
    }
    if let resource = json["resource"] { backend.resource = text(resource["kind"]) + "/" + text(resource["name"]) }
    return backend
  }

  func ingressClass(_ json: JSONValue, _ metadata: ObjectMetadata) -> IngressClass {
    var ingressClass = IngressClass()
    ingressClass.metadata = metadata
    ingressClass.controller = text(json["spec"]?["controller"])
    return ingressClass
  }
}
