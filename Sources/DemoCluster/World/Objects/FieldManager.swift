/// One entry of `metadata.managedFields`: who manages which fields since when.
struct FieldManager: Equatable, Sendable {
  var name: String
  /// How the manager writes: by applying a configuration, or in any other way.
  var operation: Operation
  var apiVersion: String
  /// The part of the object that is written through a path of its own; empty for the object.
  var subresource = ""
  var time: String
  var fields: FieldSet

  /// How a manager writes, in the order in which entries are shown.
  enum Operation: String, Sendable {
    case apply = "Apply"
    case update = "Update"
  }

  /// Whether two entries are the same manager's.
  func isSame(as other: FieldManager) -> Bool {
    name == other.name && operation == other.operation && apiVersion == other.apiVersion
      && subresource == other.subresource
  }

  /// The manager as messages name it.
  var words: String {
    var words = "\"\(name)\""
    if !subresource.isEmpty { words += " with subresource \"\(subresource)\"" }
    return operation == .update ? words + " using \(apiVersion)" : words
  }

  /// The order in which entries are shown: who applies first, then by time and name.
  static func isShownBefore(_ left: FieldManager, _ right: FieldManager) -> Bool {
    (left.operation.rawValue, left.time, left.name) < (right.operation.rawValue, right.time, right.name)
  }
}

extension FieldManager {
  /// Reads an entry; `nil` for what is none.
  init?(_ json: JSON) {
    guard let name = json["manager"]?.string, let version = json["apiVersion"]?.string,
      let operation = json["operation"]?.string.flatMap(Operation.init(rawValue:)), let fields = json["fieldsV1"]
    else { return nil }
    self.init(
      name: name, operation: operation, apiVersion: version, subresource: json["subresource"]?.string ?? "",
      time: json["time"]?.string ?? "", fields: FieldSet(fields))
  }

  /// The entry as objects show it.
  var json: JSON {
    var json: JSON = [
      "manager": .string(name), "operation": .string(operation.rawValue), "apiVersion": .string(apiVersion),
      "time": .string(time), "fieldsType": "FieldsV1", "fieldsV1": fields.json,
    ]
    if !subresource.isEmpty { json["subresource"] = .string(subresource) }
    return json
  }

  /// The entries of an object, as far as clients wrote them; `nil` where there are none.
  ///
  /// The controller's entry is left out: it follows from the status of the object.
  static func ofClients(_ object: JSON) -> [FieldManager]? {
    guard let entries = object["metadata", "managedFields"]?.elements, !entries.isEmpty else { return nil }
    return entries.compactMap(FieldManager.init).filter { $0.subresource != "status" }
  }
}
