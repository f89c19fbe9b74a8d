import ClusterModel

extension ClusterDecoder {
  /// Reads one page of a list held in an array.
  mutating func page(_ kind: ResourceKind, _ bytes: [UInt8]) throws(DecodingProblem) -> ListPage {
    try bytes.withUnsafeBytes { bytes in Result { () throws(DecodingProblem) in try page(kind, bytes) } }.get()
  }

  /// Reads what `kubectl get … -o json` printed, held in an array.
  mutating func dump(_ bytes: [UInt8]) throws(DecodingProblem) -> Dump {
    try bytes.withUnsafeBytes { bytes in Result { () throws(DecodingProblem) in try dump(bytes) } }.get()
  }
}
