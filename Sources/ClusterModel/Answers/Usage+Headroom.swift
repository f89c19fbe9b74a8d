extension Usage {
  /// What is left: of a node what its pods do not request, of anything else what it does not use of its limit.
  ///
  /// Negative where more is promised or used than there is; unset where a part of it is not known.
  public func headroom(of subject: UsageSubject) -> ResourceAmounts {
    let taken = if case .node = subject { requests } else { used }
    return ResourceAmounts(
      cpuMillicores: Self.left(of: limits.cpuMillicores, taken.cpuMillicores),
      memoryBytes: Self.left(of: limits.memoryBytes, taken.memoryBytes))
  }

  /// The requested share of what a node can give, the larger of cpu and memory.
  public var requestedShare: Double? {
    let shares = [
      (requests.cpuMillicores, limits.cpuMillicores), (requests.memoryBytes, limits.memoryBytes),
    ].compactMap { part, whole in whole.flatMap { $0 > 0 ? Double(part ?? 0) / Double($0) : nil } }
    return shares.max()
  }

  /// From this share of its memory limit on a container is about to be killed.
  public static let memoryRiskShare = 0.9

  /// Whether a little more memory ends in an OOM kill.
  public var risksMemoryKill: Bool { memoryShareOfLimit.map { $0 >= Self.memoryRiskShare } ?? false }

  private static func left(of whole: Int?, _ taken: Int?) -> Int? {
    guard let whole, let taken else { return nil }
    let (left, overflow) = whole.subtractingReportingOverflow(taken)
    return overflow ? nil : left
  }
}
