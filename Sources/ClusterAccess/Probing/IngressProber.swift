import ClusterModel

/// Sends real requests through ingresses, one per target and period.
///
/// A class because answers call back.
final class IngressProber {
  /// How long an answer may take.
  static let timeLimit: Duration = .seconds(2)
  /// How much of an answer is read; the status is all that counts.
  static let bodyLimitBytes = 4 << 10

  private let context: FeedContext
  private var targets: [ProbeRequest] = []
  private var underWay: [ProbeRequest: EventLoop.Ticket] = [:]
  private var timer: EventLoop.Ticket?
  /// What each server showed when it was connected to; an answer on the same connection shows it no more.
  private var certificates: [ProbeRequest: ServerCertificate] = [:]

  init(_ context: FeedContext) { self.context = context }

  /// Probes these and no others, now and from then on once a period.
  func probe(_ targets: [ProbeRequest]) {
    guard targets != self.targets else { return }
    stop()
    self.targets = Array(targets.filter(\.isSendable).prefix(ProbeRequest.limit))
    if self.targets.count < targets.count {
      context.emit(.noted("\(self.targets.count) of \(targets.count) ingress paths are probed"))
    }
    if !self.targets.isEmpty { round() }
  }

  /// Probes nothing any more.
  func stop() {
    context.loop.cancel(timer)
    for ticket in underWay.values { context.loop.cancel(ticket) }
    (timer, underWay, targets, certificates) = (nil, [:], [], [:])
  }

  private func round() {
    for target in targets where underWay[target] == nil { send(target) }
    timer = context.loop.after(context.configuration.probePeriod) { [unowned self] in round() }
  }

  private func send(_ target: ProbeRequest) {
    let at = context.loop.now
    underWay[target] = context.loop.send(target.request) { [unowned self] answer in
      underWay[target] = nil
      if let certificate = answer.certificate { certificates[target.server] = certificate }
      context.emit(
        .probed(
          ProbeResult(
            host: target.host, path: target.path, at: at, status: answer.status, latency: answer.latency,
            problem: answer.status == nil ? problem(answer, target) : "",
            certificate: answer.status == nil ? nil : certificates[target.server])))
    }
  }

  private func problem(_ answer: HTTPAnswer, _ target: ProbeRequest) -> String {
    let place = "\(target.address):\(target.port)"
    return switch answer.failure {
    case .cannotConnect: "nothing listens on \(place)"
    case .timedOut: "no answer from \(place) within \(IngressProber.timeLimit.components.seconds) s"
    case .cut: "\(place) closed the connection without an answer"
    case .some(let failure): "\(place): \(failure.words)"
    case nil: "no answer from \(place)"
    }
  }
}

extension ProbeRequest {
  /// Whether host, path and address can stand in a request; outside data may hold anything.
  var isSendable: Bool {
    let isPlain: (UInt8) -> Bool = { byte in byte > 32 && byte < 127 && !"/?#@\\\"<>".utf8.contains(byte) }
    return host.utf8.allSatisfy { isPlain($0) && $0 != UInt8(ascii: ":") } && !address.isEmpty
      && address.utf8.allSatisfy(isPlain) && (1...65_535).contains(port) && path.hasPrefix("/")
      && path.utf8.allSatisfy { $0 > 32 && $0 < 127 }
  }

  /// Whom the request goes to, whatever its path: requests to one server share its connections.
  var server: ProbeRequest {
    var server = self
    server.path = ""
    return server
  }

  /// The request: the host's name in the URL, the ingress's address under it.
  var request: HTTPRequest {
    let place = address.contains(":") && !address.hasPrefix("[") ? "[\(address)]" : address
    let scheme = isTLS ? "https" : "http"
    let name = host.isEmpty ? "\(place):\(port)" : host
    var request = HTTPRequest(url: "\(scheme)://\(name)\(path)", timeLimit: IngressProber.timeLimit)
    request.accept = "*/*"
    request.connectTo = "::\(place):\(port)"
    request.bodyLimitBytes = IngressProber.bodyLimitBytes
    request.verifiesCertificate = false
    request.readsCertificate = isTLS
    return request
  }
}
