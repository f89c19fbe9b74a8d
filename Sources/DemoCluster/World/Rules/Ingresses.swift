extension World {
  /// How long the ingress controller takes to publish its address, in seconds.
  private static let secondsToAddress = 1.5
  /// Where the controller of the demo is reached.
  private static let address = "127.0.0.1"

  /// The ingress controller takes an Ingress of its class, or leaves one that is not its own any more.
  mutating func reconcileIngress(_ key: ObjectKey) {
    guard let stored = store.object(.ingresses, key) else { return }
    let hasAddress = stored.object.value(at: "status.loadBalancer.ingress")?.elements.isEmpty == false
    let isServed = isServed(stored.object)
    guard isServed != hasAddress else { return }
    guard isServed else {
      update(.ingresses, key) { $0["status", "loadBalancer"] = .object([]) }
      return
    }
    record("Sync", "Scheduled for sync", on: .ingresses, stored, by: .ingressController)
    plan(after: Self.secondsToAddress, .addressIngress(key))
  }

  /// Publishes the address of an Ingress that is still served.
  mutating func addressIngress(_ key: ObjectKey) {
    guard let stored = store.object(.ingresses, key), isServed(stored.object) else { return }
    update(.ingresses, key) { $0["status", "loadBalancer"] = ["ingress": [["ip": .string(Self.address)]]] }
  }

  /// Whether the class of an Ingress, or without one the default class, belongs to the controller.
  func isServed(_ ingress: JSON) -> Bool {
    let classes = store.objects(.ingressClasses)
    let name =
      ingress["spec", "ingressClassName"]?.string
      ?? ingress["metadata", "annotations"]?["kubernetes.io/ingress.class"]?.string
    let found = classes.first { (candidate: StoredObject) -> Bool in
      if let name { return candidate.key.name == name }
      let annotations = candidate.object["metadata", "annotations"]
      return annotations?["ingressclass.kubernetes.io/is-default-class"]?.string == "true"
    }
    return found?.object["spec", "controller"]?.string == "k8s.io/ingress-nginx"
  }
}
