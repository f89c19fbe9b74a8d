import ClusterAccess
import ClusterModel
import Dashboard
import Playbook

/// What is to be shown, found before anything is read: the cluster, and the demo if there is one.
struct Opened: Sendable {
  var source: FeedConfiguration.Source
  var title: String
  var demo: DemoChild?
  /// What decides which profile counts; `nil` for recordings, of whose machine nothing is known.
  var profiles: ProfileSource?
  /// How the programs of this machine are called, or who plays them.
  var programs: ToolPrograms?

  /// Finds what the arguments mean; may start the demo and ask kubectl, so it can take seconds.
  ///
  /// - Parameter profiles: What decides which profile counts, where that was read already.
  static func open(_ arguments: Arguments, _ profiles: ProfileSource? = nil) throws -> Opened {
    if let path = arguments.replayedFile { return try replay(path, arguments) }
    if !arguments.from.isEmpty { return Opened(source: .recording(arguments.from), title: "recording", demo: nil) }
    let profiles = try profiles ?? ProfileSource(arguments)
    guard arguments.demo else {
      let target = try target(arguments, nil)
      return Opened(
        source: source(arguments, target, nil), title: target.namespace ?? target.context, profiles: profiles,
        programs: ToolPrograms(kubectl: target.calledKubectl))
    }
    let demo = try DemoChild(arguments)
    do {
      let target = try target(arguments, demo)
      return Opened(
        source: source(arguments, target, demo), title: "Todo AI Chatbot", demo: demo, profiles: profiles,
        programs: ToolPrograms(kubectl: target.calledKubectl, playedBy: demo, arguments))
    } catch {
      demo.stop()
      throw error
    }
  }

  /// A session that was recorded; at once for a snapshot, at its own pace for the screen.
  private static func replay(_ path: String, _ arguments: Arguments) throws(AccessProblem) -> Opened {
    let header = try RecordingFile(path).header()
    let isShown = arguments.command == .replay
    let plan = ReplayPlan(path: path, speed: isShown ? arguments.speed : nil, until: arguments.now.flatMap(moment))
    return Opened(source: .replay(plan), title: header.title, demo: nil)
  }

  private static func target(_ arguments: Arguments, _ demo: DemoChild?) throws -> ClusterTarget {
    do {
      var target = try ClusterTarget.resolve(TargetOptions(arguments, demo))
      if demo != nil, arguments.namespace == nil, !arguments.allNamespaces { target.namespace = "todo" }
      return target
    } catch {
      guard let demo, error.reason == .kubectlNotFound else { throw error }
      // Without kubectl the demo still runs, on a socket of its own.
      return ClusterTarget(
        kubectl: [], context: "todotop-demo", namespace: arguments.allNamespaces ? nil : arguments.namespace ?? "todo",
        server: demo.server)
    }
  }

  private static func source(_ arguments: Arguments, _ target: ClusterTarget, _ demo: DemoChild?)
    -> FeedConfiguration.Source
  {
    if let demo, target.kubectl.isEmpty { return .direct(target, base: demo.server) }
    if let period = arguments.pollPeriod { return .poll(target, every: period) }
    return .watch(target)
  }
}

extension FeedConfiguration.Source {
  /// The cluster that is read; `nil` for a recording.
  var target: ClusterTarget? {
    switch self {
    case .watch(let target), .poll(let target, _), .direct(let target, _): target
    case .recording, .replay: nil
    }
  }

  /// The same source for another namespace; `nil` for all.
  func reading(_ namespace: String?) -> FeedConfiguration.Source {
    guard var target else { return self }
    target.namespace = namespace
    switch self {
    case .watch: return .watch(target)
    case .poll(_, let period): return .poll(target, every: period)
    case .direct(_, let base): return .direct(target, base: base)
    case .recording, .replay: return self
    }
  }
}
