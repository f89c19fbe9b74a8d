import CellScreen
import ClusterModel

/// What matters most at this moment, in one sentence.
struct Happening: Hashable, Sendable {
  /// A change that is younger than this is news, even when all is well.
  static let newsLasts = Duration.seconds(60)
  /// Among more workloads that are not fine no newest rollout is looked for: an audience would not know it from another.
  static let workloadLimit = 200

  var glyph: String
  var text: String
  /// The share of a rollout that is done, where one is under way.
  var share: Double?
  /// Since when, or when it was.
  var moment: Timestamp?
  var style: Style
}

extension DashboardState {
  /// The newest thing that matters: silence of the cluster, a rollout, the last thing that turned bad or good, or calm.
  func happening() -> Happening {
    if freshness(of: [.pods], self).isOld, let age = snapshot.age(of: .pods, at: now) {
      let words = snapshot.connection.problem.isEmpty ? "nothing was heard of the cluster" : snapshot.connection.problem
      return Happening(glyph: "⚠", text: words, moment: now.advanced(by: .zero - age), style: .warning)
    }
    guard snapshot.stream(.pods).hasList else {
      return Happening(glyph: "◌", text: "waiting for the cluster", style: .muted)
    }
    if let drill = drillHappening() { return drill }
    if let rollout = newestRollout() { return rollout }
    let news = river.entries.first { $0.sort != .normal && $0.sort != .connection }
    guard let news, verdict.word != .healthy || now.since(news.time) < Happening.newsLasts else {
      return calm(since: news)
    }
    let times = news.count > 1 ? " ×\(news.count)" : ""
    return Happening(
      glyph: news.sort.glyph, text: "\(news.subject)  \(news.text)\(times)", moment: news.time, style: news.sort.style)
  }

  private func calm(since news: River.Entry?) -> Happening {
    guard let news else { return Happening(glyph: "✓", text: "calm: no warning in sight", style: .good) }
    return Happening(
      glyph: "✓", text: "calm for \(ageText(now.since(news.time).inSeconds))", style: .good)
  }

  private func newestRollout() -> Happening? {
    let rollouts = snapshot.restlessWorkloads(in: namespace).prefix(Happening.workloadLimit).compactMap {
      key -> (WorkloadSummary, Timestamp?)? in
      guard key.kind != .jobs, let row = snapshot.workload(key, at: now), !row.rollout.isDone, row.desired > 0 else {
        return nil
      }
      return (row, snapshot.rolloutView(of: key, at: now)?.since)
    }
    let newest = rollouts.max { ($0.1?.nanoseconds ?? 0, $1.0.key) < ($1.1?.nanoseconds ?? 0, $0.0.key) }
    guard let (row, since) = newest else { return nil }
    let done = min(row.updated, row.available)
    // The first part says how far it is; the bar says the rest.
    let progress = row.progressText.prefix { $0 != "," }
    return Happening(
      glyph: row.health.glyph, text: "\(row.key.name) \(progress)",
      share: Double(done) / Double(row.desired), moment: since, style: row.health.style)
  }
}
