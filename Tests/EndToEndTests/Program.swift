import Foundation
import Subprocess
import Testing

/// The built program: as `script/build` makes it when TODOTOP_BINARY says where, else the one of this build.
let programPath: String = {
  if let path = ProcessInfo.processInfo.environment["TODOTOP_BINARY"] { return path }
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  return root.appending(path: ".build/debug/todotop").path
}()

/// What a finished program left.
struct Outcome {
  var exitCode: Int32
  var output: String
  var errors: String
}

/// Runs a program to its end; a hang is ended after `seconds` and shows as exit code 124.
///
/// Foundation's `Process` waits for a descriptor that a program's own children inherit, and hands on blocked signals.
@discardableResult
func run(
  _ words: [String], environment: [String: String] = [:], input: String? = nil, seconds: Double = 60
) throws -> Outcome {
  let finished = try Child.run(
    words, stdin: Array((input ?? "").utf8), environment: variables(environment),
    timeLimit: .milliseconds(Int(seconds * 1_000)))
  let exitCode: Int32 =
    switch finished.end {
    case _ where finished.isTimedOut: 124
    case .exited(let code): code
    case .signalled(let number): -number
    }
  return Outcome(exitCode: exitCode, output: finished.outputText, errors: finished.errorText)
}

/// The tests' own environment with some changes, as lines.
func variables(_ changes: [String: String]) -> [String] {
  ProcessInfo.processInfo.environment.merging(changes) { $1 }.map { "\($0)=\($1)" }
}

/// Runs `todotop` with some words.
func todotop(
  _ words: String..., environment: [String: String] = [:], input: String? = nil, seconds: Double = 60
) throws -> Outcome {
  try run([programPath] + words, environment: environment, input: input, seconds: seconds)
}

/// What `todotop snapshot --format json` prints with some more words.
func document(_ words: [String]) throws -> (exitCode: Int32, content: [String: Any]) {
  let outcome = try run([programPath, "snapshot", "--format", "json"] + words)
  let content = try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
  return (outcome.exitCode, try #require(content, "\(outcome.errors)"))
}

/// A file that goes with the last reference to it.
final class TemporaryFile {
  let url = FileManager.default.temporaryDirectory.appending(path: "todotop-test-\(UUID().uuidString)")

  init(_ text: String = "") throws { try text.write(to: url, atomically: true, encoding: .utf8) }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// A shell script that stands for kubectl; `$*` are its arguments.
  static func script(_ body: String) throws -> TemporaryFile {
    let file = try TemporaryFile("#!/bin/sh\n\(body)\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file.url.path)
    return file
  }
}

/// Waits until a condition holds and says whether it did; looks twenty times a second.
func eventually(within seconds: Double = 20, _ condition: () throws -> Bool) rethrows -> Bool {
  let end = Date().addingTimeInterval(seconds)
  repeat {
    if try condition() { return true }
    Thread.sleep(forTimeInterval: 0.05)
  } while Date() < end
  return false
}

/// The children of a process, with their arguments.
func childProcesses(of parent: Int32) throws -> [(id: Int32, name: String, arguments: String)] {
  try run(["ps", "-o", "pid=,comm=,args=", "--ppid", "\(parent)"]).output.split(separator: "\n").compactMap { line in
    let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
    guard words.count == 3, let id = Int32(words[0]) else { return nil }
    return (id, String(words[1]), String(words[2]))
  }
}

/// All processes below one, at any depth.
func descendants(of program: Int32) throws -> [(id: Int32, name: String, arguments: String)] {
  try childProcesses(of: program).flatMap { child in [child] + (try descendants(of: child.id)) }
}

/// The kubectl proxies that a program runs.
func proxies(of program: Int32) throws -> [(id: Int32, arguments: String)] {
  try descendants(of: program).filter { $0.name != "keeper" && $0.arguments.contains(" proxy ") }
    .map { ($0.id, $0.arguments) }
}

/// Whether a process is there and has not ended.
func isRunning(_ id: Int32) throws -> Bool {
  let state = try run(["ps", "-o", "stat=", "-p", "\(id)"]).output
  return !state.isEmpty && !state.hasPrefix("Z")
}
