extension World {
  /// How often the modelled memory of a container is looked at in advance, in seconds, and how far.
  static let secondsBetweenMemoryLooks = 15
  static let memoryHorizon = 3600

  /// When the kernel will end a container for using more memory than its limit; `nil` where it never does.
  ///
  /// The use of memory follows from the container and the time alone, so its future is known when it starts.
  func secondsUntilOutOfMemory(_ container: JSON, _ pod: JSON, _ image: ImageCharacter?) -> Double? {
    guard let image, let quantity = container.value(at: "resources.limits.memory")?.string,
      let limit = Self.mebibytes(quantity), limit < image.memoryMebibytes.upperBound
    else { return nil }
    // While it starts, a container fills up to the least it needs.
    let least = image.memoryMebibytes.lowerBound
    if limit < least { return max(0.5, image.readySeconds * limit / least) }
    let running = RunningContainer(
      name: container["name"]?.string ?? "", image: image.name, startedAt: now)
    let uid = pod["metadata", "uid"]?.string ?? ""
    for second in stride(from: 15, through: Self.memoryHorizon, by: Self.secondsBetweenMemoryLooks) {
      let usage = usage(of: running, podUID: uid, at: now + Double(second))
      if let usage, usage.mebibytes > limit { return Double(second) }
    }
    return nil
  }

  /// A quantity of memory such as `128Mi`, `1Gi` or `64000000`, in MiB.
  static func mebibytes(_ quantity: String) -> Double? {
    let units: KeyValuePairs<String, Double> = [
      "Ki": 1 / 1024, "Mi": 1, "Gi": 1024, "Ti": 1_048_576, "k": 1e3 / 1_048_576, "M": 1e6 / 1_048_576,
      "G": 1e9 / 1_048_576,
    ]
    for (unit, factor) in units where quantity.hasSuffix(unit) {
      return Double(quantity.dropLast(unit.count)).map { $0 * factor }
    }
    return Double(quantity).map { $0 / 1_048_576 }
  }
}
