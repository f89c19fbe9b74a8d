import CCurl
import Subprocess

/// One exchange in progress.
///
/// A class because curl keeps a pointer to it.
final class Transfer {
  /// What curl calls it.
  let handle: UnsafeMutableRawPointer
  private let request: HTTPRequest
  private let start = monotonicTime()
  private var headers: UnsafeMutablePointer<curl_slist>?
  private var connectList: UnsafeMutablePointer<curl_slist>?
  private(set) var status: Int?
  private var retryAfter: Duration?
  private var body: [UInt8] = []
  private let buffers: BodyBuffers
  /// Parts of a stream that came and were not yet delivered.
  private var received: [UInt8] = []
  private var splitter: LineSplitter
  private var isAnnounced = false
  /// Whether nobody wants to hear of it any more.
  var isCancelled = false
  private let onLine: ((UnsafeRawBufferPointer, _ isCut: Bool) -> Void)?
  private let onOpened: (() -> Void)?
  private let onEnd: (HTTPAnswer) -> Void

  /// An exchange that is not under way yet; `nil` when curl has no memory left.
  init?(
    _ request: HTTPRequest, _ buffers: BodyBuffers, onOpened: (() -> Void)?,
    onLine: ((UnsafeRawBufferPointer, Bool) -> Void)?,
    onEnd: @escaping (HTTPAnswer) -> Void
  ) {
    guard let handle = curl_easy_init() else { return nil }
    self.handle = handle
    self.request = request
    self.buffers = buffers
    self.onOpened = onOpened
    self.onLine = onLine
    self.onEnd = onEnd
    splitter = LineSplitter(maximumLineBytes: request.lineLimitBytes)
    setOptions()
  }

  deinit {
    curl_easy_cleanup(handle)
    curl_slist_free_all(headers)
    curl_slist_free_all(connectList)
  }

  private func setOptions() {
    // The environment's proxies are for the internet, not for the cluster.
    cc_set_string(handle, CURLOPT_PROXY, "")
    cc_set_string(handle, CURLOPT_URL, request.url)
    cc_set_long(handle, CURLOPT_NOSIGNAL, 1)
    cc_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
    cc_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(HTTPRequest.connectTimeLimit))
    if let limit = request.timeLimit { cc_set_long(handle, CURLOPT_TIMEOUT_MS, milliseconds(limit)) }
    if let path = request.socketPath { cc_set_string(handle, CURLOPT_UNIX_SOCKET_PATH, path) }
    if request.isConnectionFresh {
      cc_set_long(handle, CURLOPT_FRESH_CONNECT, 1)
      cc_set_long(handle, CURLOPT_FORBID_REUSE, 1)
    }
    if !request.verifiesCertificate {
      cc_set_long(handle, CURLOPT_SSL_VERIFYPEER, 0)
      cc_set_long(handle, CURLOPT_SSL_VERIFYHOST, 0)
    }
    if request.readsCertificate {
      cc_set_long(handle, CURLOPT_CERTINFO, 1)
      cc_set_long(handle, CURLOPT_MAXLIFETIME_CONN, Int(HTTPRequest.certificateConnectionLife.components.seconds))
    }
    headers = curl_slist_append(nil, "Accept: \(request.accept)")
    headers = curl_slist_append(headers, "User-Agent: todotop")
    cc_set_list(handle, CURLOPT_HTTPHEADER, headers)
    if let address = request.connectTo {
      connectList = curl_slist_append(nil, address)
      cc_set_list(handle, CURLOPT_CONNECT_TO, connectList)
    }
    let context = Unmanaged.passUnretained(self).toOpaque()
    cc_on_body(handle, receiveBody, context)
    cc_on_head(handle, receiveHead, context)
    cc_set_pointer(handle, CURLOPT_PRIVATE, context)
  }

  private func milliseconds(_ duration: Duration) -> Int { Int(duration.pollMilliseconds) }

  /// Takes a line of the answer's head.
  fileprivate func takeHead(_ line: String) {
    if line.hasPrefix("HTTP/") {
      status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    } else if line.lowercased().hasPrefix("retry-after:") {
      let value = line.dropFirst("retry-after:".count).filter { !$0.isWhitespace }
      retryAfter = Int(value).map { .seconds(max(0, min($0, 3_600))) }
    }
  }

  /// Takes a part of the body; false when it is too large.
  fileprivate func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if isStream {
      received.append(contentsOf: bytes)
    } else {
      if body.isEmpty { body = buffers.take() }
      guard body.count + bytes.count <= request.bodyLimitBytes else { return false }
      body.append(contentsOf: bytes)
    }
    return true
  }

  private var isStream: Bool { onLine != nil && status == 200 }

  /// Delivers what came since the last time; curl must not be at work, so that new requests can be made.
  func deliver() {
    guard isStream, !isCancelled else { return }
    if !isAnnounced {
      isAnnounced = true
      onOpened?()
    }
    guard !received.isEmpty else { return }
    let bytes = received
    received = []
    var splitter = splitter
    self.splitter = LineSplitter(maximumLineBytes: request.lineLimitBytes)
    bytes.withUnsafeBytes { chunk in
      splitter.take(chunk) { line, isCut in
        if !isCancelled { onLine?(line, isCut) }
      }
    }
    self.splitter = splitter
  }

  /// Delivers the end.
  func finish(_ code: CURLcode) {
    deliver()
    guard !isCancelled else { return }
    isCancelled = true
    var failure = code == CURLE_OK ? nil : HTTPFailure(code)
    if failure == nil && isStream && splitter.isInsideLine {
      if request.takesOpenLine { splitter.finish { onLine?($0, $1) } } else { failure = .cut }
    }
    var answer = HTTPAnswer(
      status: status, body: body, retryAfter: retryAfter, failure: failure, latency: monotonicTime() - start)
    if request.readsCertificate { answer.certificate = shownCertificate }
    body = []
    onEnd(answer)
    buffers.give(&answer.body)
  }
}

private func receiveBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ one: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let bytes, let context else { return 0 }
  let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  return transfer.takeBody(UnsafeRawBufferPointer(start: bytes, count: one * count)) ? one * count : 0
}

private func receiveHead(
  _ bytes: UnsafeMutablePointer<CChar>?, _ one: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let bytes, let context else { return 0 }
  let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: one * count), as: UTF8.self)
  Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().takeHead(line)
  return one * count
}
