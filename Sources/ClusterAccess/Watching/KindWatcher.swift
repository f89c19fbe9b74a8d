import ClusterModel
import Subprocess

/// Carries out what the ``WatchMachine`` of one kind decides.
///
/// A class because requests that are under way call back.
final class KindWatcher {
  let kind: ResourceKind
  private let context: FeedContext
  private let server: APIServer
  private let gate: RequestGate
  private var machine: WatchMachine
  private var place: RequestGate.Place?
  private var stream: EventLoop.Ticket?
  private var timer: EventLoop.Ticket?
  private var hasListed = false
  /// Called with the server's words when changes are not streamed.
  var onCannotWatch: (String) -> Void = { _ in }
  /// Called when the state of the stream changed.
  var onState: (StreamState) -> Void = { _ in }
  /// Called when anything came from the server.
  var onHeard: () -> Void = {}
  /// Called once, when the first list is complete or was refused.
  var onSettled: () -> Void = {}

  init(_ kind: ResourceKind, _ context: FeedContext, _ server: APIServer, _ gate: RequestGate) {
    self.kind = kind
    self.context = context
    self.server = server
    self.gate = gate
    machine = WatchMachine(kind)
  }

  /// Tells the machine what happened and does what it says.
  func handle(_ input: WatchMachine.Input) {
    for output in machine.handle(input, at: context.loop.now, jitter: context.jitter) { perform(output) }
  }

  /// Ends requests and timers.
  func cancel() {
    gate.cancel(place)
    context.loop.cancel(stream)
    context.loop.cancel(timer)
    (place, stream, timer) = (nil, nil, nil)
  }

  private func perform(_ output: WatchMachine.Output) {
    switch output {
    case .list(let continueToken): list(continueToken)
    case .watch(let resourceVersion): watch(resourceVersion)
    case .cancel: cancel()
    case .wait(let duration):
      context.loop.cancel(timer)
      timer = context.loop.after(duration) { [unowned self] in handle(.waited) }
    case .emit(let event): emit(event)
    case .cannotWatch(let words): onCannotWatch(words)
    }
  }

  private func emit(_ event: ClusterEvent) {
    context.emit(event)
    if case .streamChanged(_, let state) = event { onState(state) }
    guard !hasListed else { return }
    switch event {
    case .listed, .streamChanged(_, .forbidden), .streamChanged(_, .absent):
      hasListed = true
      onSettled()
    default: break
    }
  }

  private func list(_ continueToken: String) {
    let request = server.list(kind, namespace: context.target.namespace, continueToken: continueToken)
    place = gate.send(request) { [unowned self] answer in
      place = nil
      handle(listInput(answer))
    }
  }

  private func listInput(_ answer: HTTPAnswer) -> WatchMachine.Input {
    let end = RequestEnd(answer, &context.decoder)
    guard end == .finished else { return .ended(end) }
    onHeard()
    do throws(DecodingProblem) {
      return .page(try context.decoder.page(kind, answer.body))
    } catch {
      return .ended(RequestEnd(error))
    }
  }

  private func watch(_ resourceVersion: String) {
    let request = server.watch(
      kind, namespace: context.target.namespace, resourceVersion: resourceVersion, jitter: context.jitter)
    stream = context.loop.send(
      request, onOpened: { [unowned self] in handle(.opened) },
      onLine: { [unowned self] line, isCut in take(line, isCut) },
      onEnd: { [unowned self] answer in
        stream = nil
        handle(.ended(RequestEnd(answer, &context.decoder)))
      })
  }

  private func take(_ line: UnsafeRawBufferPointer, _ isCut: Bool) {
    onHeard()
    guard !line.isEmpty else { return }
    do throws(DecodingProblem) {
      if isCut { throw .unexpected("a line of the watch is too long") }
      handle(.line(try context.decoder.watchLine(kind, line)))
    } catch {
      // The stream cannot be trusted any more.
      context.loop.cancel(stream)
      stream = nil
      handle(.ended(RequestEnd(error)))
    }
  }
}

extension RequestEnd {
  /// What an answer means that could not be read.
  init(_ problem: DecodingProblem) {
    self =
      switch problem {
      case .notJSON(let words): .broken("the answer is not JSON: \(words)")
      case .unexpected(let words): .broken("the answer cannot be understood: \(words)")
      case .status(let status): .refused(status, retryAfter: nil)
      }
  }
}
