import Subprocess

/// Runs one command to its end beside everything else on the loop.
///
/// A class because its child's descriptors call back.
final class ChildTask {
  private let loop: EventLoop
  private let child: Child
  private var output: OutputCapture
  private var errors = OutputCapture(limitBytes: Child.errorLimitBytes)
  private var timer: EventLoop.Ticket?
  private var isTimedOut = false
  private let onEnd: (Finished) -> Void

  /// Starts the command; `onEnd` is called once, later, unless ``cancel()`` comes first.
  init(
    _ loop: EventLoop, _ argv: [String], limitBytes: Int, timeLimit: Duration, onEnd: @escaping (Finished) -> Void
  ) throws(SpawnProblem) {
    self.loop = loop
    self.onEnd = onEnd
    output = OutputCapture(limitBytes: limitBytes)
    child = try Child(argv)
    loop.watch(child.output) { [unowned self] in read() }
    loop.watch(child.errorOutput) { [unowned self] in read() }
    timer = loop.after(timeLimit) { [unowned self] in
      isTimedOut = true
      child.stop()
      finish()
    }
  }

  /// Ends the command at once; `onEnd` is not called.
  func cancel() {
    release()
    child.kill()
    child.closeDescriptors()
  }

  private func release() {
    loop.unwatch(child.output)
    loop.unwatch(child.errorOutput)
    loop.cancel(timer)
    timer = nil
  }

  private func read() {
    output.take(from: child.output)
    errors.take(from: child.errorOutput)
    if !errors.isOpen { loop.unwatch(child.errorOutput) }
    if !output.isOpen { loop.unwatch(child.output) }
    if !output.isOpen && !errors.isOpen { waitForEnd() }
  }

  /// With its output closed the child ends at any moment.
  private func waitForEnd() {
    guard child.reap() == nil else { return finish() }
    loop.after(.milliseconds(1)) { [weak self] in self?.waitForEnd() }
  }

  private func finish() {
    guard timer != nil else { return }
    release()
    child.closeDescriptors()
    onEnd(
      Finished(
        end: child.end ?? .signalled(9), stdout: output.bytes, stderr: errors.bytes,
        isOutputCut: output.isCut, isTimedOut: isTimedOut))
  }
}
