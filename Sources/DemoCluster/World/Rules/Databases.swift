/// Which database a container was told to use: one that cannot be there leaves it as unready as a network that cuts it off.
extension World {
  /// Whether a container cannot reach the database that its image needs.
  func lacksDatabase(_ pod: StoredObject, _ container: JSON, _ image: ImageCharacter) -> Bool {
    guard image.databasePort != nil else { return false }
    return isCutOffFromDatabase(pod, image) || Self.isUnreachable(databaseAddress(of: container, in: pod.object))
  }

  /// The host of `DATABASE_URL`, or the address that the pod's own hosts give it; empty where none is named.
  private func databaseAddress(of container: JSON, in pod: JSON) -> String {
    let url = environment(of: container, in: pod).last { $0.name == "DATABASE_URL" }?.value ?? ""
    let authority = url.split(separator: "://", maxSplits: 1).last?.prefix { $0 != "/" && $0 != "?" } ?? ""
    let host = String(authority.split(separator: "@").last?.prefix { $0 != ":" } ?? "")
    let alias = pod["spec", "hostAliases"]?.elements.last { alias in
      alias["hostnames"]?.elements.contains(.string(host)) ?? false
    }
    return alias?["ip"]?.string ?? host
  }

  /// Whether nothing can answer there: an address that is kept for documents (RFC 5737), or the container itself.
  private static func isUnreachable(_ address: String) -> Bool {
    ["192.0.2.", "198.51.100.", "203.0.113.", "127."].contains { address.hasPrefix($0) }
  }
}
