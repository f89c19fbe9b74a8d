import ClusterModel

/// What `kubectl get … -o json` printed some time ago, read from files.
package enum Recording {
  /// The largest file that is read.
  package static let maximumBytes = 512 << 20

  /// Reads files of dumps, single objects or lists, and merges them.
  ///
  /// - Parameter paths: Files; `-` is standard input.
  /// - Returns: A list of each kind that is present, in the order of ``ResourceKind``; of two objects of one name the
  ///   later counts.
  /// - Throws: ``AccessProblem`` with the file's name.
  package static func read(_ paths: [String]) throws(AccessProblem) -> [ClusterEvent] {
    var decoder = ClusterDecoder()
    var objects: [ResourceKind: [ClusterObject]] = [:]
    var places: [ObjectKey: Int] = [:]
    for path in paths {
      for object in try read(path, &decoder) {
        let key = object.key
        if let place = places[key] {
          objects[key.kind]?[place] = object
        } else {
          places[key] = objects[key.kind]?.count ?? 0
          objects[key.kind, default: []].append(object)
        }
      }
    }
    return ResourceKind.allCases.compactMap { kind in objects[kind].map { .listed(kind, $0) } }
  }

  /// The one namespace that all objects are in; `nil` where there are several or none.
  static func namespace(of events: [ClusterEvent]) -> String? {
    var found: Set<String> = []
    for case .listed(let kind, let objects) in events where kind.isNamespaced {
      found.formUnion(objects.lazy.map(\.metadata.namespace))
    }
    return found.count == 1 ? found.first : nil
  }

  private static func read(_ path: String, _ decoder: inout ClusterDecoder) throws(AccessProblem) -> [ClusterObject] {
    let name = path == "-" ? "standard input" : path
    let bytes = try readFile(path, limitBytes: maximumBytes)
    guard bytes.contains(where: { $0 > 32 }) else {
      throw AccessProblem(.unreadableFile, "\(name) is empty", nextStep: expected)
    }
    let dump: Dump
    do throws(DecodingProblem) {
      dump = try decoder.dump(bytes)
    } catch {
      throw AccessProblem(.unreadableFile, "\(name): \(error.words)", nextStep: expected)
    }
    guard !dump.objects.isEmpty || dump.ignored == 0 else {
      throw AccessProblem(.unreadableFile, "\(name) has no object of a kind that is shown", nextStep: expected)
    }
    return dump.objects
  }

  private static let expected = "what “kubectl get pods,deployments,… -o json” prints is expected"
}

/// A recording as a source of events: everything at once, then nothing.
final class RecordingFeed: FeedWork {
  private let context: FeedContext
  private let paths: [String]

  init(_ context: FeedContext, paths: [String]) {
    self.context = context
    self.paths = paths
  }

  func start() {
    do throws(AccessProblem) {
      let events = try Recording.read(paths)
      let namespace = Recording.namespace(of: events)
      context.updateConnection { $0.namespace = namespace }
      for event in events {
        context.emit(event)
        if case .listed(let kind, _) = event { context.emit(.streamChanged(kind, .live)) }
      }
      context.setReachable(nil)
    } catch {
      context.setReachable(error)
    }
    context.releaseMemory()
  }

  func stop() {}

  /// Files are read again; standard input cannot be.
  func refresh() {
    if !paths.contains("-") { start() }
  }

  func followLogs(_ request: LogRequest) {}

  func readLogTail(of target: LogTarget, lines: Int) {
    context.emit(.logTail(LogTail(target: target, lines: [], problem: "a recording has no logs")))
  }
}
