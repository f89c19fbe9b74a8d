import CellScreen
import ClusterModel

/// What sorting and filtering look at in a row, whatever its kind.
package struct RowFacts: Sendable {
  package var key: ObjectKey
  package var uid: UID
  package var status = ""
  package var node = ""
  package var ready = 0
  /// How many should be ready.
  package var wanted = 0
  package var restarts: Int?
  package var used = ResourceAmounts()
  package var limits = ResourceAmounts()
  package var creationTimestamp: Timestamp?
  /// The place in the default order: lower first, which is sicker.
  package var severity = 0
  /// Whether time alone may change the severity.
  package var changesWithTime = false
  /// The images in full; only where asked for.
  package var images: [String] = []
  /// Only where asked for.
  package var labels: [String: String] = [:]
  /// What is highlighted when it changes: a number for each such column, equal while its text is.
  package var watched = SIMD4<Int32>()
  /// How the object is, for what is left of it when it is gone.
  package var was = ""
  /// What the IMAGE column shows.
  package var imageText = ""

  /// Facts of which only the identity is known.
  init(_ key: ObjectKey, uid: UID) {
    self.key = key
    self.uid = uid
  }

  /// READY as kubectl prints it.
  var readyText: String { "\(ready)/\(wanted)" }
  /// The ready share of what should be; `nil` where nothing should.
  var readyShare: Double? { wanted > 0 ? Double(ready) / Double(wanted) : nil }
}

/// What must be known of a row beyond what costs nothing.
struct RowNeeds: OptionSet, Sendable {
  let rawValue: UInt8
  static let usage = RowNeeds(rawValue: 1)
  static let labels = RowNeeds(rawValue: 2)
  static let images = RowNeeds(rawValue: 4)
  /// What is shown of a row that passes, beyond what a filter asks for.
  static let display = RowNeeds(rawValue: 8)
}

/// How wide the contents of columns are that differ from cluster to cluster: the widest row since the last rebuild.
///
/// Kept as rows are placed and not measured on what is visible, so that columns stand still while rows scroll.
package struct ContentWidths: Hashable, Sendable {
  var name = 0, namespace = 0, status = 0, node = 0, image = 0
  /// Room for a reason, as soon as any row has one.
  var why = 0
  /// Room for `2 (4m59s ago)`, as soon as any row restarted; its length changes with time.
  var restarts = 0

  /// A reason says enough in so many columns.
  private static let whyColumns = 60
  private static let restartsColumns = 13

  mutating func widen(by facts: RowFacts) {
    Self.widen(&name, by: facts.key.name)
    Self.widen(&namespace, by: facts.key.namespace)
    Self.widen(&status, by: facts.status)
    Self.widen(&node, by: facts.node)
    Self.widen(&image, by: facts.imageText)
    if facts.severity == 0 { why = Self.whyColumns }
    if (facts.restarts ?? 0) > 0 { restarts = Self.restartsColumns }
  }

  private static func widen(_ width: inout Int, by text: String) {
    // No text takes more columns than bytes, so that hardly any has to be measured.
    if text.utf8.count > width { width = max(width, TextWidth.columns(of: text)) }
  }
}
