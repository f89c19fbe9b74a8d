import CellScreen
import ClusterAccess
import ClusterModel
import CursesTerminal
import Dashboard
import Operations
import Playbook

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the reducer wants done outside, carried out.
extension RunLoop {
  mutating func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .quit: isLeaving = true
      case .suspend: stop()
      case .refresh: session?.feed.refresh()
      case .repaint: terminal.invalidate()
      case .followLogs(let request): session?.feed.followLogs(request)
      case .readLogTail(let target, let lines): session?.feed.readLogTail(of: target, lines: lines)
      case .lookOnInLogs: looksOn = true
      case .saveLogs(let path): saveLogs(to: path)
      case .listNamespaces: question = askNamespaces(session?.source.target)
      case .listContexts: question = askContexts(arguments, isStart: false)
      case .readRights:
        if let target = session?.source.target { asked.append(askRights(target)) }
      case .change(let request): begin(request)
      case .stopChanges: for stop in stopFlags.values { stop.set() }
      case .readFacts, .runRemedy, .stopRemedy, .saveRecord, .saveEvidence: session?.work?.perform(effect)
      case .askSecrets(let keys): askSecrets(keys)
      case .openShell(let pod, let container): openShell(pod, container)
      case .askTool(let operation): askTool(operation)
      case .saveReport(let text, let path):
        apply(.arrived([.noted(ReportFile(text: text, moment: moment(of: arguments)).save(to: path))]))
      case .readText(let wanted):
        let target = session?.source.target
        reading = Background { readText(wanted, target) }
      case .readNamespace(let namespace): session?.read(namespace)
      case .openContext(let context): begin(with: context)
      case .setTheme(let name): Theme.named(name).map(terminal.use)
      case .record(let path): record(to: path)
      case .stopRecording: session?.recorder?.end("it was ended by :record")
      case .replay(let change): session?.feed.replay(change)
      case .copy(let text): terminal.copy(text)
      case .save(let path):
        let file = ScreenFile(
          screen: draw(state), theme: Theme.named(state.theme) ?? .dark, moment: moment(of: arguments))
        apply(.arrived([.noted(file.save(to: path))]))
      }
    }
  }

  /// Makes changes beside the screen; what came of each is one action.
  private mutating func begin(_ request: ChangeRequest) {
    let stop = StopFlag()
    let runner = ChangeRunner(state.kubectl)
    let answer = Background<Action> {
      .changed(number: request.number, request.changes.map { runner.outcome(of: $0) { stop.isSet } })
    }
    asked.append(answer)
    stopFlags[request.number] = stop
  }

  /// Leaves the terminal to ask for values, which are not shown.
  private mutating func askSecrets(_ keys: [String]) {
    terminal.suspend()
    let values = readSecrets(keys)
    terminal.resume()
    dropsKeys = true
    apply(.resized(terminal.size))
    apply(.secretsGiven(values))
  }

  /// Leaves the terminal to a shell in a container until it ends.
  private mutating func openShell(_ pod: ObjectKey, _ container: String) {
    terminal.suspend()
    let signals = signals
    var isLeaving = false
    let isEnded = {
      isLeaving = isLeaving || !signals.requests().isDisjoint(with: [.terminate, .hangup])
      return isLeaving
    }
    let end = ContainerShell(state.kubectl, pod: pod, container: container).run(isCancelled: isEnded)
    if end.hasWords { waitForEnter(after: end.sentence, isEnded) }
    terminal.resume()
    self.isLeaving = self.isLeaving || isLeaving
    dropsKeys = true
    apply(.resized(terminal.size))
    apply(.arrived([.noted(end.sentence)]))
  }

  /// Leaves the terminal to an AI tool, with a kubeconfig that has one context and is removed afterwards.
  private mutating func askTool(_ operation: AIOperation) {
    guard let target = session?.source.target else { return }
    terminal.suspend()
    let programs = state.deploying.programs
    printOnTerminal("$ " + operation.argv(for: programs).map(shellWord).joined(separator: " ") + "\n\n")
    let signals = signals
    var isLeaving = false
    let isEnded = {
      isLeaving = isLeaving || !signals.requests().isDisjoint(with: [.terminate, .hangup])
      return isLeaving
    }
    let end: AIOperationEnd
    do throws(AccessProblem) {
      let file = try OneContextFile(of: target, namespace: operation.namespace)
      defer { file.remove() }
      end = AIToolRun(operation, programs, kubeconfig: file.path).run(
        show: { printOnTerminal($0) }, isCancelled: isEnded)
    } catch {
      end = AIOperationEnd(exitCode: nil, duration: .zero, firstLine: "", problem: "\(error)")
    }
    waitForEnter(after: end.problem ?? "\(operation.tool.rawValue) has ended", isEnded)
    terminal.resume()
    self.isLeaving = self.isLeaving || isLeaving
    dropsKeys = true
    apply(.resized(terminal.size))
    apply(.toolEnded(operation, end))
  }

  /// Writes the logs to a file beside the screen: a slow disk holds up no key.
  private mutating func saveLogs(to path: String) {
    guard let logs = state.logs else { return }
    guard saving == nil else { return apply(.arrived([.noted("a file is being written; wait for it")])) }
    let file = LogFile(logs: logs, masking: state.masking, moment: moment(of: arguments))
    saving = Background { .arrived([.noted(file.save(to: path))]) }
    apply(.arrived([.noted("writing the lines")]))
  }

  /// Begins to record: what is known now, and then all that comes.
  private mutating func record(to path: String) {
    guard let session, session.recorder == nil else { return apply(.arrived([.noted("a recording is not ended yet")])) }
    let now = self.now
    do throws(NewFile.Problem) {
      let recorder = try Recorder(path, RecordedHeader(of: state, at: now))
      recorder.take(state.snapshot.retold(), at: now)
      session.recorder = recorder
      apply(.recordingBegan(recorder.path))
    } catch {
      apply(.arrived([.noted(error.sentence)]))
    }
  }

  /// Takes what became of a recording, if it has ended.
  mutating func takeRecording() {
    guard let outcome = session?.recorder?.takeOutcome() else { return }
    session?.recorder = nil
    apply(.recordingEnded(outcome.sentence))
  }

  /// Begins to read the cluster of a context that was chosen.
  private mutating func begin(with context: String) {
    arguments.context = context
    let arguments = arguments
    opening = Background { try Opened.open(arguments) }
  }
}

/// Prints while the screen is left.
private func printOnTerminal(_ text: String) { printOnTerminal(Array(text.utf8)) }

private func printOnTerminal(_ bytes: [UInt8]) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return }
    rest = rest.dropFirst(count)
  }
}

/// Leaves what stands on the terminal there until enter is pressed.
private func waitForEnter(after sentence: String, _ isEnded: () -> Bool) {
  let words = "\n\(sanitized(sentence)); enter comes back to the screen "
  _ = words.withCString { write(STDOUT_FILENO, $0, strlen($0)) }
  var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
  while !isEnded() {
    guard poll(&input, 1, 100) > 0 else { continue }
    var byte: UInt8 = 0
    if read(STDIN_FILENO, &byte, 1) <= 0 || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return }
  }
}

extension ChangeRunner {
  /// Makes a change; what came of it, whatever it was.
  fileprivate func outcome(of change: ClusterChange, isCancelled: @escaping @Sendable () -> Bool) -> ChangeOutcome {
    do {
      return ChangeOutcome(change, .success(try run(change, isCancelled: isCancelled)))
    } catch {
      return ChangeOutcome(change, .failure(error))
    }
  }
}
