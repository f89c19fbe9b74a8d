import Playbook

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where it is kept what was timed or said about one cluster.
package struct DeployRecordFile: Sendable {
  private let folder: String
  private let file: PrivateFile

  /// The file of a cluster; `nil` where there is no place for it, or the UID is none.
  ///
  /// - Parameter state: The folder of the program's state; `nil` for the user's own.
  package init?(clusterUID: String, state: String? = nil) {
    let isPlain = clusterUID.utf8.allSatisfy {
      (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
    }
    guard !clusterUID.isEmpty, clusterUID.utf8.count <= 64, isPlain,
      let state = state ?? userFolder("XDG_STATE_HOME", usually: ".local/state")
    else { return nil }
    folder = state + "/records"
    file = PrivateFile("\(folder)/\(clusterUID).json")
  }

  /// Where it is.
  package var path: String { file.path }

  /// What is kept, and a sentence where that is not all there was.
  ///
  /// A file that cannot be read is set aside, so that nothing in it is lost by the next one.
  package func read() -> (record: DeployRecord, problem: String?) {
    guard file.isPresent else { return (DeployRecord(), nil) }
    if let bytes = file.read(), let record = try? JSONDecoder().decode(DeployRecord.self, from: Data(bytes)) {
      return (record, nil)
    }
    let aside = path + ".broken"
    let isAside = file.move(to: aside)
    return (
      DeployRecord(),
      "the record of earlier deploys in \(path) cannot be read"
        + (isAside ? "; it is set aside as \(aside), and a new one is begun" : " and cannot be moved")
    )
  }

  /// Keeps a record; a sentence where that is not possible.
  package func write(_ record: DeployRecord) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(record) else { return "the record of deploys cannot be written as JSON" }
    guard makePrivateFolder(folder), file.replace(with: Array(data)) else {
      return "the record of deploys cannot be kept in \(path)"
    }
    return nil
  }
}
