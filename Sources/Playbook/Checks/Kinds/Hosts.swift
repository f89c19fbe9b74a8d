import ClusterModel

extension CheckKind {
  /// The name leads to where the ingress is, as this machine sees it.
  static let hostResolves = CheckKind(
    "host-resolves", "host names resolve", parameters: [CheckParameter("host", .text, usual: .text(""))],
    questions: { parameters, profile, snapshot in
      hosts(parameters, profile, snapshot).map { .host($0) } + [.file(hostsFile)]
    }
  ) { parameters, context throws(Unanswered) in
    let names = hosts(parameters, context.profile, context.snapshot)
    guard !names.isEmpty else { return .skipped("no host is named") }
    let lines = HostsFile((try? context.text(ofFile: hostsFile)) ?? "")
    var evidence: [String] = []
    for name in names {
      let served = context.ingressAddresses(of: name)
      let line = "\(served.first ?? "ADDRESS") \(name)"
      guard let found = try context.addresses(ofHost: name) else {
        return .fails("\(name) does not resolve", advice: "add the line \"\(line)\" to \(hostsFile)")
      }
      let twins = lines.addresses(of: name)
      if twins.filter({ !$0.contains(":") }).count > 1 {
        return .fails(
          "\(name) stands in \(hostsFile) with \(listed(twins, limit: 3))", advice: "leave one line: \"\(line)\"")
      }
      if !served.isEmpty, !found.contains(where: served.contains), !context.isTunnelled(found) {
        return .fails(
          "\(name) leads to \(found[0]), the ingress has \(served[0])",
          advice: "write \"\(line)\" into \(hostsFile), or run minikube tunnel where that address cannot be reached")
      }
      evidence.append("\(name) \(found[0])")
    }
    return .holds(listed(evidence))
  }
}

private let hostsFile = "/etc/hosts"

private func hosts(_ parameters: CheckParameters, _ profile: Profile, _ snapshot: Snapshot) -> [String] {
  let written = parameters.text("host")
  if !written.isEmpty { return [written] }
  if !profile.hosts.isEmpty { return profile.hosts.map(\.name) }
  let rules = snapshot.ingresses.objects(in: snapshot.connection.namespace).flatMap(\.rules).map(\.host)
  return Set(rules.filter { !$0.isEmpty && !$0.contains("*") }).sorted()
}

/// The lines of `/etc/hosts`.
struct HostsFile {
  private var names: [(address: String, names: [String])] = []

  init(_ text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map { String($0) }
      if let address = words.first, words.count > 1 { names.append((address, Array(words.dropFirst()))) }
    }
  }

  /// The addresses of a name, each once.
  func addresses(of name: String) -> [String] {
    var seen: Set<String> = []
    return names.filter { $0.names.contains { $0.lowercased() == name.lowercased() } }.map(\.address).filter {
      seen.insert($0).inserted
    }
  }
}

extension CheckContext {
  /// The numeric addresses that the ingresses of a host have.
  fileprivate func ingressAddresses(of host: String) -> [String] {
    let own = snapshot.ingresses.objects(in: namespace).filter { $0.rules.contains { $0.host == host } }
    return own.flatMap(\.addresses).filter {
      !$0.isEmpty && ($0.contains(":") || $0.allSatisfy { $0.isNumber || $0 == "." })
    }
  }

  /// Whether a loopback address is right: the cluster itself is reached by one.
  fileprivate func isTunnelled(_ addresses: [String]) -> Bool {
    let server = snapshot.connection.server
    let isLocal = ["127.0.0.1", "localhost", "[::1]", "kubernetes.docker.internal"].contains { server.contains($0) }
    return isLocal && addresses.contains { $0.hasPrefix("127.") || $0 == "::1" }
  }
}
