import YAML

/// A showcase for an audience: what to say and to show, step by step, against the clock.
package struct Tour: Hashable, Sendable {
  package let name: String
  package private(set) var steps: [Step]
  /// The name of the file, as errors give it.
  package let file: String

  /// How long a tour takes at most.
  package static let limit = Duration.seconds(900)

  /// One thing to talk about.
  package struct Step: Hashable, Sendable {
    package let title: String
    /// The phase it is about, by its number; `nil` where it is about none.
    package let phase: Int?
    /// What a presenter can read aloud.
    package let say: String
    package let action: Action
    /// The checks that end it, by their ids.
    package internal(set) var checks: [String]
    /// How long it should take.
    package let time: Duration
  }

  /// What is shown in a step.
  package enum Action: Hashable, Sendable {
    case none
    /// A command that the presenter types somewhere; it is never run.
    case show(String)
    /// A word of TodoTop, with what stands behind it.
    case perform(String)
    /// Questions to an AI tool, one after the other.
    case ask(AITool, [String])
  }

  /// How long all steps should take.
  package var time: Duration { steps.reduce(.zero) { $0 + $1.time } }

  /// The AI tools that it uses.
  package var tools: [AITool] { steps.compactMap(\.tool) }

  init(name: String, steps: [Step], file: String) {
    self.name = name
    self.steps = steps
    self.file = file
  }

  /// The tour with the checks that a profile has: an id that stands for a check of each image becomes several.
  ///
  /// What the profile does not have ends no step.
  package func resolved(for profile: Profile) -> Tour {
    var tour = self
    let known = profile.checks.map(\.id)
    for index in steps.indices {
      tour.steps[index].checks = steps[index].checks.flatMap { id in
        known.contains(id) ? [id] : known.filter { $0.hasPrefix(id + "-") }
      }
    }
    return tour
  }
}

extension Tour.Step {
  /// The AI tool that it is about; `nil` where it is about none.
  // Inlined into what calls itself, it makes the optimiser of Swift 6.3 stop with an error of its own.
  @inline(never)
  package var tool: AITool? { if case .ask(let tool, _) = action { tool } else { nil } }
}
