import CCurl
import ClusterModel

extension Transfer {
  /// What the server's own certificate says, as far as the library behind curl tells.
  var shownCertificate: ServerCertificate? {
    var fields: [String: String] = [:]
    var line = cc_certificate(handle)
    while let current = line?.pointee {
      let text = current.data.map { String(cString: $0) } ?? ""
      let parts = text.split(separator: ":", maxSplits: 1)
      // The libraries spell the names with different capitals.
      if parts.count == 2 { fields[parts[0].lowercased()] = String(parts[1]) }
      line = current.next
    }
    guard let end = fields["expire date"] else { return nil }
    let seconds = curl_getdate(end, nil)
    guard seconds > 0 else { return nil }
    let isSelfSigned = fields["subject"] != nil && fields["subject"] == fields["issuer"]
    return ServerCertificate(expiresAt: Timestamp(seconds: Int64(seconds)), isSelfSigned: isSelfSigned)
  }
}
