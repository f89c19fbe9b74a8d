import ClusterModel
import Playbook
import Subprocess

extension ToolQuestion {
  /// How much of what a program says of a failure is kept, in characters.
  private static let errorMaximum = 4_000
  /// How much of what a pod answers is kept, in characters.
  private static let bodyMaximum = 4_000

  /// What of a program's output may be known to the rest of the program.
  func reduced(_ finished: Finished) -> FactAnswer {
    let code: Int32 =
      switch finished.end {
      case .exited(let code): code
      case .signalled(let number): 128 + number
      }
    let errorText = String(redacted(finished.errorText).prefix(Self.errorMaximum))
    if code != 0, !isTelling(failed: code) { return .ended(code: code, output: "", errorText: errorText) }
    if finished.isOutputCut, !isCutFine {
      return .failed("the answer is larger than \(FactReader.limitBytes >> 20) MiB")
    }
    guard let output = reduced(finished.outputText) else {
      return .failed("the answer cannot be read: it is not of the form that is expected")
    }
    return .ended(code: code, output: output, errorText: errorText)
  }

  /// Whether what it prints counts although it failed.
  private func isTelling(failed code: Int32) -> Bool {
    switch self {
    // Its exit code says which parts are stopped.
    case .minikubeStatus: true
    case .helmLint, .aiTool, .dockerVersion: true
    // kubectl prints the object where a template fails, and helm what it has rendered so far.
    default: false
    }
  }

  private var isCutFine: Bool {
    switch self {
    case .logTail, .podHealth, .committedSecrets: true
    default: false
    }
  }

  /// The part of the output that is kept; `nil` where it has not the form that is expected.
  private func reduced(_ output: String) -> String? {
    switch self {
    case .dockerImage: return imageFacts(output)
    case .helmStatus: return releaseFacts(output)
    case .helmHistory: return document(output)?.mappingTexts(redacted).json
    case .helmTemplate: return redactedManifests(output)
    case .secretShape: return secretFacts(output)
    case .ownership: return ownershipFacts(output)
    case .committedSecrets: return CommittedSecret.found(in: output)
    case .podHealth: return String(redacted(output).prefix(Self.bodyMaximum))
    case .helmLint, .logTail, .aiTool: return redacted(output)
    default: return output
    }
  }
}

private func document(_ output: String) -> DocumentValue? { try? DocumentValue.read(Array(output.utf8)) }

/// What `docker image inspect` says, without what an environment holds.
private func imageFacts(_ output: String) -> String? {
  guard case .list(let images) = document(output) else { return nil }
  let kept = images.map { image -> DocumentValue in
    guard
      case .members(var members) = image.keeping([
        "Id", "RepoTags", "Created", "Architecture", "Os", "Size", "Config",
      ])
    else { return image }
    for index in members.indices where members[index].name == "Config" {
      members[index].value = members[index].value
        .keeping(["User", "Env", "ExposedPorts", "Healthcheck", "Entrypoint", "Cmd", "WorkingDir"])
        .mappingTexts(redacted)
    }
    return .members(members)
  }
  return DocumentValue.list(kept).json
}

/// What `helm status` says, without manifests, values and notes: they hold secrets.
private func releaseFacts(_ output: String) -> String? {
  guard let release = document(output), case .members(var members) = release.keeping(["name", "namespace", "version"])
  else { return nil }
  let info = release["info"]?.keeping(["first_deployed", "last_deployed", "deleted", "description", "status"])
  if let info { members.append(DocumentValue.Member("info", info.mappingTexts(redacted))) }
  return DocumentValue.members(members).json
}

/// Only lines of the form that the template gives.
private func secretFacts(_ output: String) -> String {
  output.split(separator: "\n").filter { line in
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
    return parts.count == 3 && Int(parts[1]) != nil && ["ok", "placeholder"].contains(parts[2])
  }.map { $0 + "\n" }.joined()
}

/// The metadata as an object, from one line a part.
private func ownershipFacts(_ output: String) -> String? {
  let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  guard lines.count == 4 else { return nil }
  var parts: [DocumentValue.Member] = []
  for (name, line) in [("labels", lines[0]), ("managedFields", lines[3])] where !line.isEmpty {
    guard let value = document(line) else { return nil }
    parts.append(DocumentValue.Member(name, value))
  }
  let annotations = zip(ReadCommand.helmAnnotations, lines[1...2]).filter { !$1.isEmpty }
    .map { DocumentValue.Member($0, .text($1)) }
  parts.insert(DocumentValue.Member("annotations", .members(annotations)), at: min(1, parts.count))
  return DocumentValue.members([DocumentValue.Member("metadata", .members(parts))]).json
}
