import CResources
import YAML

/// An object as a file gives it, of a kind that is served.
struct Manifest: Sendable {
  let kind: ResourceKind
  let object: JSON

  /// Reads one document of `kubectl apply`'s form.
  init(_ node: YAMLNode) throws(YAMLError) {
    var (kind, version): (YAMLNode?, YAMLNode?) = (nil, nil)
    for member in try node.members() {
      if member.key == "kind" { kind = member.value }
      if member.key == "apiVersion" { version = member.value }
    }
    guard let kind, let version else { throw YAMLError(node.place, "an object needs apiVersion and kind") }
    guard let served = ResourceKind.named(try kind.text(), apiVersion: try version.text()) else {
      throw YAMLError(kind.place, "no \(try kind.text()) of \(try version.text()) is served here")
    }
    self.kind = served
    object = JSON(node)
  }
}

extension JSON {
  /// What a YAML text says, as kubectl turns it into JSON.
  init(_ node: YAMLNode) {
    switch node.content {
    case .sequence(let elements): self = .array(elements.map { JSON($0) })
    case .mapping(let members):
      self = .object(members.map { Member(name: $0.key, value: JSON($0.value)) })
    case .scalar(let text, _):
      switch node.value {
      case .null, nil: self = .null
      case .boolean(let flag): self = .bool(flag)
      case .integer(let number): self = .integer(number)
      case .number(let number): self = .fraction(number)
      case .text: self = .string(text)
      }
    }
  }
}

/// A file of `Resources/demo` inside the program; `nil` where there is none.
func demoResource(_ name: String) -> [UInt8]? { resourceBytes("demo/" + name) }

/// A file of `Resources` inside the program; `nil` where there is none.
func resourceBytes(_ path: String) -> [UInt8]? {
  var size = 0
  guard let start = cr_file(path, &size) else { return nil }
  return Array(UnsafeBufferPointer(start: start, count: size))
}

/// The paths of all files of `Resources/demo` inside the program.
func demoResourceNames() -> [String] {
  let head = "demo/"
  var names: [String] = []
  var index = 0
  while let path = cr_path(index).map({ String(cString: $0) }) {
    if path.hasPrefix(head) { names.append(String(path.dropFirst(head.count))) }
    index += 1
  }
  return names
}

extension World {
  /// Creates the objects of a file.
  mutating func apply(_ manifests: [Manifest]) {
    for manifest in manifests {
      switch manifest.kind {
      case .pods: createPod(manifest.object)
      case .namespaces:
        let namespace = create(.namespaces, manifest.object)
        createNamespaceContents(namespace.key.name)
      default: create(manifest.kind, manifest.object)
      }
    }
  }

  /// What every namespace has: an account and the certificate authority.
  mutating func createNamespaceContents(_ namespace: String) {
    create(.serviceAccounts, ["metadata": .strings(["name": "default", "namespace": namespace])])
    create(
      .configMaps,
      [
        "metadata": .strings(["name": "kube-root-ca.crt", "namespace": namespace]),
        "data": ["ca.crt": "-----BEGIN CERTIFICATE-----\n(the demo serves plain HTTP)\n-----END CERTIFICATE-----\n"],
      ])
  }
}
