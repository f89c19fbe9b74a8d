import ClusterModel
import Subprocess

@testable import ClusterAccess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A script that stands for kubectl, in a folder of its own.
final class FakeKubectl {
  let folder: String

  /// Writes the script.
  ///
  /// - Parameter body: Lines of shell; `$*` are the arguments, `$folder` is the script's own folder.
  init(_ body: String) throws {
    var name = Array("/tmp/todotop-test-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw AccessProblem(.other, "no temporary folder") }
    folder = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let text = "#!/bin/sh\nfolder=\(folder)\nfixtures=\(fixturePath(""))\necho \"$*\" >> $folder/arguments\n\(body)\n"
    try write(text, to: "kubectl", mode: 0o700)
  }

  deinit { _ = try? Child.run(["rm", "-rf", folder], timeLimit: .seconds(5)) }

  /// Writes a file into the folder and gives its path.
  @discardableResult
  func write(_ text: String, to name: String, mode: mode_t = 0o600) throws -> String {
    let path = "\(folder)/\(name)"
    let script = try Child.run(["tee", path], stdin: Array(text.utf8), timeLimit: .seconds(5))
    guard script.end.isSuccess, chmod(path, mode) == 0 else { throw AccessProblem(.other, "cannot write \(path)") }
    return path
  }

  /// The arguments of every call so far.
  var calls: [String] {
    let bytes = (try? readFile("\(folder)/arguments", limitBytes: 1 << 20)) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// A cluster behind this kubectl.
  var target: ClusterTarget {
    ClusterTarget(kubectl: ["\(folder)/kubectl"], context: "fake", namespace: "todo")
  }
}

/// The events of a feed until one satisfies a condition, at most ten seconds.
func events(_ feed: ClusterFeed, until isLast: (ClusterEvent) -> Bool) -> [ClusterEvent] {
  var all: [ClusterEvent] = []
  let deadline = monotonicTime() + .seconds(10)
  while monotonicTime() < deadline {
    var descriptor = pollfd(fd: feed.wakeDescriptor, events: Int16(POLLIN), revents: 0)
    poll(&descriptor, 1, 100)
    for event in feed.takeEvents() {
      all.append(event)
      if isLast(event) { return all }
    }
  }
  return all
}

extension [ClusterEvent] {
  /// The last list of a kind.
  func listed(_ kind: ResourceKind) -> [ClusterObject]? {
    for case .listed(kind, let objects) in reversed() { return objects }
    return nil
  }

  /// The last state of a kind.
  func state(_ kind: ResourceKind) -> StreamState? {
    for case .streamChanged(kind, let state) in reversed() { return state }
    return nil
  }

  /// What was last known of the connection.
  var connection: Connection? {
    for case .connectionChanged(let connection) in reversed() { return connection }
    return nil
  }
}
