import ClusterModel

/// The course of one kind: list it in pages, watch it from there, and come back from every failure.
///
/// A value without input, output and clock: it is told what happened and says what to do. At most one request and one
/// timer are under way; a new one takes the place of the last.
struct WatchMachine {
  /// What can happen.
  enum Input {
    case start
    /// A page of the list that was asked for.
    case page(ListPage)
    /// The watch that was asked for is answered and stands.
    case opened
    /// A line of the watch.
    case line(WatchLine)
    /// The request that was asked for is over.
    case ended(RequestEnd)
    /// The time that was to be waited is over.
    case waited
    /// The server does not answer any more; when it is asked next.
    case connectionLost(String, nextTry: Duration)
    case connectionBack
    /// Read everything anew now.
    case refresh
  }

  /// What is to be done.
  enum Output: Hashable {
    /// Ask for a page of the list; the first when empty.
    case list(continueToken: String)
    /// Watch from a version on.
    case watch(resourceVersion: String)
    /// Forget the request and the timer under way.
    case cancel
    case wait(Duration)
    case emit(ClusterEvent)
    /// Lists are allowed but changes are not streamed: the server's words.
    case cannotWatch(String)
  }

  private enum State {
    /// Nothing was asked yet → listing.
    case idle
    /// Pages come → watching, waiting (failure, 410), refused, suspended.
    case listing([ClusterObject])
    /// Changes come → watching (ended), listing (410, refresh), waiting (failure), refused, suspended.
    case watching(resourceVersion: String, since: Timestamp)
    /// A failure is some time ago → what failed; suspended; listing (refresh).
    case waiting(Step)
    /// Rights or the kind are missing → listing, after a long time or on refresh.
    case refused
    /// The server does not answer → what was under way, once it is back.
    case suspended(Step)
  }

  /// What to go on with.
  private enum Step: Hashable {
    case list
    case watch(resourceVersion: String)
  }

  /// How long a kind that is forbidden or absent is left alone.
  static let refusedPause: Duration = .seconds(60)
  /// The longest wait a server may ask for.
  static let longestRetryAfter: Duration = .seconds(60)
  /// A watch that ends sooner is not asked for again at once.
  static let shortestWatch: Duration = .seconds(1)
  /// How many events are kept of a list; the newest.
  static let maximumEvents = 5_000

  private let kind: ResourceKind
  private var state = State.idle
  private var backoff = Backoff()
  private var shown = StreamState.idle
  /// Whether a version expired and nothing has come since.
  private var hasExpired = false

  /// A machine that has not started.
  init(_ kind: ResourceKind) { self.kind = kind }

  /// Says what to do about something that happened.
  ///
  /// - Parameter jitter: Between 0 and 1; see ``Backoff``.
  mutating func handle(_ input: Input, at now: Timestamp, jitter: Double = 1) -> [Output] {
    if case .page(let page) = input { return take(page, at: now) }
    switch (input, state) {
    case (.start, .idle): return begin(.list, at: now)
    case (.refresh, .listing), (.refresh, .watching), (.refresh, .waiting), (.refresh, .refused):
      return [.cancel] + begin(.list, at: now)
    case (.refresh, .suspended):
      state = .suspended(.list)
      return []
    case (.opened, .watching): return show(.live)
    case (.line(let line), .watching(let version, let since)):
      return take(line, version: version, since: since, at: now, jitter: jitter)
    case (.ended(let end), .listing): return take(end, during: .list, at: now, jitter: jitter)
    case (.ended(.finished), .watching(let version, let since)):
      return resume(from: version, after: now.since(since), at: now)
    case (.ended(let end), .watching(let version, _)):
      return take(end, during: .watch(resourceVersion: version), at: now, jitter: jitter)
    case (.waited, .waiting(let step)): return begin(step, at: now)
    case (.waited, .refused): return begin(.list, at: now)
    case (.connectionLost(let reason, let nextTry), .listing):
      return suspend(.list, reason, nextTry, at: now)
    case (.connectionLost(let reason, let nextTry), .watching(let version, _)):
      return suspend(.watch(resourceVersion: version), reason, nextTry, at: now)
    case (.connectionLost(let reason, let nextTry), .waiting(let step)),
      (.connectionLost(let reason, let nextTry), .suspended(let step)):
      return suspend(step, reason, nextTry, at: now)
    case (.connectionBack, .suspended(let step)): return begin(step, at: now)
    // What comes late, or means nothing here.
    case (.start, _), (.page, _), (.opened, _), (.line, _), (.ended, _), (.waited, _), (.connectionLost, _),
      (.connectionBack, _), (.refresh, .idle):
      return []
    }
  }

  private mutating func begin(_ step: Step, at now: Timestamp) -> [Output] {
    switch step {
    case .list:
      state = .listing([])
      return show(.listing) + [.list(continueToken: "")]
    case .watch(let version):
      state = .watching(resourceVersion: version, since: now)
      return [.watch(resourceVersion: version)]
    }
  }

  private mutating func take(_ page: ListPage, at now: Timestamp) -> [Output] {
    guard case .listing(var objects) = state else { return [] }
    // As long as the state, or the caller, holds the array too, it would be copied with each page.
    state = .listing([])
    objects.append(contentsOf: page.objects)
    if kind == .events && objects.count > Self.maximumEvents { objects = newest(objects) }
    guard page.continueToken.isEmpty else {
      state = .listing(objects)
      return [.list(continueToken: page.continueToken)]
    }
    return [.emit(.listed(kind, objects))] + show(.live)
      + begin(.watch(resourceVersion: page.resourceVersion), at: now)
  }

  private func newest(_ events: [ClusterObject]) -> [ClusterObject] {
    func time(_ object: ClusterObject) -> Timestamp {
      guard case .event(let event) = object else { return Timestamp(nanoseconds: 0) }
      return event.lastTimestamp ?? event.metadata.creationTimestamp ?? Timestamp(nanoseconds: 0)
    }
    return Array(events.sorted { time($0) > time($1) }.prefix(Self.maximumEvents))
  }

  private mutating func take(
    _ line: WatchLine, version: String, since: Timestamp, at now: Timestamp, jitter: Double
  ) -> [Output] {
    switch line {
    case .failed(let status):
      return [.cancel]
        + take(.refused(status, retryAfter: nil), during: .watch(resourceVersion: version), at: now, jitter: jitter)
    case .bookmark(let newer, _):
      return progressed(to: newer, since: since) + [.emit(.alive(kind))]
    case .added(let object), .modified(let object):
      return progressed(to: object.metadata.resourceVersion, since: since) + [.emit(.applied(object))]
    case .deleted(let object):
      return progressed(to: object.metadata.resourceVersion, since: since)
        + [.emit(.deleted(object.key, object.metadata.uid))]
    }
  }

  private mutating func progressed(to version: String, since: Timestamp) -> [Output] {
    backoff.succeeded()
    hasExpired = false
    state = .watching(resourceVersion: version, since: since)
    return show(.live)
  }

  /// Goes on after a watch that ended as watches do.
  private mutating func resume(from version: String, after lasted: Duration, at now: Timestamp) -> [Output] {
    backoff.succeeded()
    guard lasted < Self.shortestWatch else { return begin(.watch(resourceVersion: version), at: now) }
    state = .waiting(.watch(resourceVersion: version))
    return [.wait(Self.shortestWatch - max(.zero, lasted))]
  }

  private mutating func take(_ end: RequestEnd, during step: Step, at now: Timestamp, jitter: Double) -> [Output] {
    switch end {
    case .finished:
      return retry(step, "the answer ended too soon", after: nil, at: now, jitter: jitter)
    case .broken(let reason):
      return retry(step, reason, after: nil, at: now, jitter: jitter)
    case .refused(let status, let retryAfter):
      switch status.code {
      case 410:
        guard hasExpired else {
          hasExpired = true
          return begin(.list, at: now)
        }
        return retry(.list, status.message, after: nil, at: now, jitter: jitter)
      case 401, 403:
        let watching = step == .list ? [] : [Output.cannotWatch(status.message)]
        return refuse(.forbidden(status.message)) + watching
      case 404, 405:
        return refuse(.absent("the server does not serve \(kind.qualifiedResource)"))
      default:
        let asked = retryAfter ?? status.retryAfterSeconds.map { .seconds($0) }
        return retry(step, status.message, after: asked, at: now, jitter: jitter)
      }
    }
  }

  private mutating func retry(_ step: Step, _ reason: String, after asked: Duration?, at now: Timestamp, jitter: Double)
    -> [Output]
  {
    let wait = max(backoff.failed(jitter: jitter), min(asked ?? .zero, Self.longestRetryAfter))
    state = .waiting(step)
    return show(.retrying(reason: reason, at: now.advanced(by: wait))) + [.wait(wait)]
  }

  private mutating func refuse(_ shown: StreamState) -> [Output] {
    state = .refused
    return show(shown) + [.wait(Self.refusedPause)]
  }

  private mutating func suspend(_ step: Step, _ reason: String, _ nextTry: Duration, at now: Timestamp) -> [Output] {
    state = .suspended(step)
    return [.cancel] + show(.retrying(reason: reason, at: now.advanced(by: nextTry)))
  }

  /// Says how the stream is, where that is news.
  private mutating func show(_ new: StreamState) -> [Output] {
    guard new != shown else { return [] }
    shown = new
    return [.emit(.streamChanged(kind, new))]
  }
}

/// How a request ended.
enum RequestEnd: Hashable {
  /// As it should: a stream came to its end.
  case finished
  /// Without an answer, in the middle, or with one that cannot be read: why.
  case broken(String)
  /// The server refused.
  case refused(APIStatus, retryAfter: Duration?)
}
