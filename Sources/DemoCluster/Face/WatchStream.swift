/// How a client wants to watch.
struct WatchOptions {
  /// The version to start after; `nil` or 0 for the present objects first.
  let version: Int?
  let sendsInitialEvents: Bool
  let allowsBookmarks: Bool
  /// Seconds until the watch ends by itself.
  let timeoutSeconds: Int

  /// How long a watch lasts that names no time, in seconds.
  static let defaultTimeoutSeconds = 2400

  init(_ request: Request) throws(Refusal) {
    version = try request.version()
    sendsInitialEvents = request.isSet("sendInitialEvents")
    allowsBookmarks = request.isSet("allowWatchBookmarks")
    timeoutSeconds =
      try request.checkedNumber("timeoutSeconds").flatMap { $0 > 0 ? $0 : nil } ?? Self.defaultTimeoutSeconds
  }
}

/// One client's watch: a place in the history of a kind, which all watchers share.
final class WatchStream: ResponseStream {
  /// Seconds between two bookmarks.
  static let secondsBetweenBookmarks = 60.0
  /// How many changes are written to the connection's buffer at once.
  static let changesAtOnce = 64

  private let kind: ResourceKind
  private let selection: Selection
  private let options: WatchOptions
  private let form: AnswerForm
  private var initial: [StoredObject]
  private var sentInitial = 0
  private var owesInitialBookmark: Bool
  private var nextChange: Int
  private var pending = PendingBytes()
  private var sentColumns = false
  private var nextBookmark: Moment
  private let deadline: Moment
  private var hasFailed = false

  /// Starts a watch at a version, or with the present objects.
  init(kind: ResourceKind, selection: Selection, form: AnswerForm, options: WatchOptions, world: World) throws(Refusal)
  {
    self.kind = kind
    self.selection = selection
    self.options = options
    self.form = form
    let table = world.store.table(kind)
    let version = options.version ?? 0
    if version > world.store.resourceVersion {
      throw Refusal.versionTooLarge(version, current: world.store.resourceVersion)
    }
    let listsFirst = version == 0 || options.sendsInitialEvents
    initial = listsFirst ? table.entries(in: selection.namespace).filter(selection.matches) : []
    owesInitialBookmark = listsFirst && options.allowsBookmarks
    nextChange = listsFirst ? table.endOfHistory : table.firstChange(after: version)
    nextBookmark = world.now + Self.secondsBetweenBookmarks
    deadline = world.now + Double(options.timeoutSeconds)
    if !listsFirst, version < table.oldestWatchableVersion {
      fail(.versionTooOld(version, oldest: table.oldestWatchableVersion))
    }
  }

  func isReady(in world: World) -> Bool {
    !pending.isEmpty || hasFailed || sentInitial < initial.count || owesInitialBookmark
      || nextChange < world.store.table(kind).endOfHistory || world.now >= deadline
      || (options.allowsBookmarks && world.now >= nextBookmark)
  }

  func isOverrun(in world: World) -> Bool { nextChange < world.store.table(kind).firstChange }

  func read(into buffer: UnsafeMutableRawBufferPointer, from world: World) -> StreamReading {
    if pending.isEmpty {
      if hasFailed { return .end }
      guard !isOverrun(in: world) else { return .overrun }
      fill(from: world)
      if pending.isEmpty { return world.now >= deadline ? .end : .nothingYet }
    }
    return .bytes(pending.copy(into: buffer))
  }

  private func fill(from world: World) {
    let writer = ObjectWriter(kind: kind, form: form, now: world.now)
    if sentInitial < initial.count {
      let end = min(sentInitial + Self.changesAtOnce, initial.count)
      for object in initial[sentInitial..<end] { send("ADDED", object, writer) }
      sentInitial = end
      return
    }
    initial = []
    sentInitial = 0
    if owesInitialBookmark {
      owesInitialBookmark = false
      sendBookmark(world.store.resourceVersion, isEndOfInitialEvents: options.sendsInitialEvents)
    }
    let table = world.store.table(kind)
    let end = min(table.endOfHistory, nextChange + Self.changesAtOnce)
    while nextChange < end {
      send(table.change(nextChange), writer)
      nextChange += 1
    }
    if options.allowsBookmarks, world.now >= nextBookmark, nextChange == table.endOfHistory {
      nextBookmark = world.now + Self.secondsBetweenBookmarks
      sendBookmark(world.store.resourceVersion, isEndOfInitialEvents: false)
    }
  }

  /// An object that enters the selection is new to this client, one that leaves it is gone.
  private func send(_ change: Change, _ writer: ObjectWriter) {
    let isIn = change.type != .deleted && selection.matches(change.object)
    let wasIn = change.previous.map(selection.matches) ?? false
    switch (wasIn, isIn) {
    case (true, true): send("MODIFIED", change.object, writer)
    case (false, true): send("ADDED", change.object, writer)
    case (true, false): send("DELETED", change.object, writer)
    case (false, false): return
    }
  }

  private func send(_ type: String, _ object: StoredObject, _ writer: ObjectWriter) {
    for piece in writer.eventPieces(type, object, hasColumns: !sentColumns) { pending.append(piece) }
    sentColumns = true
  }

  private func sendBookmark(_ version: Int, isEndOfInitialEvents: Bool) {
    var metadata: JSON = ["resourceVersion": .string(String(version)), "creationTimestamp": nil]
    if isEndOfInitialEvents { metadata["annotations"] = ["k8s.io/initial-events-end": "true"] }
    var object: JSON
    switch form {
    case .table: object = ["kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata, "rows": []]
    case .metadata: object = ["kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": metadata]
    case .object:
      object = ["kind": .string(kind.kind), "apiVersion": .string(kind.apiVersion), "metadata": metadata]
      if kind == .pods {
        object["spec"] = ["containers": nil]
        object["status"] = [:]
      }
    }
    append(["type": "BOOKMARK", "object": object])
  }

  private func fail(_ refusal: Refusal) {
    append(["type": "ERROR", "object": refusal.status])
    hasFailed = true
  }

  private func append(_ event: JSON) { pending.append(event.encoded + [0x0A]) }
}
