import ClusterModel
import Operations
import Playbook

/// Where the reports of drills are kept: a folder a drill, beside the journals.
struct DrillReportFolder: Sendable {
  /// The files of a report, and what is in each.
  enum File: String, CaseIterable, Sendable {
    case markdown = "report.md"
    case json = "report.json"
    case chaosJournal = "journal.json"
    case probes = "probes.jsonl"
    case evidence = "evidence.txt"
  }

  private let journals: JournalFolder

  /// The user's folder, also for drills on a demo; `nil` where there is no place for it.
  init?() {
    guard let path = DrillPlace.usualFolder, let journals = try? JournalFolder(path) else { return nil }
    self.journals = journals
  }

  /// The folder of a drill.
  func path(of id: String) -> String { "\(journals.path)/\(id)" }

  /// Writes a report, never over another; returns its folder.
  func save(_ report: DrillReport, evidence: String) throws(NewFile.Problem) -> String {
    let folder = path(of: report.record.id)
    guard isObjectName(report.record.id), makePrivateFolder(folder) else {
      throw NewFile.Problem(sentence: "\(folder) cannot be made")
    }
    for file in File.allCases {
      var new = try NewFile("\(folder)/\(file.rawValue)")
      if file == .probes {
        for probe in report.measures.probes { try new.write(report.line(of: probe) + "\n") }
      } else {
        try new.write(text(of: file, report, evidence))
      }
      try new.flush()
    }
    return folder
  }

  private func text(of file: File, _ report: DrillReport, _ evidence: String) -> String {
    switch file {
    case .markdown: redacted(report.markdown)
    case .json: withoutSecrets(report.json)
    case .chaosJournal: withoutSecrets(report.chaosJournal)
    case .probes: ""
    case .evidence: redacted(evidence)
    }
  }

  /// The ids of the drills that have reports, the newest first.
  var ids: [String] { journals.reportIDs }

  /// What a file of a drill's report holds; `nil` where there is none.
  func read(_ file: File, of id: String) -> String? {
    isObjectName(id) ? textFile("\(path(of: id))/\(file.rawValue)") : nil
  }

  /// How drills went before, the newest first; a report that cannot be read does not count.
  ///
  /// - Parameter isSimulated: Whether those on demos are wanted, or those on clusters: times of one say nothing of the
  ///   other.
  func runs(isSimulated: Bool) -> [DrillHistory.Run] {
    ids.prefix(DrillHistory.runsMax).compactMap { id in
      read(.json, of: id).flatMap { DrillHistory.Run(report: $0) }
    }.filter { $0.isSimulated == isSimulated }
  }
}

/// JSON with every text in it redacted.
func withoutSecrets(_ json: String) -> String {
  let document = try? DocumentValue.read(Array(json.utf8))
  return (document?.mappingTexts(redacted).text ?? "{}") + "\n"
}
