#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How a child ended that was followed.
package struct FollowedEnd: Hashable, Sendable {
  package var end: ChildEnd
  /// Whether it was stopped because its time was up.
  package var isTimedOut: Bool
  /// Whether it was stopped because it was no longer wanted.
  package var isCancelled: Bool
  package var duration: Duration
}

extension Child {
  /// Which of its outputs a child wrote to.
  package enum Stream: Hashable, Sendable { case output, errors }

  /// How often it is looked whether the child has ended, or shall end.
  private static let followGlance: Duration = .milliseconds(50)

  /// Hands over what the child prints as it comes, until it ends.
  ///
  /// - Parameters:
  ///   - timeLimit: When the child and its group are ended, politely first.
  ///   - grace: How long it may take to end politely before it is killed.
  ///   - isCancelled: Asked often; once it is true the child is ended as if its time were up.
  ///   - said: Some bytes of one of its outputs; often not whole lines.
  package func follow(
    timeLimit: Duration, grace: Duration = Child.grace, isCancelled: () -> Bool,
    said: (Stream, UnsafeRawBufferPointer) -> Void
  ) -> FollowedEnd {
    let start = monotonicTime()
    var deadline = start + timeLimit
    var isOpen = (output: true, errors: true)
    var (isTimedOut, isStopped) = (false, false)
    func take() {
      if isOpen.output { isOpen.output = readWaiting(output) { said(.output, $0) } }
      if isOpen.errors { isOpen.errors = readWaiting(errorOutput) { said(.errors, $0) } }
    }
    while reap() == nil {
      let isLate = monotonicTime() >= deadline
      if isTimedOut || isStopped {
        // Its last words were read until here.
        if isLate { kill() }
      } else if isLate || isCancelled() {
        (isTimedOut, isStopped) = (isLate, !isLate)
        terminate()
        deadline = monotonicTime() + grace
      }
      var descriptors = [
        pollfd(fd: isOpen.output ? output : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isOpen.errors ? errorOutput : -1, events: Int16(POLLIN), revents: 0),
      ]
      poll(&descriptors, 2, Child.followGlance.pollMilliseconds)
      take()
    }
    take()
    closeDescriptors()
    return FollowedEnd(
      end: end ?? .signalled(SIGKILL), isTimedOut: isTimedOut, isCancelled: isStopped,
      duration: monotonicTime() - start)
  }
}
