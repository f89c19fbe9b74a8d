/// A container whose logs are followed.
public struct LogTarget: Hashable, Sendable {
  public var namespace: String
  public var pod: String
  public var container: String

  /// A container of a pod.
  public init(namespace: String, pod: String, container: String) {
    self.namespace = namespace
    self.pod = pod
    self.container = container
  }
}
