import ClusterModel

/// Which profile counts, and what is said about the choice.
package struct ProfileChoice: Sendable {
  /// A profile that was found as a file.
  package struct File: Sendable {
    package var path: String
    /// `nil` where it is there and cannot be read.
    package var text: String?

    /// A file with its text.
    package init(path: String, text: String?) {
      self.path = path
      self.text = text
    }
  }

  /// The profiles that come with the program.
  package struct BuiltIn: Sendable {
    package var todo: String
    package var generic: String

    /// Their texts.
    package init(todo: String, generic: String) {
      self.todo = todo
      self.generic = generic
    }
  }

  package let profile: Profile
  /// One sentence: that a file is broken, or that another profile would match too; empty where there is nothing to say.
  package let notice: String
  /// What is wrong with the file that was to be used.
  package let problem: ProfileProblem?

  /// Chooses: the file that the user named, else the one of the working folder, else what the cluster looks like.
  ///
  /// A broken file never prevents watching: the next in order counts, and the notice says why.
  ///
  /// - Parameter isTodo: Which built-in profile counts; `nil` where the cluster decides.
  package init(
    named: File?, inFolder: File?, builtIn: BuiltIn, found: FoundSources, snapshot: Snapshot, isTodo: Bool? = nil
  ) {
    var problem: ProfileProblem?
    let files: [(File, Profile.Origin)] =
      (named.map { [($0, .user(path: $0.path))] } ?? [])
      + (inFolder.map { [($0, .workingFolder(path: $0.path))] } ?? [])
    for (file, origin) in files {
      do throws(ProfileProblem) {
        guard let text = file.text else { throw ProfileProblem(unreadable: file.path) }
        profile = try Profile(yaml: text, file: file.path, origin: origin, found: found)
        notice = Self.notice(problem, used: file.path, other: named != nil && problem == nil ? inFolder?.path : nil)
        self.problem = problem
        return
      } catch {
        problem = problem ?? error
      }
    }
    let todo = Self.builtIn(builtIn.todo, "todo", found)
    let generic = Self.builtIn(builtIn.generic, "generic", found)
    let isTodo = isTodo ?? todo.map { $0.isFound(in: snapshot) } ?? false
    profile = (isTodo ? todo : generic) ?? .plain
    notice = Self.notice(problem, used: isTodo ? "the built-in profile todo" : "the generic profile", other: nil)
    self.problem = problem
  }

  private static func builtIn(_ text: String, _ name: String, _ found: FoundSources) -> Profile? {
    try? Profile(yaml: text, file: "\(name).yaml", origin: .builtIn, found: found)
  }

  private static func notice(_ problem: ProfileProblem?, used: String, other: String?) -> String {
    if let problem { return "\(problem); \(used) is used instead" }
    if let other { return "\(used) is used; \(other) would match too" }
    return ""
  }
}

extension Profile {
  /// Whether the cluster holds the application: workloads that carry its labels or its names.
  ///
  /// Its own namespace with nothing in it counts too: that is where it is to be deployed. So does any empty namespace
  /// where the working folder has a chart of its own.
  package func isFound(in snapshot: Snapshot) -> Bool {
    let read = snapshot.connection.namespace
    guard namespace == nil || read == nil || read == namespace else { return false }
    let keys = snapshot.workloadKeys(in: namespace ?? read)
    if keys.isEmpty, let read { return read == namespace || sources.chart?.isSample == false }
    let names = Set(workloads.map(\.name))
    let labels = ["app.kubernetes.io/part-of", "app.kubernetes.io/name", "app.kubernetes.io/instance", "app"]
    let values: Set<String> = [sources.release, namespace ?? "", name].reduce(into: []) {
      if !$1.isEmpty { $0.insert($1) }
    }
    return keys.contains { key in
      if names.contains(key.name) { return true }
      guard let own = snapshot[key]?.metadata.labels else { return false }
      return labels.contains { label in own[label].map { values.contains($0) } ?? false }
    }
  }
}
