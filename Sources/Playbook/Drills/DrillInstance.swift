import ClusterModel

/// A drill that a profile proposes: a kind, and what it is done to.
///
/// It says only what a person could choose as well: how far a kind reaches and how it is agreed to stays as it is.
package struct DrillInstance: Hashable, Sendable {
  package let kind: DrillKind
  /// `deployment/todo-backend`, `service/todo-backend`, `node/minikube`, or the host and path of an ingress.
  package let target: String
  /// Empty for the first container.
  package let container: String
  /// The host that is made unreachable; empty where the usual one is meant, or none counts.
  package let host: String
  /// How long it may last; `nil` where the usual time counts.
  package let limitSeconds: Int?
  package let title: String

  /// How long a title can be: as much as a line of the list has room for.
  static let titleMax = 43

  /// What it is done to, as `--target` takes it, and the host: `deployment/todo-backend/backend, api.openai.com`.
  package var words: String { place + (host.isEmpty ? "" : ", \(host)") }

  /// What it is done to, as `--target` takes it: `deployment/todo-backend/backend`.
  package var place: String { container.isEmpty ? target : "\(target)/\(container)" }

  /// Whether it is the same drill, by whatever title.
  func isTwin(of other: DrillInstance) -> Bool { kind == other.kind && words == other.words }

  /// What it is done to now, of all that its kind could be done to; `nil` where that is not there.
  package func target(among targets: [DrillTarget]) -> DrillTarget? {
    guard var found = targets.first(where: isMeant) else { return nil }
    if !host.isEmpty { found.place = host }
    return found
  }

  private func isMeant(_ candidate: DrillTarget) -> Bool {
    switch kind.aim {
    case .pod: candidate.workload?.typedName == target
    case .container:
      candidate.object.typedName == target && (container.isEmpty || candidate.container == container)
    case .ingressPath: candidate.place == target
    case .deployment, .service, .node: candidate.object.typedName == target
    }
  }
}

extension DrillTarget {
  /// Whether the words of a target name this one, or a pod of the same Deployment.
  func isNamed(by words: String) -> Bool {
    object.kind == .pods ? Self.withoutPod(words) == Self.withoutPod(self.words) : words == self.words
  }

  /// `pod/todo-backend-7bbd475df6-kmwpq, container backend` up to what tells one pod of a Deployment from another.
  private static func withoutPod(_ words: String) -> [Substring] {
    words.prefix { $0 != "," }.split(separator: "-").dropLast(2)
  }
}
