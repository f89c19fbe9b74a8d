import ClusterModel
import Subprocess

/// What one `kubectl get KINDS -o json` said of each kind.
struct PollAnswer {
  /// What was learned of one kind.
  enum Outcome: Hashable {
    case listed([ClusterObject])
    case forbidden(String)
    case absent(String)
  }

  /// Empty when the poll failed as a whole.
  var outcomes: [ResourceKind: Outcome] = [:]
  /// Why it failed as a whole.
  var problem: AccessProblem?

  /// Reads the answer to a question for some kinds.
  ///
  /// kubectl prints what it got and exits 1 when one kind is forbidden; such an answer is as good as any for the other
  /// kinds. With an error that cannot be laid to a kind nothing is taken: an empty list could be a missing one.
  init(_ finished: Finished, asked: [ResourceKind], _ decoder: inout ClusterDecoder) {
    if finished.isTimedOut {
      problem = AccessProblem(.timedOut, "kubectl did not answer in time")
      return
    }
    if finished.isOutputCut {
      problem = AccessProblem(.other, "kubectl's answer is larger than the limit of \(Self.maximumBytes >> 20) MiB")
      return
    }
    let unexplained = explain(finished.errorText, asked)
    let isExplained = unexplained.isEmpty && !outcomes.isEmpty
    guard finished.end.isSuccess || isExplained else {
      outcomes = outcomes.filter { if case .absent = $0.value { true } else { false } }
      let words = unexplained.isEmpty ? finished.errorText : unexplained.joined(separator: "\n")
      if outcomes.isEmpty { problem = .recognise(words) }
      return
    }
    take(finished.stdout, asked, &decoder)
  }

  /// The largest answer that is read.
  static let maximumBytes = 512 << 20

  /// Lays errors to kinds; gives those that no kind explains.
  private mutating func explain(_ words: String, _ asked: [ResourceKind]) -> [Substring] {
    words.split(whereSeparator: \.isNewline).filter { line in
      guard !AccessProblem.isNoise(line) else { return false }
      guard let (kind, outcome) = Self.explanation(of: line, asked) else { return true }
      outcomes[kind] = outcome
      return false
    }
  }

  private static func explanation(of line: Substring, _ asked: [ResourceKind]) -> (ResourceKind, Outcome)? {
    let forbidden = "Error from server (Forbidden): "
    if line.hasPrefix(forbidden), let end = line.firstRange(of: " is forbidden: ") {
      let resource = line[..<end.lowerBound].dropFirst(forbidden.count)
      guard let kind = asked.first(where: { $0.qualifiedResource == resource }) else { return nil }
      return (kind, .forbidden(String(line.dropFirst(forbidden.count))))
    }
    if let start = line.firstRange(of: "the server doesn't have a resource type \"") {
      let resource = line[start.upperBound...].prefix { $0 != "\"" }
      let name = resource.prefix { $0 != "." }
      guard let kind = asked.first(where: { $0.resource == name }) else { return nil }
      return (kind, .absent("the server does not serve \(kind.qualifiedResource)"))
    }
    return nil
  }

  private mutating func take(_ output: [UInt8], _ asked: [ResourceKind], _ decoder: inout ClusterDecoder) {
    // A kind that the server does not know makes kubectl stop before it asks for the others.
    if output.isEmpty && !outcomes.isEmpty { return }
    var objects: [ResourceKind: [ClusterObject]] = [:]
    if !output.isEmpty {
      do throws(DecodingProblem) {
        objects = Dictionary(grouping: try decoder.dump(output).objects, by: \.kind)
      } catch {
        (outcomes, problem) = ([:], AccessProblem(.other, "kubectl's answer cannot be read: \(error.words)"))
        return
      }
    }
    for kind in asked where outcomes[kind] == nil { outcomes[kind] = .listed(objects[kind] ?? []) }
  }
}

extension DecodingProblem {
  /// In words, as the end of a sentence.
  var words: String {
    switch self {
    case .notJSON(let words): "it is not JSON but \(words)"
    case .unexpected(let words): words
    case .status(let status): status.message
    }
  }
}
