/// A kind of check: what a profile calls it, what it takes, and how it is judged.
///
/// A kind is one value of this type and one line in ``CheckKind/all``.
package struct CheckKind: Sendable {
  /// What a profile calls it: `image-size`.
  package let name: String
  /// What it says when it holds, in one line for people.
  package let summary: String
  package let parameters: [CheckParameter]
  /// What has to be known beside the snapshot.
  package let questions: @Sendable (CheckParameters, Profile) -> [FactQuestion]
  package let evaluate: @Sendable (CheckParameters, CheckContext) -> CheckResult

  /// A kind of check.
  package init(
    _ name: String, _ summary: String, parameters: [CheckParameter] = [],
    questions: @escaping @Sendable (CheckParameters, Profile) -> [FactQuestion] = { _, _ in [] },
    evaluate: @escaping @Sendable (CheckParameters, CheckContext) -> CheckResult
  ) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
    self.questions = questions
    self.evaluate = evaluate
  }
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

  /// The text of a name; empty where there is none.
  package func text(_ name: String) -> String { if case .text(let text) = values[name] { text } else { "" } }

  /// The number of a name.
  package func number(_ name: String) -> Double { if case .number(let number) = values[name] { number } else { 0 } }

  /// The texts of a name.
  package func texts(_ name: String) -> [String] { if case .texts(let texts) = values[name] { texts } else { [] } }
}
