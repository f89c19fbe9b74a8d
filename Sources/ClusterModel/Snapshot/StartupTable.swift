/// How long the steps of pods took that became ready and are gone: what newer pods are compared with.
struct StartupTable: Sendable {
  /// How many pods of one controller are remembered.
  static let podsMax = 20
  /// How many controllers are remembered.
  static let controllersMax = 500

  typealias Steps = [StartupPhase.Step: Duration]

  private var rows: [UID: [Steps]] = [:]
  /// The controllers in the order they came.
  private var order: [UID] = []

  /// The steps of the pods that a controller made, oldest first.
  func steps(of controller: UID) -> [Steps] { rows[controller] ?? [] }

  mutating func append(_ steps: Steps, of controller: UID) {
    if rows[controller] == nil {
      order.append(controller)
      if order.count > Self.controllersMax { rows[order.removeFirst()] = nil }
    }
    rows[controller] = ((rows[controller] ?? []) + [steps]).suffix(Self.podsMax)
  }
}
