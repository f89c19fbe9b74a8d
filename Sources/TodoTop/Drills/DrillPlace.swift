import ClusterModel
import Operations
import Playbook

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the drills of one cluster are done with: its kubectl, the folder of their journals, and their watchdog.
struct DrillPlace: Sendable {
  let kubectl: Kubectl
  /// Where journals are kept; `nil` where there is no place for them.
  private let folder: String?
  /// Whether the cluster ends with the program: then nobody is left to watch over a drill, and nothing to undo.
  let isDemo: Bool
  /// `user@host`.
  let holder = DrillPlace.userAndHost

  /// The place of a cluster; a demo is another cluster each time, so its journals go with it.
  init(_ kubectl: Kubectl, demo: DemoChild?) {
    self.kubectl = kubectl
    isDemo = demo != nil
    folder = demo.map { "\($0.folder)/drills" } ?? Self.usualFolder
  }

  /// Where the user's own journals and all reports are.
  static var usualFolder: String? { JournalFolder.usualPath { getenv($0).map { String(cString: $0) } } }

  /// What a drill needs beside its record.
  func tools() throws(JournalFolder.Problem) -> DrillRunner.Tools {
    DrillRunner.Tools(
      kubectl: kubectl, folder: try journals(), holder: holder, watchdog: isDemo ? [] : watchdog)
  }

  /// The folder of the journals, made where it is missing.
  func journals() throws(JournalFolder.Problem) -> JournalFolder {
    guard let folder else {
      throw JournalFolder.Problem(sentence: "there is no place for the journal: set HOME or XDG_STATE_HOME")
    }
    return try JournalFolder(folder)
  }

  /// The words that start the program again as a watchdog, without the journal's path.
  private var watchdog: [String] {
    var words = [executablePath(), "undo", "--kubectl=\(kubectl.program.joined(separator: " "))"]
    if !kubectl.context.isEmpty { words.append("--context=\(kubectl.context)") }
    if let file = kubectl.kubeconfig { words.append("--kubeconfig=\(file)") }
    return words + ["--watch"]
  }

  private static let userAndHost: String = {
    var host = [CChar](repeating: 0, count: 256)
    gethostname(&host, host.count - 1)
    let user = getpwuid(getuid()).flatMap { $0.pointee.pw_name }.map { String(cString: $0) } ?? "\(getuid())"
    let name = String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return "\(user)@\(name)"
  }()
}
