import Subprocess

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The demo cluster as a child process of the same binary, so that it can be killed, frozen and measured apart.
///
/// Handed over once, from the thread that opens to the one that shows; nothing else is shared.
final class DemoChild: @unchecked Sendable {
  /// Where it serves: `http://127.0.0.1:43121`.
  let server: String
  /// The kubeconfig that it wrote.
  let kubeconfig: String
  private let child: Child

  /// How long the demo may take to come up; 10,000 pods take about two seconds.
  private static let timeLimitSeconds = 60.0

  /// Starts the demo and waits until it serves.
  init(_ arguments: Arguments) throws(StartProblem) {
    do {
      child = try Child(DemoChild.words(arguments))
    } catch {
      throw StartProblem("The demo cluster cannot be started: \(error).", exitCode: 1)
    }
    guard let lines = DemoChild.firstLines(of: child) else {
      child.stop()
      throw StartProblem("The demo cluster did not come up; try todotop demo --serve 0 to see why.", exitCode: 1)
    }
    (server, kubeconfig) = lines
  }

  /// The port that it serves on, where ingress answers come from too.
  var port: Int { server.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

  /// The private folder of the kubeconfig, where the demo keeps what it plays.
  var folder: String { String(kubeconfig[..<(kubeconfig.lastIndex(of: "/") ?? kubeconfig.startIndex)]) }

  /// Ends the demo and takes away its kubeconfig.
  func stop() {
    child.stop()
    removeKubeconfig(kubeconfig)
  }

  private static func words(_ arguments: Arguments) -> [String] {
    var words = [
      executablePath(), "demo", "--serve", "0", "--scenario", arguments.demoScenario, "--churn",
      "\(arguments.demoChurn)", "--speed", "\(arguments.speed)",
    ]
    if let seed = arguments.demoSeed { words += ["--seed", "\(seed)"] }
    if let pods = arguments.demoPods { words += ["--pods", "\(pods)"] }
    if !arguments.demoFaults.isEmpty { words += ["--fault", arguments.demoFaults] }
    return words
  }

  /// The two lines that `demo --serve` prints first, without their names.
  private static func firstLines(of child: Child) -> (String, String)? {
    var capture = OutputCapture(limitBytes: 4_096)
    let start = monotonicTime()
    while (monotonicTime() - start) < .seconds(Int(timeLimitSeconds)) {
      var waiting = pollfd(fd: child.output, events: Int16(POLLIN), revents: 0)
      poll(&waiting, 1, 200)
      capture.take(from: child.output)
      let lines = String(decoding: capture.bytes, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false)
      if lines.count >= 3 {
        let words = lines.prefix(2).map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
        guard words.allSatisfy({ $0.count == 2 }) else { return nil }
        return (words[0][1], words[1][1])
      }
      if !capture.isOpen || child.reap() != nil { return nil }
    }
    return nil
  }
}

/// The program's own path, to start it again.
func executablePath() -> String {
  var buffer = [CChar](repeating: 0, count: 4_096)
  let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
  guard length > 0 else { return CommandLine.arguments[0] }
  return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// Why the program cannot do what was asked: a sentence with the next step, and the code to leave with.
struct StartProblem: Error {
  let sentence: String
  let exitCode: Int32

  init(_ sentence: String, exitCode: Int32) {
    self.sentence = sentence
    self.exitCode = exitCode
  }
}
