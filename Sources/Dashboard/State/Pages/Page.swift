import ClusterModel

/// A text about one object that is read when it is asked for.
package struct ObjectText: Hashable, Sendable {
  /// How the object is written.
  package enum Form: Hashable, Sendable {
    /// All its fields.
    case yaml
    /// As `kubectl describe` prints it.
    case description
  }

  package var form: Form
  package var object: ObjectKey

  /// A text to read.
  package init(_ form: Form, of object: ObjectKey) {
    self.form = form
    self.object = object
  }
}

/// The answer to a question for an object's text.
package enum ObjectTextAnswer: Hashable, Sendable {
  case document(DocumentValue)
  case text(String)
  /// Why there is none, in one sentence.
  case problem(String)
}

/// How far back changes are looked for.
package enum ChangeWindow: Int, CaseIterable, Hashable, Sendable {
  case five = 5
  case fifteen = 15
  case hour = 60

  var duration: Duration { .seconds(rawValue * 60) }
}

/// One view of lines on the way that a person took from object to object.
package struct Page: Sendable {
  /// What it shows.
  package enum Content: Sendable {
    /// Why, and all that is known of one object, bound to the one that was opened.
    case details(ObjectKey, UID?)
    case text(ObjectText, TextReading)
    /// What happened to one object and what it owns.
    case river(ObjectKey, warningsOnly: Bool)
    case changes(ChangeWindow)
    /// The rollouts that were begun here.
    case rollouts
    /// One check, by its id.
    case check(String)
    /// The deploy: its plan, or how far it is.
    case deploy
    /// The success criteria and the health score.
    case criteria
    /// What came of the last tour.
    case tourResult
  }

  /// How many pages are kept; the way back ends there.
  static let limit = 50

  package var content: Content
  package var view: TextView

  /// A page that is looked at from its beginning.
  init(_ content: Content) {
    self.content = content
    if case .text = content { view = TextView(hasCursor: false) } else { view = TextView(hasCursor: true) }
  }

  /// The view that it is, for its keys.
  var kind: ViewKind {
    switch content {
    case .details: .details
    case .text: .text
    case .river: .river
    case .changes: .changes
    case .rollouts: .rollouts
    case .check: .check
    case .deploy: .deploy
    case .criteria: .criteria
    case .tourResult: .tourResult
    }
  }

  /// The object that it is about; `nil` where it is about all.
  var object: ObjectKey? {
    switch content {
    case .details(let key, _), .river(let key, _): key
    case .text(let text, _): text.object
    case .changes, .rollouts, .check, .deploy, .criteria, .tourResult: nil
    }
  }
}

extension ViewKind {
  /// Whether it is a page of lines, which has a place on the way back.
  var isPage: Bool {
    switch self {
    case .details, .text, .river, .changes, .rollouts, .check, .deploy, .criteria, .tourResult: true
    case .logs, .help, .chooser: false
    }
  }
}
