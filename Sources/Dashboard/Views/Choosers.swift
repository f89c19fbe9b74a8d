import CellScreen
import ClusterModel
import Playbook

/// The line that stands for all namespaces.
let allNamespacesLine = "all namespaces"

extension DashboardState {
  /// Shows the themes to choose from.
  mutating func openThemeChooser() -> [Effect] {
    open(Chooser(.theme, title: "Themes", items: Theme.all.map(\.name), selected: theme))
    return []
  }

  /// Shows the namespaces to choose from, as soon as the cluster has named them.
  mutating func openNamespaceChooser() -> [Effect] {
    open(
      Chooser(
        .namespace, title: "Namespaces", items: [allNamespacesLine] + knownNamespaces,
        note: "Reading which namespaces there are …", selected: namespace ?? allNamespacesLine))
    return [.listNamespaces]
  }

  /// Takes the namespaces that the cluster has.
  mutating func offerNamespaces(_ names: [String], _ problem: String) -> [Effect] {
    if !names.isEmpty { namespaces = names }
    learnConnection()
    guard chooser?.purpose == .namespace else { return [] }
    let choice = chooser?.choice
    let note = problem.isEmpty ? "" : "The namespaces cannot be read: \(problem). A name can be typed: :ns NAME"
    chooser = Chooser(
      .namespace, title: "Namespaces", items: [allNamespacesLine] + knownNamespaces, note: note, selected: choice)
    if let prompt, prompt.purpose == .choice { chooser?.filter(by: prompt.text) }
    return []
  }

  /// Shows the contexts there are; the one in use stays.
  mutating func openContextChooser() -> [Effect] {
    open(Chooser(.context, title: "Contexts", items: [], note: "Reading which contexts there are …"))
    return [.listContexts]
  }

  /// Takes the contexts of the kubeconfig.
  mutating func offerContexts(_ names: [String], _ problem: String, isStart: Bool) -> [Effect] {
    contexts = names
    learnConnection()
    if !isStart, chooser?.purpose != .context { return [] }
    let current = snapshot.connection.context
    var note = isStart ? "Which cluster shall be shown? The context stays the same until the program ends." : ""
    if !isStart {
      note =
        "This program reads \(current.isEmpty ? "one context" : current) until it ends, so that nothing is done to "
      note += "the wrong cluster. Choosing another shows how to start with it."
    }
    if !problem.isEmpty { note = "The contexts cannot be read: \(problem)" }
    open(
      Chooser(
        isStart ? .startContext : .context, title: "Contexts", items: names, note: note, selected: current))
    return []
  }

  /// Begins to read another namespace: what was known of the one before is forgotten.
  mutating func readNamespace(_ name: String?) -> [Effect] {
    let old = snapshot.connection
    if let name, !isNamespaceName(name) {
      notice = "“\(name)” cannot be the name of a namespace"
      return []
    }
    if let near = name, !namespaces.isEmpty, !namespaces.contains(near) {
      let guess = nearestWord(to: near, in: namespaces).map { "; did you mean \($0)?" } ?? "; :ns shows those there are"
      notice = "there is no namespace \(near)\(guess)"
      return []
    }
    if let reason = drillInTheWay {
      notice = reason
      return []
    }
    if name == old.namespace, old.isReachable {
      notice = "\(name ?? allNamespacesLine) is what is read now"
      return []
    }
    let effects = closeViews()
    // What is read now is another place than the one that was armed.
    if standing != .local { acting.arming.disarm() }
    if title == old.namespace || title == old.context { title = name ?? old.context }
    forget()
    var connection = old
    connection.namespace = name
    _ = snapshot.apply(.connectionChanged(connection), at: now)
    // The river still names the place that was left.
    if let left = old.namespace, !placesLeft.contains(left) {
      placesLeft = placesLeft.suffix(DashboardState.placesLeftMax - 1) + [left]
    }
    learnConnection()
    verdict = Verdict(.unknown, "reading \(name ?? allNamespacesLine)")
    river.note(
      .connection, "namespace", "\(old.namespace ?? allNamespacesLine) → \(name ?? allNamespacesLine)", at: now)
    notice = "reading \(name ?? allNamespacesLine)"
    return effects + [.readNamespace(name)]
  }

  /// Drops all that came from the feed, and the places in it.
  private mutating func forget() {
    snapshot = Snapshot()
    tables = TableRows.all
    filterProblem = nil
    river = River(after: river)
    acting.question = nil
    acting.aim = nil
    phases = []
    toggledPhases = []
    restarts = RestartTally()
    consumers = []
    workloads = []
    ingresses = []
    selections = [:]
    selectedIndexes = [:]
    firstRows = [:]
    views.removeAll { $0.isPage }
    pages = []
  }
}

/// Whether a namespace can have this name; what is not one could be taken for an option or a path.
private func isNamespaceName(_ name: String) -> Bool {
  isObjectName(name) && name.utf8.count <= 63 && !name.contains(".")
}
