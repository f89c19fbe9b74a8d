import ClusterModel

/// What an application is and what should hold of it.
package struct Profile: Sendable {
  /// Where a profile comes from; what it may say depends on it.
  package enum Origin: Hashable, Sendable {
    case builtIn
    /// Named by the user with `--profile`, or in the user's own configuration.
    case user(path: String)
    /// Found in the working folder: it may only tighten guards, and its remedies are asked for.
    case workingFolder(path: String)
  }

  package var origin: Origin
  package var name: String
  /// The namespace of the application; `nil` where the one that is read counts.
  package var namespace: String?
  /// The workloads by kind and name; empty where all of the namespace count.
  package var workloads: [ObjectKey]
  package var hosts: [Host]
  package var guards: Guards
  package var sources: Sources
  package var secret: SecretKeys?
  /// The drills that fit it, in order.
  package var drills: [DrillInstance]
  package var phases: [Phase]

  /// A host of the application and what its paths should answer.
  package struct Host: Hashable, Sendable {
    package struct Path: Hashable, Sendable {
      package var path: String
      package var status: Int

      /// A path and the status it should answer with.
      package init(_ path: String, status: Int) {
        self.path = path
        self.status = status
      }
    }

    package var name: String
    package var paths: [Path]

    /// A host.
    package init(_ name: String, paths: [Path]) {
      self.name = name
      self.paths = paths
    }
  }

  /// The Secret that the application needs.
  package struct SecretKeys: Hashable, Sendable {
    package var name: String
    package var required: [String]
    package var optional: [String]

    /// A Secret and its keys.
    package init(name: String, required: [String], optional: [String]) {
      self.name = name
      self.required = required
      self.optional = optional
    }
  }

  /// A profile.
  package init(
    origin: Origin, name: String, namespace: String?, workloads: [ObjectKey] = [], hosts: [Host] = [],
    guards: Guards = .builtIn, sources: Sources = Sources(), secret: SecretKeys? = nil,
    drills: [DrillInstance] = [], phases: [Phase]
  ) {
    self.origin = origin
    self.name = name
    self.namespace = namespace
    self.workloads = workloads
    self.hosts = hosts
    self.guards = guards
    self.sources = sources
    self.secret = secret
    self.drills = drills
    self.phases = phases
  }

  /// All checks, in order.
  package var checks: [Check] { phases.flatMap(\.checks) }

  /// All that has to be looked up for its checks and their remedies, with the pods and workloads that there are now.
  package func questions(in snapshot: Snapshot) -> Set<FactQuestion> {
    Set(checks.flatMap { $0.questions(self, in: snapshot) + $0.remedyQuestions(self, in: snapshot) })
  }
}
