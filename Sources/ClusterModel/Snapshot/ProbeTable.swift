/// The last answers to real requests, by host and path.
public struct ProbeTable: Sendable {
  /// How many answers of one host and path are kept at least; twice as many at most.
  public static let limitPerTarget = 240
  /// How many hosts and paths are kept.
  public static let targetLimit = 256

  private var rows: [ProbeTarget: [ProbeResult]] = [:]
  private var certificates: [ProbeTarget: ServerCertificate] = [:]

  init() {}

  /// The answers of a host and path, oldest first.
  public func results(of target: ProbeTarget) -> [ProbeResult] { rows[target] ?? [] }

  /// The last answer of a host and path.
  public func last(_ target: ProbeTarget) -> ProbeResult? { rows[target]?.last }

  /// The hosts and paths that were asked, by name.
  public var targets: [ProbeTarget] { rows.keys.sorted { ($0.host, $0.path) < ($1.host, $1.path) } }

  /// The last certificate that the server of a host and path showed; an answer that failed showed none.
  public func certificate(of target: ProbeTarget) -> ServerCertificate? { certificates[target] }

  mutating func append(_ result: ProbeResult) {
    let target = ProbeTarget(host: result.host, path: result.path)
    guard rows[target] != nil || rows.count < Self.targetLimit else { return }
    rows[target, default: []].append(result)
    if let certificate = result.certificate { certificates[target] = certificate }
    // Cut in halves, so that the cost of moving is spread over many answers.
    if rows[target, default: []].count >= 2 * Self.limitPerTarget {
      rows[target, default: []].removeFirst(Self.limitPerTarget)
    }
  }
}

extension ProbeResult {
  /// Whether users get an error: no answer, or a 5xx.
  public var isFailure: Bool { status.map { $0 >= 500 } ?? true }
}
