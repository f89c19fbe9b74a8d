import ClusterModel
import Subprocess

/// A way to read the output of one container as it comes.
protocol LogSource: AnyObject {
  /// Opens a connection in place of any before.
  func open(_ opening: LogOpening, _ calls: LogCalls)
  /// Ends the connection; nothing is called any more.
  func close()
}

/// What a connection to a container's output calls.
struct LogCalls {
  var onOpened: () -> Void
  var onLine: (UnsafeRawBufferPointer, _ isCut: Bool) -> Void
  var onEnd: (LogEnd) -> Void
}

/// The output of a container by a request to the API.
final class LogConnection: LogSource {
  private let context: FeedContext
  private let server: APIServer
  private let target: LogTarget
  private var stream: EventLoop.Ticket?

  init(_ context: FeedContext, _ server: APIServer, _ target: LogTarget) {
    self.context = context
    self.server = server
    self.target = target
  }

  func open(_ opening: LogOpening, _ calls: LogCalls) {
    close()
    let path =
      "/api/v1/namespaces/\(target.namespace)/pods/\(target.pod)/log?\(opening.query)"
      + "&container=\(target.container)\(target.isPrevious ? "&previous=true" : "")"
    var request = server.request(path, timeLimit: opening.follows ? nil : LogLimits.tailTime)
    request.accept = "text/plain, application/json"
    request.lineLimitBytes = LogLimits.maximumLineBytes
    request.takesOpenLine = true
    stream = context.loop.send(request, onOpened: calls.onOpened, onLine: calls.onLine) { [unowned self] answer in
      stream = nil
      calls.onEnd(LogEnd(RequestEnd(answer, &context.decoder)))
    }
  }

  func close() {
    context.loop.cancel(stream)
    stream = nil
  }
}

/// The output of a container by `kubectl logs`.
final class LogChild: LogSource {
  private let context: FeedContext
  private let target: LogTarget
  private var child: Child?
  private var splitter = LineSplitter(maximumLineBytes: LogLimits.maximumLineBytes)
  private var errors = OutputCapture(limitBytes: 16 << 10)
  private var hasOpened = false

  init(_ context: FeedContext, _ target: LogTarget) {
    self.context = context
    self.target = target
  }

  func open(_ opening: LogOpening, _ calls: LogCalls) {
    close()
    splitter = LineSplitter(maximumLineBytes: LogLimits.maximumLineBytes)
    errors = OutputCapture(limitBytes: 16 << 10)
    hasOpened = false
    do {
      let child = try Child(try ReadCommand.logs(target, opening).argv(for: context.target))
      self.child = child
      context.loop.watch(child.output) { [unowned self] in readOutput(calls) }
    } catch {
      // Like everything else the failure is told later, never from inside `open`.
      context.loop.after(.zero) { calls.onEnd(.broken("\(error)")) }
    }
  }

  func close() {
    guard let child else { return }
    context.loop.unwatch(child.output)
    child.kill()
    child.closeDescriptors()
    self.child = nil
  }

  private func readOutput(_ calls: LogCalls) {
    guard let child else { return }
    var lines = splitter
    splitter = LineSplitter(maximumLineBytes: LogLimits.maximumLineBytes)
    let isOpen = readWaiting(child.output) { chunk in
      if !hasOpened {
        hasOpened = true
        calls.onOpened()
      }
      lines.take(chunk, calls.onLine)
    }
    splitter = lines
    errors.take(from: child.errorOutput)
    guard !isOpen, self.child === child else { return }
    close()
    guard child.end?.isSuccess == true else {
      return calls.onEnd(LogEnd(kubectlWords: String(decoding: errors.bytes, as: UTF8.self)))
    }
    // The last line of a container that ended may have no end of its own.
    lines.finish(calls.onLine)
    calls.onEnd(.finished)
  }
}
