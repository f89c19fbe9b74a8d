import ClusterModel
import Subprocess

/// A way to read the output of one container as it comes.
protocol LogSource: AnyObject {
  /// Opens a connection in place of any before.
  ///
  /// - Parameter since: The time stamp to begin at; `nil` for the last lines.
  func open(since: String?, _ calls: LogCalls)
  /// Ends the connection; nothing is called any more.
  func close()
}

/// What a connection to a container's output calls.
struct LogCalls {
  var onOpened: () -> Void
  var onLine: (UnsafeRawBufferPointer, _ isCut: Bool) -> Void
  var onEnd: (LogEnd) -> Void
}

/// How a connection to a container's output ended.
enum LogEnd: Hashable {
  /// The container ended, or the server closed the stream as it does after hours.
  case finished
  /// The container has no output yet: the server's words.
  case notReady(String)
  /// The pod is gone.
  case gone
  case forbidden(String)
  case broken(String)
}

/// The limits of following logs.
enum LogLimits {
  /// How many lines are read of a container that is followed anew.
  static let tailLines = 200
  /// A longer line is cut, in bytes with its time stamp.
  static let maximumLineBytes = 16 << 10
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

  func open(since: String?, _ calls: LogCalls) {
    close()
    let from = since.map { "sinceTime=\(queryEscaped($0))" } ?? "tailLines=\(LogLimits.tailLines)"
    let path =
      "/api/v1/namespaces/\(target.namespace)/pods/\(target.pod)/log?follow=true&timestamps=true"
      + "&container=\(target.container)&\(from)"
    var request = server.request(path, timeLimit: nil)
    request.accept = "text/plain, application/json"
    request.lineLimitBytes = LogLimits.maximumLineBytes
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

  func open(since: String?, _ calls: LogCalls) {
    close()
    splitter = LineSplitter(maximumLineBytes: LogLimits.maximumLineBytes)
    errors = OutputCapture(limitBytes: 16 << 10)
    hasOpened = false
    let command = ReadCommand.logs(target, since: since, tailLines: LogLimits.tailLines)
    do {
      let child = try Child(try command.argv(for: context.target))
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
    let words = String(decoding: errors.bytes, as: UTF8.self)
    calls.onEnd(child.end?.isSuccess == true ? .finished : LogEnd(kubectlWords: words))
  }
}

extension LogEnd {
  /// What the end of a request means.
  init(_ end: RequestEnd) {
    self =
      switch end {
      case .finished: .finished
      case .broken(let reason): .broken(reason)
      case .refused(let status, _) where status.code == 404: .gone
      case .refused(let status, _) where status.code == 400: .notReady(status.message)
      case .refused(let status, _) where status.code == 403 || status.code == 401: .forbidden(status.message)
      case .refused(let status, _): .broken(status.message)
      }
  }

  /// What the words of `kubectl logs` mean.
  init(kubectlWords words: String) {
    let problem = AccessProblem.recognise(words)
    let message = problem.sentence.firstRange(of: "): ").map { String(problem.sentence[$0.upperBound...]) }
    self =
      if words.contains("(NotFound)") {
        .gone
      } else if words.contains("(BadRequest)") {
        .notReady(message ?? problem.sentence)
      } else if problem.reason == .forbidden {
        .forbidden(problem.sentence)
      } else {
        .broken(problem.sentence)
      }
  }
}
