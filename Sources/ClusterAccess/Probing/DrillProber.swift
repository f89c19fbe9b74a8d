import ClusterModel
import Playbook
import Subprocess

/// Sends requests as users would, four times a second each, while a drill lasts.
///
/// A class because answers call back.
final class DrillProber {
  /// How often each request is sent: what is measured is exact to this.
  static let period: Duration = .milliseconds(250)
  /// How many answers to one request are waited for at a time; slow ones never pile up.
  static let underWayMax = Int(IngressProber.timeLimit.inSeconds / period.inSeconds)

  private let context: FeedContext
  private let answers: DrillAnswers
  private var requests: [DrillProbeRequest] = []
  /// The requests that wait for an answer, by the place of theirs in the list.
  private var underWay: [Int: Set<EventLoop.Ticket>] = [:]
  private var gathered: [DrillProbe] = []
  private var timer: EventLoop.Ticket?
  /// Where Services are asked through the API; `nil` while there is no way.
  var server: () -> APIServer? = { nil }

  init(_ context: FeedContext, _ answers: DrillAnswers) {
    self.context = context
    self.answers = answers
  }

  /// Sends these and no others, now and from then on.
  func probe(_ requests: [DrillProbeRequest]) {
    stop()
    self.requests = Array(requests.filter(\.isSendable).prefix(DrillProbeRequest.limit))
    if !self.requests.isEmpty { beat() }
  }

  /// Sends nothing any more; what was answered is handed over.
  func stop() {
    context.loop.cancel(timer)
    for ticket in underWay.values.joined() { context.loop.cancel(ticket) }
    (timer, underWay, requests) = (nil, [:], [])
    deliver()
  }

  private func beat() {
    for index in requests.indices { send(index) }
    deliver()
    timer = context.loop.after(Self.period) { [unowned self] in beat() }
  }

  private func deliver() {
    answers.post(gathered)
    gathered.removeAll(keepingCapacity: true)
  }

  private func send(_ index: Int) {
    let request = requests[index]
    // One connection carries one request at a time.
    guard underWay[index, default: []].count < (request.isKeptAlive ? 1 : Self.underWayMax),
      let sent = httpRequest(request)
    else { return }
    let start = now
    var ticket: EventLoop.Ticket?
    ticket = context.loop.send(sent) { [unowned self] answer in
      if let ticket { underWay[index]?.remove(ticket) }
      // What never came is counted from when it was sent: from then on users waited.
      let at = answer.failure == .timedOut ? start : now
      gathered.append(
        DrillProbe(
          request.name, isKeptAlive: request.isKeptAlive, at: at, isGood: request.isGood(answer.status),
          latency: answer.latency, status: answer.status))
    }
    if let ticket { underWay[index, default: []].insert(ticket) }
  }

  private var now: DrillMoment { DrillMoment(wall: context.loop.now, uptime: timeSinceBoot()) }

  private func httpRequest(_ request: DrillProbeRequest) -> HTTPRequest? {
    var sent: HTTPRequest
    switch request.way {
    case .ingress(let probe): sent = probe.request
    case .service(let path):
      guard let server = server() else { return nil }
      sent = server.request(path, timeLimit: IngressProber.timeLimit)
      sent.accept = "*/*"
      sent.bodyLimitBytes = IngressProber.bodyLimitBytes
    }
    sent.isConnectionFresh = !request.isKeptAlive
    sent.readsCertificate = false
    return sent
  }
}

extension DrillProbeRequest {
  fileprivate var isSendable: Bool {
    switch way {
    case .ingress(let probe): probe.isSendable
    case .service: true
    }
  }
}
