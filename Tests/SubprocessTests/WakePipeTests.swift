import Subprocess
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct WakePipeTests {
  func isReadable(_ pipe: WakePipe) -> Bool {
    var descriptor = pollfd(fd: pipe.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) == 1
  }

  @Test func `is readable from the first wake until it is drained`() {
    let pipe = WakePipe()
    #expect(!isReadable(pipe))
    for _ in 0..<100_000 { pipe.wake() }
    #expect(isReadable(pipe))
    pipe.drain()
    #expect(!isReadable(pipe))
    pipe.wake()
    #expect(isReadable(pipe))
  }
}
