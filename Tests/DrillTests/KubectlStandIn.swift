import ClusterModel
import Foundation
import Playbook

@testable import Operations

/// A stand-in for kubectl that notes its words and answers as it is told.
struct KubectlStandIn {
  let folder: URL

  /// Writes it.
  ///
  /// - Parameter cases: What it does, as the cases of a shell's `case` over its words; `count NAME` prints how often it
  ///   was asked that, `refuse WORDS` fails with them, `missing NAME` says that there is none.
  init(_ cases: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "todotop-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let text = """
      cd '\(folder.path)' || exit 1
      echo "$*" >> calls
      cat > /dev/null
      count() { echo x >> "count-$1"; wc -l < "count-$1"; }
      refuse() { echo "$*" >&2; exit 1; }
      missing() { refuse "Error from server (NotFound): x \\"$1\\" not found"; }
      case "$*" in
      \(cases)
      *) refuse "Error from server (BadRequest): not expected: $*" ;;
      esac
      """
    try text.write(to: folder.appending(path: "kubectl"), atomically: true, encoding: .utf8)
  }

  var kubectl: Kubectl { Kubectl(program: ["/bin/sh", folder.appending(path: "kubectl").path], context: "minikube") }

  /// The words of each call, one after the other.
  var calls: [String] {
    let text = (try? String(contentsOf: folder.appending(path: "calls"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  /// Keeps a document that it can answer with.
  func keep(_ document: DocumentValue, as name: String) throws {
    try document.text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
  }

  func tools(_ drills: JournalFolder, holder: String = "ann@one") -> DrillRunner.Tools {
    DrillRunner.Tools(kubectl: kubectl, folder: drills, holder: holder, watchdog: [])
  }
}
