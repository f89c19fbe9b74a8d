import ClusterModel

/// What is left of a drill: for people, for programs, and in the shape of a chaostoolkit journal.
package struct DrillReport: Hashable, Sendable {
  package let record: DrillRecord
  package let kind: DrillKind
  package let measures: DrillMeasures
  package let verdict: DrillVerdict
  package let prediction: DrillPrediction
  package let notes: [String]
  package let isSimulated: Bool
  package let revision: String

  /// A report.
  package init(
    _ record: DrillRecord, _ kind: DrillKind, _ measures: DrillMeasures, _ verdict: DrillVerdict,
    _ prediction: DrillPrediction, notes: [String] = [], revision: String = "", isSimulated: Bool
  ) {
    self.record = record
    self.kind = kind
    self.measures = measures
    self.verdict = verdict
    self.prediction = prediction
    let step = measures.clockStep.map {
      "the clock on the wall was set by \(seconds($0)) meanwhile: all moments are told by the clock as it was at the begin"
    }
    self.notes = notes + [step].compactMap { $0 }
    self.revision = revision
    self.isSimulated = isSimulated
  }

  /// The figures by name, in their order; `nil` where nothing was measured.
  private var figures: [(name: String, words: String, value: Double?)] {
    [
      ("timeToSignal", "time to the first sign", measures.timeToSignal?.inSeconds),
      ("timeToScreen", "time to the screen", measures.timeToScreen?.inSeconds),
      ("timeToUndo", "time to the undo", measures.timeToUndo?.inSeconds),
      ("timeToRecover", "time to recover", measures.timeToRecover?.inSeconds),
      ("timeToRecoverAfterUndo", "time to recover after the undo", measures.timeToRecoverAfterUndo?.inSeconds),
    ]
  }

  private var startedAt: Timestamp? { measures.startedAt?.wall ?? record.injectedAt }

  /// A moment as it is written down: by the clock on the wall as it was when the drill began.
  private func wall(_ moment: DrillMoment) -> Timestamp { moment.wall(asOf: measures.startedAt ?? moment) }

  private var notRestored: [String] { kind.notRestored + ["the events, and the resource versions"] }

  /// The report for people.
  package var markdown: String {
    var lines = [
      "# \(kind.id) \(kind.title): \(verdict.word.rawValue)", "",
      "- drill: `\(record.id)`\(isSimulated ? ", on the simulated cluster" : "")", "- target: \(record.target)",
      "- namespace: \(record.namespace), context \(record.cluster.context)", "- by: \(record.author)",
      "- expected within \(seconds(prediction.window)): \(kind.symptom.words)",
      "- users: \(prediction.promisesNoImpact ? "were to notice nothing" : "were to be reached")",
      "- state: \(record.state.rawValue), \(record.state.words)",
    ]
    if !record.note.isEmpty { lines.append("- note: \(record.note)") }
    lines += verdict.reasons.map { "- \($0)" } + ["", "| what | time |", "|---|---|"]
    lines += figures.map { "| \($0.words) | \($0.value.map { "\(Self.rounded($0)) s" } ?? "not seen") |" }
    lines += ["", "| path | connection | good | availability | outage | worst gap | p50, p95 before | p50, p95 |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    lines += measures.paths.map { path in
      func times(_ values: Duration?...) -> String {
        values.map { $0.map { "\(Self.rounded($0.inSeconds * 1_000)) ms" } ?? "–" }.joined(separator: ", ")
      }
      return "| \(path.path) | \(path.isKeptAlive ? "kept open" : "new") | \(path.good)/\(path.sent) | "
        + "\(percent(path.availability)) | \(seconds(path.outage)) | \(seconds(path.worstGap)) | "
        + "\(times(path.medianBefore, path.p95Before)) | \(times(path.median, path.p95)) |"
    }
    lines += ["", "Not as before:", ""] + notRestored.map { "- \($0)" }
    if !notes.isEmpty { lines += ["", "Notes:", ""] + notes.map { "- \($0)" } }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The report for programs.
  package var json: String { document.text }

  private var document: DocumentValue {
    var members: [(String, DocumentValue?)] = [
      ("id", .text(record.id)), ("drill", .text(kind.id)), ("name", .text(kind.name)), ("target", .text(record.target)),
      ("cluster", .text(record.cluster.uid)), ("namespace", .text(record.namespace)),
      ("state", .text(record.state.rawValue)),
      ("verdict", .text(verdict.word.rawValue)), ("reasons", .list(verdict.reasons.map(DocumentValue.text))),
      ("isSimulated", .bool(isSimulated)), ("revision", .text(revision)),
      ("startedAt", startedAt.map { .text($0.rfc3339WithNanoseconds) }),
      (
        "recoveredAt",
        measures.isRecoveryHeld ? measures.recoveredAt.map { .text(wall($0).rfc3339WithNanoseconds) } : nil
      ),
      ("availability", measures.availability.map(Self.number)),
      ("paths", .list(measures.paths.map(\.document))),
      ("notRestored", .list(notRestored.map(DocumentValue.text))), ("notes", .list(notes.map(DocumentValue.text))),
    ]
    members += figures.map { ($0.name, $0.value.map(Self.number)) }
    return .members(members.compactMap { name, value in value.map { DocumentValue.Member(name, $0) } })
  }

  /// The report in the shape of a journal of chaostoolkit, for the programs that read those.
  package var chaosJournal: String {
    let start = startedAt ?? record.at
    let end = max(start, measures.endedAt.map(wall) ?? record.at)
    let status: String =
      switch record.state {
      case .restored, .restoredByOther, .targetGone: "completed"
      case .conflict: "failed"
      case .aborted, .neverInjected: "aborted"
      default: "interrupted"
      }
    func activity(_ name: String, _ start: Timestamp, _ end: Timestamp, _ output: [String]) -> DocumentValue {
      .object(
        (
          "activity",
          .object(
            ("type", .text("action")), ("name", .text(name)),
            ("provider", .object(("type", .text("process")), ("path", .text("todotop")))))
        ), ("status", .text("succeeded")), ("start", .text(Self.time(start))), ("end", .text(Self.time(end))),
        ("duration", Self.number(end.since(start).inSeconds)),
        ("output", .list(output.map(DocumentValue.text))))
    }
    func steady(_ isMet: Bool) -> DocumentValue { .object(("steady_state_met", .bool(isMet)), ("probes", .list([]))) }
    let figures = document.with("name", .text("todotop"))
    let undoneAt = measures.undoneAt.map(wall)
    let journal = DocumentValue.object(
      ("chaoslib-version", .text("1.0.0")), ("platform", .text("todotop")), ("node", .text(record.author)),
      (
        "experiment",
        .object(
          ("version", .text("1.0.0")), ("title", .text("\(kind.id) \(kind.title)")),
          ("description", .text(kind.symptom.words)), ("tags", .list([.text(kind.name)])), ("method", .list([])),
          ("rollbacks", .list([])), ("extensions", .list([figures])))
      ),
      ("start", .text(Self.time(start))), ("end", .text(Self.time(end))),
      ("duration", Self.number(end.since(start).inSeconds)), ("status", .text(status)),
      ("deviated", .bool(verdict.word == .failed)),
      (
        "steady_states",
        .object(
          ("before", steady(true)), ("during", .list([])), ("after", steady(measures.isRecoveryHeld)))
      ),
      ("run", .list([activity(kind.name, start, start, record.redacted.change.diff)])),
      (
        "rollbacks",
        .list(undoneAt.map { [activity("undo \(kind.name)", $0, $0, record.redacted.change.inverseDiff)] } ?? [])
      ))
    return journal.text
  }

  /// A request as a line of the raw log.
  package func line(of probe: DrillProbe) -> String {
    let latency = probe.latency.components
    let members: [(String, DocumentValue?)] = [
      ("at", .text(wall(probe.at).rfc3339WithNanoseconds)), ("path", .text(probe.path)),
      ("connection", .text(probe.isKeptAlive ? "kept open" : "new")), ("good", .bool(probe.isGood)),
      ("status", probe.status.map { .number("\($0)") }),
      ("nanoseconds", .number("\(latency.seconds * 1_000_000_000 + latency.attoseconds / 1_000_000_000)")),
    ]
    return DocumentValue.members(members.compactMap { name, value in value.map { DocumentValue.Member(name, $0) } })
      .text
  }

  /// As Python writes a moment of universal time.
  private static func time(_ moment: Timestamp) -> String { moment.rfc3339WithNanoseconds.prefix(26) + "+00:00" }

  static func number(_ value: Double) -> DocumentValue { .number(rounded(value)) }

  /// Three digits behind the point are more than the probes can tell.
  private static func rounded(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
}

extension PathMeasures {
  fileprivate var document: DocumentValue {
    let members: [(String, DocumentValue?)] = [
      ("path", .text(path)), ("isKeptAlive", .bool(isKeptAlive)), ("sent", .number(sent)), ("good", .number(good)),
      ("availability", DrillReport.number(availability)), ("outageSeconds", DrillReport.number(outage.inSeconds)),
      ("worstGapSeconds", DrillReport.number(worstGap.inSeconds)),
      ("p50BeforeSeconds", medianBefore.map { DrillReport.number($0.inSeconds) }),
      ("p95BeforeSeconds", p95Before.map { DrillReport.number($0.inSeconds) }),
      ("p50Seconds", median.map { DrillReport.number($0.inSeconds) }),
      ("p95Seconds", p95.map { DrillReport.number($0.inSeconds) }),
    ]
    return .members(members.compactMap { name, value in value.map { DocumentValue.Member(name, $0) } })
  }
}
