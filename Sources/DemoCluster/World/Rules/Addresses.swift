/// The addresses of pods and Services: none is given twice at a time.
extension World {
  /// How many addresses pods have: 10.244.0.1 to 10.244.249.250.
  static let podAddresses = 62_500
  /// How many addresses Services have: 10.96.0.1 to 10.111.249.250.
  static let serviceAddresses = 16 * 62_500

  /// An address that no pod has.
  mutating func newPodAddress() -> String {
    var address = Self.address(network: 244, number: nextAddress % Self.podAddresses)
    if nextAddress >= Self.podAddresses {
      // All have been given once: some are free again.
      let used = Set(store.objects(.pods).compactMap { $0.field("status.podIP") })
      while used.contains(address), used.count < Self.podAddresses {
        nextAddress += 1
        address = Self.address(network: 244, number: nextAddress % Self.podAddresses)
      }
    }
    nextAddress += 1
    return address
  }

  /// A Service with an address that no other has, unless it says that it wants none or another.
  func withAddress(_ service: JSON) -> JSON {
    guard service["spec", "clusterIP"] == nil, service["spec", "type"] != "ExternalName" else { return service }
    let used = Set(store.objects(.services).compactMap { $0.field("spec.clusterIP") })
    let name = "\(service["metadata", "namespace"]?.string ?? "")/\(service["metadata", "name"]?.string ?? "")"
    var number = Int(RandomSource.hash(name) % UInt64(Self.serviceAddresses))
    while used.contains(Self.serviceAddress(number)) { number = (number + 1) % Self.serviceAddresses }
    var service = service
    service["spec", "clusterIP"] = .string(Self.serviceAddress(number))
    return service
  }

  private static func serviceAddress(_ number: Int) -> String {
    address(network: 96 + number / podAddresses, number: number % podAddresses)
  }

  private static func address(network: Int, number: Int) -> String {
    "10.\(network).\(number / 250).\(number % 250 + 1)"
  }
}
