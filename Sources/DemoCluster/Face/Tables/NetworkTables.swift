extension TableColumns {
  static let services = TableColumns(
    [
      TableColumn("Name"), TableColumn("Type"), TableColumn("Cluster-IP"), TableColumn("External-IP"),
      TableColumn("Port(s)"), TableColumn("Age"), TableColumn("Selector", priority: 1),
    ]
  ) { object, now in
    let ports = (object["spec", "ports"]?.elements ?? []).map { port in
      let node = port["nodePort"]?.integer.map { ":\($0)" } ?? ""
      return "\(port["port"]?.integer ?? 0)\(node)/\(port["protocol"]?.string ?? "TCP")"
    }
    return [
      Cell.name(object), object["spec", "type"] ?? "ClusterIP", object["spec", "clusterIP"] ?? "None", "<none>",
      .string(ports.isEmpty ? "<none>" : ports.joined(separator: ",")), Cell.age(object, now),
      Cell.selector(object["spec", "selector"]),
    ]
  }

  static let ingresses = TableColumns(
    [
      TableColumn("Name"), TableColumn("Class"), TableColumn("Hosts"), TableColumn("Address"), TableColumn("Ports"),
      TableColumn("Age"),
    ]
  ) { object, now in
    let hosts = (object["spec", "rules"]?.elements ?? []).compactMap { $0["host"]?.string }
    let addresses = (object.value(at: "status.loadBalancer.ingress")?.elements ?? []).compactMap {
      $0["ip"]?.string ?? $0["hostname"]?.string
    }
    return [
      Cell.name(object), object["spec", "ingressClassName"] ?? "<none>",
      .string(hosts.isEmpty ? "*" : hosts.joined(separator: ",")), .string(addresses.joined(separator: ",")),
      object["spec", "tls"] == nil ? "80" : "80, 443", Cell.age(object, now),
    ]
  }

  static let ingressClasses = TableColumns(
    [TableColumn("Name"), TableColumn("Controller"), TableColumn("Parameters"), TableColumn("Age")]
  ) { object, now in
    [Cell.name(object), object["spec", "controller"] ?? "", "<none>", Cell.age(object, now)]
  }

  static let endpointSlices = TableColumns(
    [
      TableColumn("Name"), TableColumn("AddressType"), TableColumn("Ports"), TableColumn("Endpoints"),
      TableColumn("Age"),
    ]
  ) { object, now in
    let ports = (object["ports"]?.elements ?? []).compactMap { $0["port"]?.integer.map { String($0) } }
    let addresses = (object["endpoints"]?.elements ?? []).flatMap { $0["addresses"]?.elements ?? [] }
      .compactMap(\.string)
    let shown = addresses.prefix(3).joined(separator: ",")
    let more = addresses.count > 3 ? " + \(addresses.count - 3) more..." : ""
    return [
      Cell.name(object), object["addressType"] ?? "IPv4",
      .string(ports.isEmpty ? "<unset>" : ports.joined(separator: ",")),
      .string(addresses.isEmpty ? "<unset>" : shown + more), Cell.age(object, now),
    ]
  }
}
