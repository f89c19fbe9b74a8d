/// How long a state is suspect before it counts as failed.
///
/// Many a bad state passes by itself: a registry that hiccups, a volume that takes its time. What cannot pass (an image
/// that may never be pulled, a name that is none) has no tolerance.
enum Tolerance {
  /// An image the registry says is not there, or not for us; a container that cannot be made.
  static let certain = Duration.seconds(15)
  /// An image that could not be pulled for other reasons; a volume that could not be mounted.
  static let retried = Duration.seconds(60)
  /// A pod that no node can take.
  static let unschedulable = Duration.seconds(30)
  /// A container that runs and does not become ready, beyond the delays its probes ask for.
  static let notReady = Duration.seconds(60)
  /// A container that was ready and is so no more.
  static let lostReadiness = Duration.seconds(15)
  /// An init container that does not end.
  static let initialising = Duration.seconds(120)
  /// A pod that is scheduled and of which the kubelet reports nothing.
  static let creating = Duration.seconds(120)
  /// A deleted pod, beyond its grace period.
  static let terminating = Duration.seconds(10)
  /// How often a container may restart before it counts as crashing for good.
  static let restarts = 3
  /// How long a container that keeps crashing must run before it is believed.
  static let calm = Duration.seconds(60)
  /// How long a container that ran out of memory is spoken of after it runs again.
  static let memory = Duration.seconds(600)
}
