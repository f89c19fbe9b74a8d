import CellScreen
import ClusterModel

@testable import Dashboard

extension LogTarget {
  /// A line of the container.
  func line(_ text: String, at time: Timestamp? = nil, request: Int) -> LogLine {
    LogLine(namespace: namespace, pod: pod, container: container, time: time, text: text, request: request)
  }
}

extension LogState {
  /// The texts of all lines in the order of the screen.
  var texts: [String] {
    (0..<store.count).compactMap { store.ref(rank: $0).flatMap { store[$0] } }.map { store.text(of: $0) }
  }

  /// The text of the line that the cursor is on.
  var cursorText: String? { cursor.flatMap { store[$0] }.map { store.text(of: $0) } }
}

/// The logs of a pod or workload with some lines, a tenth of a second apart.
func logScene(
  _ lines: [String], size: Size = Size(columns: 120, rows: 40), script: String = "/backend-7bbd475df6-kmwpq<enter>l"
) throws -> DashboardState {
  var state = try press(script, in: Scene.todo.make(size)).state
  append(lines, to: &state)
  return state
}

/// Lets lines of the first container arrive.
func append(_ lines: [String], to state: inout DashboardState) {
  guard let logs = state.logs, let source = logs.sources.first else { return }
  let count = logs.store.linesTaken
  let new = lines.enumerated().map { index, text in
    source.line(
      text, at: Scene.moment.advanced(by: .milliseconds((count + index - 10_000) * 100)), request: logs.request.number)
  }
  _ = reduce(&state, .arrived([.logged(new)]), at: Scene.moment)
}

/// Looks through all lines, slice by slice; how many slices it took.
@discardableResult
func lookThrough(_ state: inout DashboardState) -> Int {
  var slices = 1
  while !reduce(&state, .lookedOnInLogs, at: Scene.moment).isEmpty { slices += 1 }
  return slices
}
