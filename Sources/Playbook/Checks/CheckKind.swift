import ClusterModel

/// A kind of check: what a profile calls it, what it takes, and how it is judged.
///
/// A kind is one value of this type and one line in ``CheckKind/all``.
package struct CheckKind: Sendable {
  /// What has to be known beside the snapshot, which says what pods and workloads there are.
  package typealias Questions = @Sendable (CheckParameters, Profile, Snapshot) -> [FactQuestion]
  /// How a kind is judged; what it needs and does not know ends it.
  package typealias Judgement = @Sendable (CheckParameters, CheckContext) throws(Unanswered) -> CheckResult

  /// What a profile calls it: `image-size`.
  package let name: String
  /// What it says when it holds, in one line for people.
  package let summary: String
  package let parameters: [CheckParameter]
  package let questions: Questions
  private let judge: Judgement

  /// A kind of check.
  package init(
    _ name: String, _ summary: String, parameters: [CheckParameter] = [],
    questions: @escaping Questions = { _, _, _ in [] }, judge: @escaping Judgement
  ) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
    self.questions = questions
    self.judge = judge
  }

  /// Judges it with what is known.
  package func evaluate(_ parameters: CheckParameters, _ context: CheckContext) -> CheckResult {
    do throws(Unanswered) {
      return try judge(parameters, context)
    } catch {
      return error.result
    }
  }
}

/// What a check needs to know is not known: the result that says so.
package struct Unanswered: Error {
  package let result: CheckResult

  init(_ result: CheckResult) { self.result = result }
}

/// A parameter of a kind of check.
package struct CheckParameter: Hashable, Sendable {
  /// What a profile may write.
  package enum Form: String, Hashable, Sendable { case text, number, texts }

  package let name: String
  package let form: Form
  /// What counts where a profile says nothing; `nil` where it must.
  package let usual: CheckParameters.Value?

  /// A parameter.
  package init(_ name: String, _ form: Form, usual: CheckParameters.Value? = nil) {
    self.name = name
    self.form = form
    self.usual = usual
  }
}

/// The parameters of one check, complete and of the right form.
package struct CheckParameters: Hashable, Sendable {
  /// A value that a profile gives.
  package enum Value: Hashable, Sendable {
    case text(String)
    case number(Double)
    case texts([String])
  }

  package var values: [String: Value]

  /// Parameters by name.
  package init(_ values: [String: Value] = [:]) { self.values = values }

  /// What counts for a kind where a profile says nothing.
  package init(usualOf kind: CheckKind) {
    values = kind.parameters.reduce(into: [:]) { $0[$1.name] = $1.usual }
  }

  /// The text of a name; empty where there is none.
  package func text(_ name: String) -> String { if case .text(let text) = values[name] { text } else { "" } }

  /// The number of a name.
  package func number(_ name: String) -> Double { if case .number(let number) = values[name] { number } else { 0 } }

  /// The texts of a name.
  package func texts(_ name: String) -> [String] { if case .texts(let texts) = values[name] { texts } else { [] } }
}
