/// Which contexts may be changed freely and which only with care, by patterns of their names.
package struct Guards: Hashable, Sendable {
  /// How careful the program is with a context.
  package enum Standing: String, Hashable, Sendable {
    /// A cluster on this machine or in its private network, known by name: nobody else depends on it.
    case local
    case normal
    /// Others depend on it.
    case protected
  }

  /// Patterns of contexts on this machine; `*` stands for any text.
  package var local: [String]
  /// Patterns of contexts that others depend on.
  package var protected: [String]

  /// Guards by patterns.
  package init(local: [String], protected: [String]) {
    self.local = local
    self.protected = protected
  }

  /// The guards where no profile says otherwise.
  package static let builtIn = Guards(
    local: [
      "minikube", "kind-*", "k3d-*", "docker-desktop", "rancher-desktop", "colima*", "orbstack", "microk8s",
      "todotop-demo",
    ],
    protected: ["*prod*", "*prd*"])

  /// How careful to be with a context.
  ///
  /// A name alone is not enough to count as local: the server's address must be on this machine or in a private network.
  ///
  /// - Parameter server: The API server as the kubeconfig spells it: `https://192.168.49.2:8443`.
  package func standing(ofContext context: String, server: String) -> Standing {
    let name = context.lowercased()
    if protected.contains(where: { matches(name, $0) }) { return .protected }
    return local.contains(where: { matches(name, $0) }) && isPrivateAddress(server) ? .local : .normal
  }
}

extension Guards {
  /// The patterns of both lists at once: what one of them allows, it allows only as far as the other does.
  ///
  /// Of two patterns that overlap in part, nothing is left: that is on the safe side.
  static func common(_ left: [String], _ right: [String]) -> [String] {
    // A star in a name that matches lies within a star of the pattern, whatever it stands for.
    let narrow =
      left.filter { one in right.contains { matches(one.lowercased(), $0) } }
      + right.filter { one in left.contains { matches(one.lowercased(), $0) } }
    var seen: Set<String> = []
    return narrow.filter { seen.insert($0).inserted }
  }
}

/// Whether a name matches a pattern in which `*` stands for any text, even none.
func matches(_ name: String, _ pattern: String) -> Bool {
  let parts = pattern.lowercased().split(separator: "*", omittingEmptySubsequences: false)
  guard let first = parts.first, let last = parts.last, parts.count > 1 else { return name == pattern.lowercased() }
  guard name.count >= first.count + last.count, name.hasPrefix(first), name.hasSuffix(last) else { return false }
  var rest = name.dropFirst(first.count).dropLast(last.count)
  for part in parts.dropFirst().dropLast() where !part.isEmpty {
    guard let found = rest.firstRange(of: part) else { return false }
    rest = rest[found.upperBound...]
  }
  return true
}

/// Whether the host of a URL is this machine or an address of a private network (RFC 1918, RFC 4193).
private func isPrivateAddress(_ url: String) -> Bool {
  let host = host(of: url)
  // Docker Desktop's own name for this machine, and the address that k3d writes for it.
  if ["localhost", "kubernetes.docker.internal", "::1", "0.0.0.0"].contains(host) { return true }
  if host.contains(":") { return host.hasPrefix("fc") || host.hasPrefix("fd") }
  let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
  guard parts.count == 4, let first = parts[0], let second = parts[1], parts[2] != nil, parts[3] != nil else {
    return false
  }
  return switch first {
  case 10, 127: true
  case 172: (16...31).contains(second)
  case 192: second == 168
  default: false
  }
}

/// The host of a URL in lower case, without port and brackets.
private func host(of url: String) -> String {
  var rest = url.lowercased()[...]
  if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
  rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
  if let user = rest.lastIndex(of: "@") { rest = rest[rest.index(after: user)...] }
  if rest.first == "[" { return String(rest.dropFirst().prefix { $0 != "]" }) }
  return String(rest.prefix { $0 != ":" })
}
