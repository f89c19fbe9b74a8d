import ClusterModel

extension CheckKind {
  /// By the names of keys and the lengths of values alone: no value ever reaches the program.
  static let secretKeys = CheckKind(
    "secret-keys", "the Secret has every key",
    parameters: [
      CheckParameter("secret", .text, usual: .text("")), CheckParameter("keys", .texts, usual: .texts([])),
    ],
    questions: { parameters, profile, snapshot in
      guard let name = secretName(parameters, profile) else { return [] }
      let shape = ToolQuestion.secretShape(name: name, namespace: profile.namespace(in: snapshot))
      return [.tool(shape)] + profile.manifestQuestions(in: snapshot)
    }
  ) { parameters, context throws(Unanswered) in
    let profile = context.profile
    guard let name = secretName(parameters, profile) else { return .skipped("the profile names no Secret") }
    let said = try context.output(
      of: .secretShape(name: name, namespace: profile.namespace(in: context.snapshot)))
    guard said.code == 0 else {
      guard said.errorText.contains("NotFound") || said.errorText.contains("not found") else {
        return .unknown(said.problem)
      }
      return .fails("Secret \(name) does not exist", advice: "create it before the pods that need it")
    }
    let keys = SecretKey.all(in: said.output)
    let written = parameters.texts("keys")
    let needed = written.isEmpty ? profile.secret?.required ?? [] : written
    let wanted = Set(needed).union(context.knownManifests.flatMap { $0.keysNeeded(of: name) })
    let missing = wanted.subtracting(keys.map(\.name)).sorted()
    if !missing.isEmpty {
      return .fails("\(listed(missing, limit: 4)) missing in \(name)", advice: "add \(missing[0]) to the Secret")
    }
    let optional = Set(profile.secret?.optional ?? [])
    if let empty = keys.first(where: { $0.length == 0 && !optional.contains($0.name) }) {
      return .fails("\(empty.name) is empty", advice: "give \(empty.name) a value in Secret \(name)")
    }
    if let placeholder = keys.first(where: \.isPlaceholder) {
      return .fails(
        "\(placeholder.name) holds a placeholder (\(placeholder.length) characters)",
        advice: "give \(placeholder.name) its real value in Secret \(name)")
    }
    guard !keys.isEmpty else { return .fails("Secret \(name) has no keys", advice: "add what the pods need") }
    return .holds(listed(keys.map { "\($0.name) \($0.length)" }, limit: 4))
  }

  /// A value that stands in a workload is seen by everybody who may read workloads.
  static let noLiteralSecrets = CheckKind(
    "no-literal-secrets", "no secret stands in a pod's environment",
    questions: { _, profile, snapshot in
      snapshot.ownershipKeys(in: snapshot.connection.namespace).map { .tool(.ownership($0)) }
        + profile.manifestQuestions(in: snapshot)
    }
  ) { _, context throws(Unanswered) in
    var found: [String] = []
    var looked = 0
    for key in context.snapshot.ownershipKeys(in: context.namespace) {
      guard let fields = try? ManagedFields(context.document(of: .ownership(key))), fields.hasContainers else {
        continue
      }
      looked += 1
      found += fields.environment.filter { $0.isLiteral && namesSecret($0.name) }.map { "\(key.name) \($0.name)" }
    }
    do throws(Unanswered) {
      for manifest in try context.manifests() where !manifest.containers.isEmpty {
        looked += 1
        for entry in manifest.containers.flatMap({ EnvironmentEntry.all(of: $0) }) {
          guard case .literal(isEmpty: false) = entry.source, namesSecret(entry.name) else { continue }
          found.append("\(manifest.name) \(entry.name)")
        }
      }
    } catch {
      if looked == 0 { throw error }
    }
    guard looked > 0 else { return .unknown("no workload says who wrote its environment") }
    let names = Set(found).sorted()
    return names.isEmpty
      ? .holds("none in \(looked) workloads")
      : .fails(listed(names, limit: 3), advice: "take it from a Secret by secretKeyRef, and change the value")
  }

  /// By file and line: the value is never shown.
  static let noCommittedSecrets = CheckKind(
    "no-committed-secrets", "no secret is committed",
    questions: { _, profile, _ in profile.sources.root.map { [.tool(.committedSecrets(folder: $0.path))] } ?? [] }
  ) { _, context throws(Unanswered) in
    guard let root = context.profile.sources.root else { return .skipped("no folder of sources is known") }
    let said = try context.output(of: .committedSecrets(folder: root.path))
    if said.errorText.contains("not a git repository") { return .skipped("\(root.path) is not a git repository") }
    let lines = said.output.split(whereSeparator: \.isNewline).map { String($0) }
    // git grep ends with 1 where it finds nothing.
    guard said.code == 0 || (said.code == 1 && said.errorText.trimmed.isEmpty) else { return .unknown(said.problem) }
    guard let first = lines.first else { return .holds("nothing found") }
    let places = lines.map { line in
      let parts = line.split(separator: ":").map { String($0) }
      return parts.count >= 2 ? "\(parts[0]):\(parts[1])" : cut(line, limit: 40)
    }
    let pattern =
      first.split(separator: ":").count >= 3 ? first.split(separator: ":").last.map { " (\($0))" } ?? "" : ""
    return .fails(
      "\(listed(places))\(pattern)",
      advice: "change the secret, take it out of the file, and add the file to .gitignore")
  }

  /// One Secret made by two tools: Helm refuses what it did not make.
  static let singleOwner = CheckKind(
    "single-owner", "the Secret has one owner", parameters: [CheckParameter("secret", .text, usual: .text(""))],
    questions: { parameters, profile, snapshot in
      guard let name = secretName(parameters, profile) else { return [] }
      let key = ObjectKey(.secrets, namespace: profile.namespace(in: snapshot), name: name)
      return [.tool(.ownership(key))] + profile.manifestQuestions(in: snapshot)
    }
  ) { parameters, context throws(Unanswered) in
    let profile = context.profile
    guard let name = secretName(parameters, profile) else { return .skipped("the profile names no Secret") }
    let key = ObjectKey(.secrets, namespace: profile.namespace(in: context.snapshot), name: name)
    let said = try context.output(of: .ownership(key))
    guard said.code == 0 else {
      let isAbsent = said.errorText.contains("NotFound") || said.errorText.contains("not found")
      return isAbsent ? .skipped("there is no Secret \(name) yet") : .unknown(said.problem)
    }
    let fields = ManagedFields(try said.document)
    let isHelms = fields.labels["app.kubernetes.io/managed-by"] == "Helm"
    let makers = fields.managers(of: ["f:data", "f:stringData"])
    let isMadeByHelm = makers.contains { $0 == "helm" }
    if isMadeByHelm, let other = makers.first(where: { $0 != "helm" }) {
      return .fails(
        "helm and \(other) both wrote Secret \(name)",
        advice: "let one of them make it: secrets.existingSecret or secrets.create")
    }
    let isInChart = context.knownManifests.contains { $0.kind == "Secret" && $0.name == name }
    if isInChart, !isHelms {
      return .fails(
        "Secret \(name) exists and the chart would make it too: helm refuses (invalid ownership metadata)",
        advice: "name it in secrets.existingSecret, or delete it before the deploy")
    }
    let release = fields.annotations["meta.helm.sh/release-name"] ?? ""
    if isHelms, !release.isEmpty, !profile.sources.release.isEmpty, release != profile.sources.release {
      return .fails(
        "Secret \(name) belongs to release \(release)", advice: "use another name, or delete it before the deploy")
    }
    return .holds(isHelms ? "helm" : makers.first ?? "not the chart")
  }
}

private func secretName(_ parameters: CheckParameters, _ profile: Profile) -> String? {
  let written = parameters.text("secret")
  return written.isEmpty ? profile.secret?.name : written
}

/// A key of a Secret, without its value.
struct SecretKey: Hashable {
  let name: String
  let length: Int
  let isPlaceholder: Bool

  /// The keys in lines of key, length, and `ok` or `placeholder`, with tabs between.
  static func all(in output: String) -> [SecretKey] {
    output.split(whereSeparator: \.isNewline).compactMap { line in
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count >= 2, let length = Int(parts[1]) else { return nil }
      return SecretKey(
        name: String(parts[0]), length: length, isPlaceholder: parts.count > 2 && parts[2] == "placeholder")
    }
  }
}

extension Manifest {
  /// The keys of a Secret without which the pods of a workload do not start.
  fileprivate func keysNeeded(of secret: String) -> [String] {
    containers.flatMap { EnvironmentEntry.all(of: $0) }.compactMap { entry in
      guard case .secret(secret, let key, isOptional: false) = entry.source else { return nil }
      return key
    }
  }
}

extension Snapshot {
  /// The workloads whose writers are asked for; not too many.
  func ownershipKeys(in namespace: String?) -> [ObjectKey] {
    guard namespace != nil else { return [] }
    return workloadKeys(in: namespace).filter { $0.kind != .jobs }.prefix(20).map { $0 }
  }
}
