/// What a demo cluster is made of.
package struct DemoOptions: Sendable {
  /// The port on the loopback address; 0 for any free one.
  package var port: UInt16
  /// How many pods there are in all; 0 for the scenario's own.
  package var totalPods: Int
  /// How many pods change each second; 0 for the scenario's own.
  package var churnPerSecond: Double
  /// What the demo shows.
  package var scenario: DemoScenario
  /// The seed of everything that looks like chance; `nil` for the scenario's own.
  package var seed: UInt64?
  /// How fast the world's time passes; 1 is the real pace.
  package var speed: Double
  /// Where to write a kubeconfig; `nil` for nowhere.
  package var kubeconfigPath: String?
  /// What goes wrong with the API on purpose, such as `latency=200,errors=3`.
  package var faults = ""

  /// A demo with the given deviations from a healthy application at the real pace.
  package init(
    port: UInt16 = 0, totalPods: Int = 0, churnPerSecond: Double = 0, scenario: DemoScenario = .healthy,
    seed: UInt64? = nil, speed: Double = 1, kubeconfigPath: String? = nil
  ) {
    self.port = port
    self.totalPods = totalPods
    self.churnPerSecond = churnPerSecond
    self.scenario = scenario
    self.seed = seed
    self.speed = speed
    self.kubeconfigPath = kubeconfigPath
  }
}

extension DemoOptions {
  /// Whether a text names faults that the demo has.
  package static func knows(faults: String) -> Bool { !faults.isEmpty && Faults(faults) != nil }
}

/// Why a demo cluster could not start.
package enum DemoServerError: Error, Equatable, CustomStringConvertible {
  /// The port is in use or not allowed.
  case portUnavailable(UInt16)
  /// The kubeconfig could not be written.
  case kubeconfigNotWritable(path: String)
  /// A value is outside what the demo can do.
  case invalidOption(String)
  /// It is running already.
  case alreadyStarted

  /// One sentence for people.
  package var description: String {
    switch self {
    case .portUnavailable(let port): "the demo cluster cannot listen on 127.0.0.1:\(port)"
    case .kubeconfigNotWritable(let path): "the kubeconfig \(path) cannot be written"
    case .invalidOption(let words): words
    case .alreadyStarted: "the demo cluster is already running"
    }
  }
}
