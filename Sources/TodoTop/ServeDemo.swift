import CursesTerminal
import DemoCluster

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Serves the demo cluster until a signal ends it, and says where.
///
/// The first two lines are for programs: `server URL` and `kubeconfig FILE`.
func serveDemo(_ arguments: Arguments) throws -> Int32 {
  guard let signals = SignalPipe.install() else { throw StartProblem("The system gives no pipe.", exitCode: 1) }
  let server: DemoServer
  let port: UInt16
  do {
    server = try DemoServer(options: DemoOptions(arguments))
    port = try server.start()
  } catch {
    throw StartProblem("The demo cluster cannot be served: \(error).", exitCode: 1)
  }
  let url = "http://127.0.0.1:\(port)"
  let path = try writeKubeconfig(kubeconfig(server: url))
  output("server \(url)\nkubeconfig \(path)\n\nIn another terminal: export KUBECONFIG=\(path)\n")
  waitForSignal(signals)
  server.stop()
  removeKubeconfig(path)
  return 0
}

/// Sleeps until somebody asks to end; stopping and continuing are the shell's business.
private func waitForSignal(_ signals: SignalPipe) {
  while true {
    var waiting = pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)
    poll(&waiting, 1, -1)
    if !signals.requests().isDisjoint(with: [.terminate, .hangup]) { return }
  }
}

/// Writes the file for the user's eyes only and gives its path.
private func writeKubeconfig(_ text: String) throws -> String {
  let folders = ["XDG_RUNTIME_DIR", "TMPDIR"].map(environment).filter { !$0.isEmpty && access($0, W_OK) == 0 }
  let parent = folders.first ?? "/tmp"
  var folder = Array("\(parent)/todotop-demo-XXXXXX".utf8CString)
  guard mkdtemp(&folder) != nil else { throw StartProblem("No folder can be made in \(parent).", exitCode: 1) }
  let path = String(decoding: folder.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) + "/kubeconfig"
  let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
  guard file >= 0 else { throw StartProblem("\(path) cannot be written.", exitCode: 1) }
  defer { close(file) }
  var text = text
  let isWritten = text.withUTF8 { write(file, $0.baseAddress, $0.count) == $0.count }
  guard isWritten else { throw StartProblem("\(path) cannot be written.", exitCode: 1) }
  return path
}

/// Takes away the file, what was played beside it, and their folder.
func removeKubeconfig(_ path: String) {
  unlink(path)
  guard let slash = path.lastIndex(of: "/") else { return }
  let folder = String(path[..<slash])
  unlink(playedStatePath(in: folder))
  removeFiles(in: folder + "/records")
  removeFiles(in: folder + "/drills")
  rmdir(folder)
}

/// Removes a folder of plain files.
private func removeFiles(in folder: String) {
  guard let listing = opendir(folder) else { return }
  defer { closedir(listing) }
  while let entry = readdir(listing) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    unlink("\(folder)/\(name)")
  }
  rmdir(folder)
}

extension DemoOptions {
  /// The options of the command line.
  init(_ arguments: Arguments) {
    self.init(
      port: arguments.servePort ?? 0, totalPods: arguments.demoPods ?? 0, churnPerSecond: arguments.demoChurn,
      scenario: DemoScenario.named(arguments.demoScenario) ?? .healthy, seed: arguments.demoSeed,
      speed: arguments.speed)
    faults = arguments.demoFaults
  }
}
