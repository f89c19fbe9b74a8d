import ClusterModel
import Operations

/// What was wrong in a deploy, kept as a file before a rollback takes it away.
struct EvidenceFile {
  private let text: String
  private let moment: Timestamp

  /// Evidence of a moment.
  init(_ text: String, at moment: Timestamp) {
    self.text = text
    self.moment = moment
  }

  /// Writes it; says in a sentence where it is, or why it is not.
  func save() -> String {
    guard let state = userFolder("XDG_STATE_HOME", usually: ".local/state") else {
      return "what was wrong cannot be kept: set HOME or XDG_STATE_HOME"
    }
    let folder = "\(state)/evidence"
    let name = moment.rfc3339.replacing(":", with: "")
    let file = PrivateFile("\(folder)/deploy-\(name).txt")
    guard makePrivateFolder(folder), file.replace(with: Array(text.utf8)) else {
      return "what was wrong cannot be kept in \(folder)"
    }
    return "what was wrong is kept in \(file.path)"
  }
}
