import Playbook
import Subprocess
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The addresses of a name as this machine resolves it; `nil` if it was cancelled.
///
/// The system's look-up cannot be ended: where it takes too long its thread is left to end by itself.
func hostAnswer(_ name: String, timeLimit: Duration, _ isCancelled: () -> Bool) -> FactAnswer? {
  guard isHostName(name) else { return .failed("“\(name)” cannot be the name of a host") }
  let lookup = HostLookup()
  startThread { lookup.finish(resolve(name)) }
  let deadline = monotonicTime() + timeLimit
  while monotonicTime() < deadline {
    if let answer = lookup.wait(milliseconds: 50) { return answer }
    if isCancelled() { return nil }
  }
  return .late(seconds: Int(timeLimit.components.seconds))
}

/// What comes of a look-up on another thread.
///
/// A class because two threads share it.
private final class HostLookup: Sendable {
  private let answer = Mutex<FactAnswer?>(nil)
  private let pipe = WakePipe()

  func finish(_ found: FactAnswer) {
    answer.withLock { $0 = found }
    pipe.wake()
  }

  func wait(milliseconds: Int32) -> FactAnswer? {
    var waiting = pollfd(fd: pipe.descriptor, events: Int16(POLLIN), revents: 0)
    poll(&waiting, 1, milliseconds)
    return answer.withLock { $0 }
  }
}

private func isHostName(_ name: String) -> Bool {
  !name.isEmpty && name.utf8.count <= 253 && !name.hasPrefix("-")
    && name.utf8.allSatisfy {
      (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || ".-_:".utf8.contains($0)
    }
}

private func resolve(_ name: String) -> FactAnswer {
  var hints = addrinfo()
  hints.ai_family = AF_UNSPEC
  #if canImport(Glibc)
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
  #else
    hints.ai_socktype = SOCK_STREAM
  #endif
  var first: UnsafeMutablePointer<addrinfo>?
  let code = getaddrinfo(name, nil, &hints, &first)
  defer { if let first { freeaddrinfo(first) } }
  guard code == 0 else {
    // -5 and -2 of glibc: there is no such name, or it has no address.
    return [EAI_NONAME, EAI_FAIL, -5].contains(code)
      ? .absent : .failed("\(name) cannot be resolved: \(String(cString: gai_strerror(code)))")
  }
  var addresses: Set<String> = []
  var entry = first
  while let each = entry {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    if getnameinfo(
      each.pointee.ai_addr, each.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
    {
      addresses.insert(String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    entry = each.pointee.ai_next
  }
  return .addresses(addresses.sorted())
}
