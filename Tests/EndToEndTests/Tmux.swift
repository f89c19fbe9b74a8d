import Foundation
import Subprocess

/// A real terminal: a tmux server of its own with one window of a given size.
final class Tmux {
  private let socket = "todotop-\(UUID().uuidString)"
  private let server: Child

  /// Starts a shell command in the window; the shell stays when the command ends, to be looked at.
  init(_ command: String, columns: Int, rows: Int, environment: [String: String] = [:]) throws {
    // In the foreground, so that it ends with the tests whatever ends them.
    server = try Child(
      ["tmux", "-D", "-u", "-L", socket, "-f", "/dev/null"], environment: variables(["TMUX": ""]))
    // swift test asks for back traces, and those wait for a key on a terminal.
    let usual = ["LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no"]
    let changes = (usual.merging(environment) { $1 }).flatMap { ["-e", "\($0)=\($1)"] }
    let session =
      ["new-session", "-d", "-x", "\(columns)", "-y", "\(rows)"] + changes
      + ["sh", "-c", "\(command); printf 'ended %s\\n' $?; stty -a; exec sleep 600"]
    guard try eventually(within: 10, { try tmux(session).exitCode == 0 }) else { throw CocoaError(.executableLoad) }
  }

  deinit {
    _ = try? tmux(["kill-server"])
    server.stop()
    try? FileManager.default.removeItem(atPath: "/tmp/tmux-\(getuid())/\(socket)")
  }

  /// What the terminal shows, one string a row, without trailing blanks.
  func screen() throws -> [String] {
    try tmux(["capture-pane", "-p"]).output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  func text() throws -> String { try screen().joined(separator: "\n") }

  /// How many columns each row takes, as tmux has laid it out; rows of the screen in order.
  func columnsOfRows(_ count: Int) throws -> [Int] {
    var words = ["copy-mode", ";", "send-keys", "-X", "top-line"]
    for _ in 0..<count {
      words += [";", "send-keys", "-X", "end-of-line", ";", "display-message", "-p", "#{copy_cursor_x}"]
      words += [";", "send-keys", "-X", "cursor-down"]
    }
    words += [";", "send-keys", "-X", "cancel"]
    return try tmux(words).output.split(separator: "\n").compactMap { Int($0) }
  }

  /// Presses keys by tmux's names.
  func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

  /// Types a text letter by letter.
  func type(_ text: String) throws { try tmux(["send-keys", "-l", text]) }

  /// Pastes a text as a terminal does, between marks where the program asked for them.
  func paste(_ text: String) throws {
    try tmux(["set-buffer", "--", text])
    try tmux(["paste-buffer", "-p", "-r"])
  }

  /// Presses a mouse button, 64 and 65 for the wheel, on a cell counted from 0.
  func mouse(button: Int, column: Int, row: Int) throws {
    // The old spelling, which this terminal's type has; a press counts only after a release.
    let buttons = button < 64 ? [button, 3] : [button]
    let bytes: [Int] = buttons.flatMap { (code: Int) -> [Int] in [0x1B, 0x5B, 0x4D, 32 + code, 33 + column, 33 + row] }
    try tmux(["send-keys", "-H"] + bytes.map { String($0, radix: 16) })
  }

  /// Whether the program asked for the mouse.
  func takesMouse() throws -> Bool {
    try tmux(["display-message", "-p", "#{mouse_any_flag}"]).output.hasPrefix("1")
  }

  func resize(columns: Int, rows: Int) throws {
    try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// The title that programs may give the window.
  func title() throws -> String {
    try tmux(["display-message", "-p", "#{pane_title}"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Takes the terminal away from whatever runs in it.
  func close() throws { try tmux(["kill-window"]) }

  /// Waits for a text and says whether it came; prints the screen when it did not.
  func shows(_ words: String, within seconds: Double = 20) throws -> Bool {
    try holds("“\(words)”", within: seconds) { $0.contains(words) }
  }

  /// Waits until the screen is as it should be and says whether it is; prints the screen when it is not.
  func holds(_ what: String, within seconds: Double = 20, _ condition: (String) -> Bool) throws -> Bool {
    var last = ""
    let isHeld = try eventually(within: seconds) {
      last = try text()
      return condition(last)
    }
    if !isHeld { print("no \(what) within \(seconds) s on the screen:\n\(last)") }
    return isHeld
  }

  /// The program that runs in the window, by its name in the process list.
  func processID(of name: String) throws -> Int32? {
    let shell = try tmux(["display-message", "-p", "#{pane_pid}"]).output.trimmingCharacters(
      in: .whitespacesAndNewlines)
    return try childProcesses(of: Int32(shell) ?? 0).first { $0.name.hasPrefix(name) }?.id
  }

  @discardableResult
  private func tmux(_ words: [String]) throws -> Outcome {
    try run(["tmux", "-N", "-u", "-L", socket] + words, environment: ["TMUX": ""], seconds: 10)
  }
}
