import ClusterModel

/// All but the target that decides whether a drill may be done.
package struct DrillSetting: Sendable {
  package var arming: Arming
  package var standing: Guards.Standing
  package var cluster: DrillRecord.Cluster
  package var namespace: String
  package var profile: Profile
  package var rights: Rights?
  /// The drill that is open here; `nil` where none is.
  package var openDrill: String?
  /// Whether the namespace is marked as one that drills may be done in, which others than local clusters need.
  package var isOptedIn = false
  /// The annotation that marks it.
  package static let optIn = "todotop/drills"

  /// What is known.
  package init(
    arming: Arming, standing: Guards.Standing, cluster: DrillRecord.Cluster, namespace: String, profile: Profile,
    rights: Rights?, openDrill: String? = nil
  ) {
    self.arming = arming
    self.standing = standing
    self.cluster = cluster
    self.namespace = namespace
    self.profile = profile
    self.rights = rights
    self.openDrill = openDrill
  }

  /// What belongs to the application.
  package var scope: ApplicationScope {
    ApplicationScope(
      namespace: namespace,
      workloads: profile.workloads.map { ObjectKey($0.kind, namespace: namespace, name: $0.name) },
      hosts: [])
  }
}
