/// A container whose logs are followed.
public struct LogTarget: Codable, Hashable, Sendable {
  public var namespace: String
  public var pod: String
  public var container: String
  /// Whether the run before the present one is asked for.
  public var isPrevious: Bool
  /// How often the container had been restarted: another number says that another run began.
  public var restart: Int

  /// A container of a pod.
  public init(namespace: String, pod: String, container: String, isPrevious: Bool = false, restart: Int = 0) {
    self.namespace = namespace
    self.pod = pod
    self.container = container
    self.isPrevious = isPrevious
    self.restart = restart
  }

  /// The same container whatever its run.
  public var anyRun: LogTarget {
    var target = self
    target.restart = 0
    return target
  }
}

/// Where the logs of a container begin.
public enum LogStart: Hashable, Sendable {
  /// The last lines.
  case tail(lines: Int)
  /// All that the node still has.
  case beginning
  /// The last seconds.
  case since(seconds: Int)

  /// How many lines are read of a container that is followed anew.
  public static let usual = LogStart.tail(lines: 1_000)
}

/// Which containers are followed, and from where.
public struct LogRequest: Hashable, Sendable {
  /// Tells the answers to this request from those to one before.
  public var number: Int
  public var targets: [LogTarget]
  public var start: LogStart

  /// A request; without targets nothing is followed.
  public init(number: Int = 0, targets: [LogTarget] = [], start: LogStart = .usual) {
    self.number = number
    self.targets = targets
    self.start = start
  }
}

/// The last lines of one run of a container, asked for once.
public struct LogTail: Codable, Hashable, Sendable {
  public var target: LogTarget
  public var lines: [LogLine]
  /// Why there are none, in one sentence; empty otherwise.
  public var problem: String

  /// An answer.
  public init(target: LogTarget, lines: [LogLine], problem: String = "") {
    self.target = target
    self.lines = lines
    self.problem = problem
  }
}
