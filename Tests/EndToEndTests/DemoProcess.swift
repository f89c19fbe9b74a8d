import Foundation
import Subprocess

/// The demo cluster served by a process of its own, for the real kubectl.
final class DemoProcess {
  let kubeconfig: String
  let server: String
  /// The process that serves; the child itself is the keeper before it.
  let id: Int32
  private let child: Child

  /// Starts it on a port, any free one by default, and waits until it serves.
  init(port: Int = 0, _ flags: String...) throws {
    let child = try Child([programPath, "demo", "--serve", "\(port)"] + flags)
    var capture = OutputCapture(limitBytes: 4_096)
    var lines: [Substring] = []
    _ = eventually(within: 30) {
      capture.take(from: child.output)
      lines = String(decoding: capture.bytes, as: UTF8.self).split(separator: "\n")
      return lines.count > 2 || !capture.isOpen
    }
    guard lines.count > 2, let id = try childProcesses(of: child.processID).first?.id else {
      throw CocoaError(.executableLoad)
    }
    server = String(lines[0].dropFirst("server ".count))
    kubeconfig = String(lines[1].dropFirst("kubeconfig ".count))
    self.id = id
    self.child = child
  }

  /// The port it serves on.
  var port: Int { server.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

  /// Runs the real kubectl against the demo.
  @discardableResult
  func kubectl(_ words: String...) throws -> Outcome {
    try run(["kubectl", "--kubeconfig", kubeconfig] + words)
  }

  /// The names of the application's pods, as the real kubectl lists them.
  func podNames() throws -> [String] {
    try kubectl("get", "pods", "-n", "todo", "-o", "name").output.split(separator: "\n")
      .map { String($0.dropFirst("pod/".count)) }
  }

  func signal(_ number: Int32) { kill(id, number) }

  deinit {
    kill(id, SIGCONT)
    child.stop()
    // A demo that was killed could not take its folder away.
    try? FileManager.default.removeItem(at: URL(filePath: kubeconfig).deletingLastPathComponent())
  }
}
