import CNcurses
import Foundation
import Subprocess

/// A terminal device whose other end the test holds: it reads as fast as it likes and sees every byte.
///
/// Unlike tmux it can be of any type, slow, silent or gone.
final class Device {
  private let master: Int32
  private let slave: Int32
  private let child: Child
  /// Whether it answers when it is asked how far it is, as terminals do.
  private let answers: Bool
  /// All bytes that were written to it.
  private(set) var output: [UInt8] = []
  private var answeredEnd = 0

  /// Runs a shell command on the device; when it ends the device shows `ended`, its exit code and the line's modes.
  init(
    _ command: String, columns: Int = 120, rows: Int = 40, answers: Bool = true, environment: [String: String] = [:]
  ) throws {
    var ends: (master: Int32, slave: Int32) = (0, 0)
    guard cn_open_pty(&ends.master, &ends.slave) == 0, let name = ttyname(ends.slave) else {
      throw CocoaError(.executableLoad)
    }
    (master, slave) = ends
    self.answers = answers
    _ = fcntl(master, F_SETFL, fcntl(master, F_GETFL) | O_NONBLOCK)
    // The device must control the session, or nobody tells the program of a new size.
    let words = [
      "sh", "-c", "exec <>\"$0\" >&0 2>&1; exec setsid --ctty --wait sh -c \"$1\"", String(cString: name),
      "\(command); printf 'ended %s\\n' $?; stty -a",
    ]
    let usual = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no", "NO_COLOR": ""]
    cn_set_window_size(master, Int32(columns), Int32(rows))
    child = try Child(words, environment: variables(usual.merging(environment) { $1 }))
  }

  deinit {
    close(master)
    close(slave)
    child.stop()
  }

  /// What was written, as text; bytes that are none are replaced.
  var text: String { String(decoding: output, as: UTF8.self) }

  /// Forgets what was written so far.
  func clear() { (output, answeredEnd) = ([], 0) }

  func resize(columns: Int, rows: Int) {
    cn_set_window_size(master, Int32(columns), Int32(rows))
  }

  /// Reads for some time, at most so many bytes a second.
  func read(for seconds: Double, bytesPerSecond: Int = .max) {
    _ = reads(within: seconds, bytesPerSecond: bytesPerSecond) { false }
  }

  /// Reads until a text was written, and says whether it was.
  func shows(_ words: String, within seconds: Double = 20, bytesPerSecond: Int = .max) -> Bool {
    let isShown = reads(within: seconds, bytesPerSecond: bytesPerSecond) { text.contains(words) }
    if !isShown { print("no “\(words)” among \(output.count) bytes:\n\(text.suffix(4_000).debugDescription)") }
    return isShown
  }

  private func reads(within seconds: Double, bytesPerSecond: Int, until condition: () -> Bool) -> Bool {
    let pause = 0.02
    let chunk = bytesPerSecond == .max ? 65_536 : max(1, Int(Double(bytesPerSecond) * pause))
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if take(chunk), condition() { return true }
      if bytesPerSecond != .max || !isWaiting { Thread.sleep(forTimeInterval: pause) }
    }
    return condition()
  }

  private var isWaiting: Bool {
    var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, 0) > 0 && entry.revents & Int16(POLLIN) != 0
  }

  private func take(_ bytesMax: Int) -> Bool {
    var buffer = [UInt8](repeating: 0, count: bytesMax)
    let count = Foundation.read(master, &buffer, bytesMax)
    guard count > 0 else { return false }
    output += buffer.prefix(count)
    let question = Array("\u{1B}[5n".utf8)
    while answers, let found = output[answeredEnd...].firstRange(of: question) {
      answeredEnd = found.upperBound
      type("\u{1B}[0n")
    }
    return true
  }

  func type(_ text: String) { type(Array(text.utf8)) }

  /// Types, and reads meanwhile what is written: a program that is flooded may be writing too.
  func type(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, min($0.count, 1_024)) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if !take(65_536) {
        Thread.sleep(forTimeInterval: 0.002)
      }
    }
  }

  /// The program that runs on the device.
  func programID() throws -> Int32? {
    try descendants(of: child.processID).first { $0.name.hasPrefix("todotop") }?.id
  }
}

/// A command that shows the recorded answers of a real cluster: a whole screen without any cluster.
let recordingCommand: String = {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "DashboardTests/Fixtures/Scenes").path
  return "'\(programPath)' --from '\(folder)/todo-pods.json' --from '\(folder)/todo-workloads.json'"
}()
