import ClusterModel
import Playbook
import Subprocess

/// A question to an AI tool, which has the terminal until it ends.
///
/// It starts nothing but an ``AIOperation``. Keys go to the tool; what it prints passes through, so that nothing of it
/// can steer the terminal and its first line can be kept.
package struct AIToolRun: Sendable {
  private let operation: AIOperation
  private let programs: ToolPrograms
  private let kubeconfig: String

  /// A question, asked with a kubeconfig of one context.
  package init(_ operation: AIOperation, _ programs: ToolPrograms, kubeconfig: String) {
    self.operation = operation
    self.programs = programs
    self.kubeconfig = kubeconfig
  }

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - show: Takes what is to be shown, as it comes.
  ///   - isCancelled: Asked often; once it is true the tool is ended.
  package func run(show: @escaping ([UInt8]) -> Void, isCancelled: () -> Bool) -> AIOperationEnd {
    var options = ForegroundOptions()
    options.variables = ["KUBECONFIG": kubeconfig]
    options.timeLimit = AIOperation.timeLimit
    options.endsAtSecondInterrupt = true
    var filter = TerminalTextFilter()
    var first = FirstLine()
    options.said = { bytes in
      let text = filter.filtered(bytes)
      first.take(text)
      show(text)
    }
    do {
      let end = try runInForeground(operation.argv(for: programs), options, isCancelled: isCancelled)
      return AIOperationEnd(
        exitCode: end.end.exitCode, duration: end.duration, firstLine: first.text, problem: problem(end))
    } catch {
      let sentence =
        if case .notFound = error { "\(operation.tool.rawValue) is not installed here" } else {
          "\(operation.tool.rawValue) cannot be started: \(error)"
        }
      return AIOperationEnd(exitCode: nil, duration: .zero, firstLine: "", problem: sentence)
    }
  }

  private func problem(_ end: ForegroundEnd) -> String? {
    let name = operation.tool.rawValue
    if end.isTimedOut { return "\(name) had no answer within \(Age.text(of: AIOperation.timeLimit)) and was ended" }
    if end.interrupts > 0 { return "\(name) was ended by ctrl-c" }
    switch end.end {
    case .exited(0): return nil
    case .exited(let code): return "\(name) ended with exit code \(code)"
    case .signalled(let number): return "\(name) was ended by signal \(number)"
    }
  }
}

extension ChildEnd {
  /// The code it exited with, if it did.
  fileprivate var exitCode: Int32? { if case .exited(let code) = self { code } else { nil } }
}

/// The first line of an answer that is not blank, bounded.
private struct FirstLine {
  private var bytes: [UInt8] = []
  private var isWhole = false

  /// More is not kept of it, in bytes.
  private static let maximum = 300

  var text: String {
    let words = String(decoding: bytes, as: UTF8.self).split(separator: " ").joined(separator: " ")
    return redacted(words)
  }

  mutating func take(_ more: [UInt8]) {
    for byte in more where !isWhole {
      if byte == UInt8(ascii: "\n") {
        isWhole = bytes.contains { $0 > 32 }
        if !isWhole { bytes = [] }
      } else if bytes.count < Self.maximum {
        bytes.append(byte < 32 ? 32 : byte)
      }
    }
  }
}
