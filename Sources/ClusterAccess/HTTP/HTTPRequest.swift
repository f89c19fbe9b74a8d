import CCurl
import ClusterModel

/// One GET; nothing else is ever sent.
struct HTTPRequest {
  var url: String
  /// The unix socket the server listens on; `nil` for the address in the URL.
  var socketPath: String?
  var accept = "application/json"
  /// How long the whole exchange may take; `nil` for a stream without end.
  var timeLimit: Duration?
  /// A larger body ends the transfer.
  var bodyLimitBytes = Self.maximumBodyBytes
  /// A longer line of a stream is cut.
  var lineLimitBytes = Self.maximumLineBytes
  /// Whether a stream may end in the middle of a line, which is then a line like the others.
  var takesOpenLine = false
  /// Another address to connect to, as curl takes it: `::10.0.0.1:80`.
  var connectTo: String?
  /// Whether it goes over a connection of its own, as the first request of a user does.
  var isConnectionFresh = false
  /// Whether the server has to prove who it is.
  var verifiesCertificate = true
  /// Whether the answer tells what certificate the server showed.
  var readsCertificate = false

  /// The largest body: a page of 500 objects of the largest size the API server stores.
  static let maximumBodyBytes = 512 << 20
  /// The longest line of a watch: one object of the largest size with room for its escapes.
  static let maximumLineBytes = 16 << 20
  /// How long connecting may take.
  static let connectTimeLimit: Duration = .seconds(3)
  /// How long a connection is used again whose certificate is of interest: a new one shows only on a new connection.
  static let certificateConnectionLife: Duration = .seconds(300)
}

/// The end of an exchange.
struct HTTPAnswer {
  /// The status; `nil` when there was no answer.
  var status: Int?
  /// The body; of a stream only what came with another status than 200.
  var body: [UInt8]
  /// How long the server asks to wait before the next try.
  var retryAfter: Duration?
  /// Why the exchange broke off; `nil` when it came to its end.
  var failure: HTTPFailure?
  var latency: Duration
  /// What the server showed; `nil` on a connection that was used before, and without encryption.
  var certificate: ServerCertificate?
}

/// Why an exchange broke off.
enum HTTPFailure: Hashable {
  case cannotConnect
  case timedOut
  /// The stream ended without its last part.
  case cut
  case tooLarge
  case other(String)

  init(_ code: CURLcode) {
    self =
      switch code {
      case CURLE_COULDNT_CONNECT: .cannotConnect
      case CURLE_OPERATION_TIMEDOUT: .timedOut
      case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_SEND_ERROR: .cut
      case CURLE_WRITE_ERROR: .tooLarge
      default: .other(String(cString: curl_easy_strerror(code)))
      }
  }

  /// In words, as the end of a sentence.
  var words: String {
    switch self {
    case .cannotConnect: "connection refused"
    case .timedOut: "no answer in time"
    case .cut: "the stream broke off"
    case .tooLarge: "the answer is too large"
    case .other(let words): words
    }
  }
}
