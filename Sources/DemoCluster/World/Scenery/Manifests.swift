import CResources

/// A file of `Resources/demo` inside the program.
func demoResource(_ name: String) -> [UInt8] {
  var size = 0
  guard let start = cr_file("demo/" + name, &size) else { preconditionFailure("no resource demo/\(name)") }
  return Array(UnsafeBufferPointer(start: start, count: size))
}

extension World {
  /// Creates the objects of a file of `Resources/demo`.
  mutating func apply(manifestsNamed name: String) {
    guard let manifests = try? JSON(parsing: demoResource(name)) else { preconditionFailure("\(name) is not JSON") }
    for manifest in manifests.elements { apply(manifest) }
  }

  private mutating func apply(_ manifest: JSON) {
    guard let kind = manifest["kind"]?.string, let version = manifest["apiVersion"]?.string,
      let resource = ResourceKind.named(kind, apiVersion: version)
    else { preconditionFailure("a manifest of a kind that is not served") }
    switch resource {
    case .pods: createPod(manifest)
    case .namespaces:
      let namespace = create(resource, manifest)
      createNamespaceContents(namespace.key.name)
    default: create(resource, manifest)
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

  /// Changes the image of a Deployment's first container.
  mutating func setImage(of deployment: ObjectKey, to image: String) {
    update(.deployments, deployment) { object in
      var containers = object.value(at: "spec.template.spec.containers")?.elements ?? []
      guard !containers.isEmpty else { return }
      containers[0]["image"] = .string(image)
      object["spec"]?["template"]?["spec"]?["containers"] = .array(containers)
    }
  }
}
