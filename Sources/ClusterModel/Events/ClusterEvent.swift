/// What a feed says about the cluster: the one stream from every source (watch, poll, recording).
public enum ClusterEvent: Codable, Hashable, Sendable {
  /// A complete new list of a kind, which takes the place of all that was known of it.
  case listed(ResourceKind, [ClusterObject])
  /// An object was added or changed.
  case applied(ClusterObject)
  /// An object is gone. The UID is that of the last state seen.
  case deleted(ObjectKey, UID)
  /// The state of the stream of one kind changed.
  case streamChanged(ResourceKind, StreamState)
  /// Proof that the stream of the kind is alive: an event, a bookmark, a heartbeat, a finished poll. `nil`: of all.
  case alive(ResourceKind?)
  /// What is known of the connection as a whole changed.
  case connectionChanged(Connection)
  /// Lines of containers' output, in order of arrival.
  case logged([LogLine])
  /// A seam in the logs that are followed.
  case logSeam(LogSeam)
  /// The last lines of one container, which were asked for once.
  case logTail(LogTail)
  /// An answer (or none) to a request through the ingress.
  case probed(ProbeResult)
  /// Something worth a line for the user that belongs to no kind.
  case noted(String)
  /// What follows happened at this moment, and not when it arrives: only a replay says so.
  case moment(Timestamp)
}

/// How the stream of one kind is.
public enum StreamState: Codable, Hashable, Sendable {
  /// Nothing has been asked yet.
  case idle
  /// The first or a new list is being read.
  case listing
  /// Up to date: changes arrive as they happen, or by the poll's period.
  case live
  /// It failed and is tried again: the reason in one sentence, and when.
  case retrying(reason: String, at: Timestamp)
  /// The user's rights do not reach: the server's words.
  case forbidden(String)
  /// The server does not serve the kind: why, in words.
  case absent(String)
}

/// What is known of the connection to the cluster.
public struct Connection: Codable, Hashable, Sendable {
  /// Which feed delivers.
  public enum Feed: String, Codable, Hashable, Sendable { case watch, poll, recording }

  public var feed: Feed
  /// Why this feed and not the one asked for: `watch is forbidden`; empty when all is as asked.
  public var feedReason = ""
  public var context = ""
  public var cluster = ""
  /// The namespace read; `nil` for all.
  public var namespace: String?
  public var server = ""
  /// `v1.32.4`; empty while unknown.
  public var serverVersion = ""
  /// Whether the last exchange with the server succeeded.
  public var isReachable = false
  /// Why not, in one sentence, with the next step; empty when reachable.
  public var problem = ""
  /// Poll only.
  public var pollPeriod: Duration?
  /// What is played, where all this comes from a recording with its moments; `nil` else.
  public var replay: Replay?

  /// A connection of which nothing is known yet.
  public init(feed: Feed) { self.feed = feed }

  /// Which feed saw what is shown: in a replay that of then.
  public var originalFeed: Feed { replay?.feed ?? feed }
}

/// One line of a container's output; untrusted text.
public struct LogLine: Codable, Hashable, Sendable {
  public var namespace: String
  public var pod: String
  public var container: String
  /// The server's time stamp, where it was asked for.
  public var time: Timestamp?
  public var text: String
  /// The number of the request that this answers.
  public var request: Int

  /// A line.
  public init(
    namespace: String, pod: String, container: String, time: Timestamp?, text: String, request: Int = 0
  ) {
    self.request = request
    self.namespace = namespace
    self.pod = pod
    self.container = container
    self.time = time
    self.text = text
  }
}

/// A place where the logs of a container begin, end or may have a gap.
public struct LogSeam: Codable, Hashable, Sendable {
  /// What happened.
  public enum Change: Codable, Hashable, Sendable {
    case joined, ended
    case reconnected(gap: Duration)
    case dropped(lines: Int)
    case failed(String)
  }

  public var pod: String
  public var container: String
  public var change: Change
  /// The number of the request that this is about.
  public var request: Int

  /// A seam.
  public init(pod: String, container: String, change: Change, request: Int = 0) {
    self.request = request
    self.pod = pod
    self.container = container
    self.change = change
  }
}

/// The answer to one real request through an ingress.
public struct ProbeResult: Codable, Hashable, Sendable {
  public var host: String
  public var path: String
  public var at: Timestamp
  /// The HTTP status; `nil` when there was no answer.
  public var status: Int?
  public var latency: Duration
  /// Why there was no answer, in one sentence; empty otherwise.
  public var problem = ""
  /// What the server showed, where the connection is encrypted and its library tells.
  public var certificate: ServerCertificate?

  /// A result.
  public init(
    host: String, path: String, at: Timestamp, status: Int?, latency: Duration, problem: String = "",
    certificate: ServerCertificate? = nil
  ) {
    self.host = host
    self.path = path
    self.at = at
    self.status = status
    self.latency = latency
    self.problem = problem
    self.certificate = certificate
  }
}
