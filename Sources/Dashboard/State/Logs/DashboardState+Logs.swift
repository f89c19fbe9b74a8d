import ClusterModel

extension DashboardState {
  /// The pod or workload whose logs `l` would follow.
  var logTarget: ObjectKey? {
    guard let object = subject else { return nil }
    switch object.kind {
    case .pods, .deployments, .statefulSets, .daemonSets, .jobs, .replicaSets: return object
    default: return nil
    }
  }

  /// Shows the logs of what is selected.
  mutating func openLogs(previous: Bool = false) -> [Effect] {
    guard let target = logTarget else { return [] }
    return follow(target, from: previous ? .beginning : .usual, previous: previous)
  }

  /// Begins to follow an object from somewhere; how the lines are looked at stays.
  mutating func follow(_ target: ObjectKey, from start: LogStart, previous: Bool) -> [Effect] {
    logRequests += 1
    let title = target.kind == .pods ? target.name : "\(target.kind.kindName.lowercased())/\(target.name)"
    let request = LogRequest(number: logRequests, targets: logSources(of: target, previous: previous), start: start)
    var new = LogState(title: title, subject: target, request: request)
    new.isPrevious = previous
    if let old = logs {
      (new.isWrapped, new.isRaw, new.timeStyle) = (old.isWrapped, old.isRaw, old.timeStyle)
      if let filter = old.filter {
        new.filter = LogMatches(filter.text, filter.pattern, isInverse: filter.isInverse, takesSeams: true)
      }
    }
    new.pods = Set(podNames(of: target))
    logs = new
    if views.last != .logs { open(.logs) }
    noteRuns()
    return [.followLogs(request)]
  }

  /// Lets pods that came join, and tells of those that went; `nil` when nothing changed.
  mutating func updateLogSources() -> [Effect]? {
    guard let subject = logs?.subject, logs?.isPrevious == false else { return nil }
    tellPods(of: subject)
    noteRuns()
    let sources = logSources(of: subject, previous: false)
    guard sources != logs?.sources else { return nil }
    logs?.request.targets = sources
    return logs.map { [.followLogs($0.request)] }
  }

  private func podNames(of subject: ObjectKey) -> [String] {
    subject.kind == .pods
      ? (snapshot.pods[subject] == nil ? [] : [subject.name]) : snapshot.pods(of: subject).map(\.name)
  }

  /// Says which pods joined and which are gone.
  private mutating func tellPods(of subject: ObjectKey) {
    let present = Set(podNames(of: subject))
    guard let known = logs?.pods, present != known else { return }
    logs?.pods = present
    for name in known.subtracting(present).sorted() {
      logs?.gonePods.insert(name)
      saySeam(name, "gone")
    }
    for name in present.subtracting(known).sorted() {
      logs?.gonePods.remove(name)
      saySeam(name, "joined")
    }
  }

  /// Remembers which run each container is at, and says which began.
  private mutating func noteRuns() {
    for target in logs?.sources ?? [] {
      let key = ObjectKey(.pods, namespace: target.namespace, name: target.pod)
      guard let pod = snapshot.pods[key],
        let status = (pod.initContainerStatuses + pod.containerStatuses).first(where: { $0.name == target.container })
      else { continue }
      var run = LogState.Run(restart: status.restartCount, startedAt: nil)
      if case .running(let start) = status.state { run.startedAt = start }
      if let before = logs?.runs[target.anyRun], before.restart < run.restart {
        var words = "restarted"
        if case .terminated(let end) = status.lastState { words += " (before: \(end.words))" }
        saySeam("\(target.pod)/\(target.container)", words)
      }
      logs?.runs[target.anyRun] = run
    }
  }

  /// The containers of an object's pods that have begun, by pod and container.
  func logSources(of target: ObjectKey, previous: Bool) -> [LogTarget] {
    let pods = target.kind == .pods ? [target] : snapshot.pods(of: target)
    return pods.sorted().compactMap { snapshot.pods[$0] }.flatMap { pod in
      (pod.initContainerStatuses + pod.containerStatuses).compactMap { status in
        if case .waiting = status.state, status.lastState == .absent { return nil }
        if status.state == .absent { return nil }
        if previous, status.lastState == .absent { return nil }
        return LogTarget(
          namespace: pod.metadata.namespace, pod: pod.metadata.name, container: status.name, isPrevious: previous,
          restart: previous ? 0 : status.restartCount)
      }
    }
  }

  // MARK: - What the feed says

  mutating func appendLogs(_ lines: [LogLine]) {
    // What was on its way when something else was asked for belongs to nobody now.
    guard let number = logs?.request.number else { return }
    let dropped = logs?.store.linesDropped
    for line in lines where line.request == number { logs?.add(line, at: now) }
    if logs?.store.linesDropped != dropped { logs?.forgetDropped() }
  }

  mutating func appendSeam(_ seam: LogSeam) {
    guard seam.request == logs?.request.number else { return }
    let name = "\(seam.pod)/\(seam.container)"
    switch seam.change {
    // Pods that come and go are told from what the cluster says of them.
    case .joined, .ended: break
    case .reconnected(let gap): saySeam(name, "reconnected after \(gapText(gap)), gap possible")
    case .dropped(let lines):
      logs?.lost += lines
      saySeam(name, "wrote faster than could be read: \(lines) lines lost")
    case .failed(let reason): saySeam(name, redacted(reason))
    }
  }

  private func gapText(_ gap: Duration) -> String { gap < .seconds(1) ? "less than 1 s" : ageText(gap.inSeconds) }

  /// Says something between the lines; what follows at once is said in the same place.
  private mutating func saySeam(_ name: String, _ words: String) {
    guard var logs else { return }
    self.logs = nil
    defer { self.logs = logs }
    let isOpen = logs.seam.map { logs.store.last == $0.ref && now.since($0.said) < SeamWords.lasts } ?? false
    guard isOpen, var seam = logs.seam else {
      let part = SeamWords.Part(names: [seamName(name, isFirst: true)], words: words)
      let ref = logs.add(.seam, SeamWords(ref: .end, parts: [part], said: now).text, at: seamTime(logs))
      logs.seam = SeamWords(ref: ref, parts: [part], said: now)
      return
    }
    let short = seamName(name, isFirst: false)
    if let index = seam.parts.firstIndex(where: { $0.words == words }) {
      guard !seam.parts[index].names.contains(short), !seam.parts[index].names.contains(seamName(name, isFirst: true))
      else { return }
      seam.parts[index].names.append(short)
    } else {
      seam.parts.append(SeamWords.Part(names: [short], words: words))
    }
    logs.takeBack(seam.ref)
    seam.ref = logs.add(.seam, seam.text, at: seamTime(logs))
    logs.seam = seam
  }

  /// A seam stands behind what was read so far, whatever the clocks of the nodes say.
  private func seamTime(_ logs: LogState) -> Timestamp {
    max(now, logs.store.last.map { Timestamp(nanoseconds: $0.key) } ?? now)
  }

  /// The first name of a seam in full, the others by their last part.
  private func seamName(_ name: String, isFirst: Bool) -> String {
    let parts = name.split(separator: "/", maxSplits: 1)
    guard let pod = parts.first else { return name }
    let shown = isFirst ? String(pod) : shortPodName(String(pod))
    return parts.count > 1 ? "\(shown)/\(parts[1])" : shown
  }
}

extension SeamWords {
  /// How long more may be added to what was said.
  static let lasts = Duration.seconds(10)
}

/// The last part of a pod's name, which tells it from its siblings.
func shortPodName(_ name: String) -> String { name.split(separator: "-").last.map(String.init) ?? name }
