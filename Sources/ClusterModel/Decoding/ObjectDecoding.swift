import JSON

/// Reads objects of every kind out of JSON; aspects in one file for each group of kinds.
struct ObjectDecoding {
  let texts = TextCache()
  let parts = SharedParts()

  /// How many bytes of a message are kept: some carry whole stack traces.
  static let messageLimit = 4_096

  /// The object, or `nil` for what is no object or has no name.
  func object(_ kind: ResourceKind, _ json: JSONValue) -> ClusterObject? {
    guard let metadataJSON = json["metadata"] else { return nil }
    let metadata = metadata(metadataJSON)
    guard !metadata.name.isEmpty else { return nil }
    return switch kind {
    case .pods: .pod(pod(json, metadata))
    case .deployments: .deployment(deployment(json, metadata))
    case .replicaSets: .replicaSet(replicaSet(json, metadata))
    case .statefulSets: .statefulSet(statefulSet(json, metadata))
    case .daemonSets: .daemonSet(daemonSet(json, metadata))
    case .jobs: .job(job(json, metadata))
    case .services: .service(service(json, metadata))
    case .endpointSlices: .endpointSlice(endpointSlice(json, metadata))
    case .ingresses: .ingress(ingress(json, metadata))
    case .events: .event(event(json, metadata))
    case .horizontalPodAutoscalers: .horizontalPodAutoscaler(autoscaler(json, metadata))
    case .podDisruptionBudgets: .podDisruptionBudget(budget(json, metadata))
    case .nodes: .node(node(json, metadata))
    case .ingressClasses: .ingressClass(ingressClass(json, metadata))
    case .configMaps: .configMap(metadata)
    case .secrets: .secret(metadata)
    case .podMetrics: .podMetrics(podMetrics(json, metadata))
    case .nodeMetrics: .nodeMetrics(nodeMetrics(json, metadata))
    }
  }

  /// A string that may repeat; empty where there is none.
  func text(_ json: JSONValue?) -> String {
    json?.withStringBytes { texts.text($0) } ?? ""
  }

  /// A string that may repeat; `nil` where there is none.
  func optionalText(_ json: JSONValue?) -> String? { json?.withStringBytes { texts.text($0) } }

  /// A string that hardly repeats, cut at a limit; empty where there is none.
  func message(_ json: JSONValue?) -> String {
    json?.withStringBytes { bytes in
      guard bytes.count > Self.messageLimit else { return String(decoding: bytes, as: UTF8.self) }
      return String(decoding: bytes.prefix(Self.messageLimit), as: UTF8.self) + "…"
    } ?? ""
  }

  /// A count; negative ones are zero, large ones are the largest the API can mean.
  func count(_ json: JSONValue?) -> Int? {
    json?.integer.map { min(max($0, 0), Int(Int32.max)) }
  }

  /// A number within the API's range of 32 bits, with its sign.
  func number(_ json: JSONValue?) -> Int? {
    json?.integer.map { min(max($0, Int(Int32.min)), Int(Int32.max)) }
  }

  func moment(_ json: JSONValue?) -> Timestamp? {
    json?.withStringBytes { Timestamp(rfc3339: $0) } ?? nil
  }

  func flag(_ json: JSONValue?) -> Bool { json?.bool ?? false }

  /// The elements of an array, read one by one; empty where it is missing or of another type.
  func list<Element>(_ json: JSONValue?, _ read: (JSONValue) -> Element?) -> [Element] {
    guard let json else { return [] }
    var list: [Element] = []
    // Thousands of these lists are kept: growing them would leave up to half of each unused.
    list.reserveCapacity(json.elementCount)
    for element in json.elements {
      if let element = read(element) { list.append(element) }
    }
    return list
  }

  func texts(_ json: JSONValue?) -> [String] { list(json) { optionalText($0) } }

  /// The members of an object whose values are strings.
  func pairs(_ json: JSONValue?) -> [String: String] {
    guard let json else { return [:] }
    var pairs: [String: String] = [:]
    for (key, value) in json.members {
      if let value = optionalText(value) { pairs[texts.text(key)] = value }
    }
    return pairs
  }

  func amounts(_ json: JSONValue?) -> ResourceAmounts {
    guard let json else { return ResourceAmounts() }
    return ResourceAmounts(
      cpuMillicores: quantity(json["cpu"], Quantity.millicores), memoryBytes: quantity(json["memory"], Quantity.units))
  }

  /// A quantity, which may also be written as a bare number.
  func quantity(_ json: JSONValue?, _ read: (UnsafeBufferPointer<UInt8>) -> Int?) -> Int? {
    guard let json else { return nil }
    if let amount = json.withStringBytes(read) { return amount }
    guard let number = json.integer else { return nil }
    var text = String(number)
    return text.withUTF8(read)
  }
}
