import CYAML

/// Reads the documents of a YAML text, by libyaml's events.
///
/// Documents without content are left out, so an empty text has none.
///
/// - Parameter bytes: UTF-8.
/// - Throws: ``YAMLError`` at the first mistake, or where a limit is passed.
package func yamlDocuments(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) throws(YAMLError) -> [YAMLNode] {
  guard bytes.count <= limits.bytes else {
    throw YAMLError(YAMLPlace(line: 1, column: 1), "the text is larger than \(limits.bytes) bytes")
  }
  // libyaml keeps the address of the text and of its own parts, so nothing may move meanwhile.
  return try bytes.span.withUnsafeBufferPointer { text throws(YAMLError) in
    var reader = YAMLReader(text, limits)
    defer { reader.finish() }
    return try reader.documents()
  }
}

/// Builds nodes from events; lives only as long as the text it was lent.
struct YAMLReader {
  /// A node that aliases can stand for.
  private struct Anchor {
    let node: YAMLNode
    let size: Int
    let height: Int
  }

  /// A node with what it adds to the limits.
  private typealias Sized = (node: YAMLNode, size: Int, height: Int)

  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  private var event = yaml_event_t()
  private let limits: YAMLLimits
  private var anchors: [String: Anchor] = [:]
  /// Anchors of nodes that have begun and not ended.
  private var open: Set<String> = []
  private var nodeCount = 0
  private var aliasCount = 0

  init(_ text: UnsafeBufferPointer<UInt8>, _ limits: YAMLLimits) {
    self.limits = limits
    precondition(yaml_parser_initialize(parser) == 1, "out of memory")
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  /// Gives back the parser's memory.
  mutating func finish() {
    yaml_event_delete(&event)
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// Everything up to the end of the text.
  mutating func documents() throws(YAMLError) -> [YAMLNode] {
    var documents: [YAMLNode] = []
    while true {
      try step()
      switch event.type {
      case YAML_STREAM_END_EVENT: return documents
      case YAML_DOCUMENT_START_EVENT:
        (anchors, open) = ([:], [])
        try step()
        let root = try node(depth: 1).node
        if !root.isEmpty { documents.append(root) }
      default: continue
      }
    }
  }

  /// Takes the next event.
  private mutating func step() throws(YAMLError) {
    yaml_event_delete(&event)
    guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxError }
  }

  private var place: YAMLPlace { YAMLPlace(event.start_mark) }

  /// The node that the present event begins.
  private mutating func node(depth: Int) throws(YAMLError) -> Sized {
    guard depth <= limits.depth else { throw YAMLError(place, "this is nested more than \(limits.depth) levels deep") }
    if event.type == YAML_ALIAS_EVENT { return try alias(depth: depth) }
    nodeCount += 1
    try checkCount()
    try refuseTag()
    let name = anchorName
    if let name { open.insert(name) }
    let begin = place
    let built: Sized
    switch event.type {
    case YAML_SEQUENCE_START_EVENT: built = try sequence(from: begin, depth: depth)
    case YAML_MAPPING_START_EVENT: built = try mapping(from: begin, depth: depth)
    default: built = (YAMLNode(content: scalar, place: begin), 1, 1)
    }
    if let name {
      open.remove(name)
      anchors[name] = Anchor(node: built.node, size: built.size, height: built.height)
    }
    return built
  }

  private mutating func sequence(from begin: YAMLPlace, depth: Int) throws(YAMLError) -> Sized {
    var (elements, size, height): ([YAMLNode], Int, Int) = ([], 1, 0)
    while true {
      try step()
      if event.type == YAML_SEQUENCE_END_EVENT {
        return (YAMLNode(content: .sequence(elements), place: begin), size, height + 1)
      }
      let element = try node(depth: depth + 1)
      elements.append(element.node)
      size += element.size
      height = max(height, element.height)
    }
  }

  private mutating func mapping(from begin: YAMLPlace, depth: Int) throws(YAMLError) -> Sized {
    var (members, size, height): ([YAMLMember], Int, Int) = ([], 1, 0)
    var lines: [String: Int] = [:]
    while true {
      try step()
      if event.type == YAML_MAPPING_END_EVENT {
        return (YAMLNode(content: .mapping(members), place: begin), size, height + 1)
      }
      let (key, keyPlace) = try key()
      if let line = lines.updateValue(keyPlace.line, forKey: key) {
        throw YAMLError(keyPlace, "the key \"\(key)\" comes twice in one mapping, first on line \(line)")
      }
      try step()
      let value = try node(depth: depth + 1)
      members.append(YAMLMember(key: key, place: keyPlace, value: value.node))
      size += value.size + 1
      height = max(height, value.height)
    }
  }

  /// The name that the present event gives a member.
  private mutating func key() throws(YAMLError) -> (String, YAMLPlace) {
    guard event.type == YAML_SCALAR_EVENT else { throw YAMLError(place, "a key must be a single value") }
    nodeCount += 1
    try checkCount()
    try refuseTag()
    guard case .scalar(let text, let isQuoted) = scalar else { throw YAMLError(place, "a key must be a single value") }
    if text == "<<", !isQuoted {
      throw YAMLError(place, "merge keys (<<) are not supported; write the members out")
    }
    return (text, place)
  }

  /// What an alias stands for: a copy, counted as if it were written out.
  private mutating func alias(depth: Int) throws(YAMLError) -> Sized {
    let name = event.data.alias.anchor.map(Self.string) ?? ""
    aliasCount += 1
    guard aliasCount <= limits.aliases else {
      throw YAMLError(place, "there are more than \(limits.aliases) aliases")
    }
    guard !open.contains(name) else { throw YAMLError(place, "the alias *\(name) stands for a value that contains it") }
    guard let anchor = anchors[name] else { throw YAMLError(place, "there is no anchor &\(name) before this alias") }
    nodeCount += anchor.size
    try checkCount()
    guard depth + anchor.height - 1 <= limits.depth else {
      throw YAMLError(place, "this is nested more than \(limits.depth) levels deep")
    }
    return (anchor.node, anchor.size, anchor.height)
  }

  private func checkCount() throws(YAMLError) {
    guard nodeCount <= limits.nodes else {
      throw YAMLError(place, "there are more than \(limits.nodes) values, with aliases written out")
    }
  }
}

extension YAMLReader {
  /// The name by which aliases can mean the present node.
  private var anchorName: String? {
    switch event.type {
    case YAML_SCALAR_EVENT: event.data.scalar.anchor.map(Self.string)
    case YAML_SEQUENCE_START_EVENT: event.data.sequence_start.anchor.map(Self.string)
    case YAML_MAPPING_START_EVENT: event.data.mapping_start.anchor.map(Self.string)
    default: nil
    }
  }

  /// Tags would give values a meaning that nobody here knows; `!!str` says what quotes say.
  private func refuseTag() throws(YAMLError) {
    let tag =
      switch event.type {
      case YAML_SCALAR_EVENT: event.data.scalar.tag
      case YAML_SEQUENCE_START_EVENT: event.data.sequence_start.tag
      case YAML_MAPPING_START_EVENT: event.data.mapping_start.tag
      default: nil as UnsafeMutablePointer<yaml_char_t>?
      }
    guard let text = tag.map(Self.string), text != "tag:yaml.org,2002:str", text != "!" else { return }
    throw YAMLError(YAMLPlace(event.start_mark), "tags such as \(text) are not supported")
  }

  private var scalar: YAMLNode.Content {
    let scalar = event.data.scalar
    guard let start = scalar.value else { return .scalar(text: "", isQuoted: false) }
    let text = String(decoding: UnsafeBufferPointer(start: start, count: scalar.length), as: UTF8.self)
    let isQuoted = scalar.style != YAML_PLAIN_SCALAR_STYLE || scalar.tag != nil
    return .scalar(text: text, isQuoted: isQuoted)
  }

  private static func string(_ text: UnsafeMutablePointer<yaml_char_t>) -> String {
    String(decoding: UnsafeBufferPointer(start: text, count: strlen(text)), as: UTF8.self)
  }

  private static func strlen(_ text: UnsafeMutablePointer<yaml_char_t>) -> Int {
    var length = 0
    while text[length] != 0 { length += 1 }
    return length
  }

  /// What libyaml has against the text.
  private var syntaxError: YAMLError {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be read"
    guard parser.pointee.error == YAML_READER_ERROR else {
      let context = parser.pointee.context.map { String(cString: $0) + ": " } ?? ""
      return YAMLError(YAMLPlace(parser.pointee.problem_mark), "not YAML: \(context)\(problem)")
    }
    // The reader runs ahead of the marks and knows only bytes.
    return YAMLError(
      YAMLPlace(parser.pointee.mark), "not YAML: \(problem) at byte \(parser.pointee.problem_offset + 1)")
  }
}

extension YAMLPlace {
  /// The place of libyaml's mark, which counts from 0.
  fileprivate init(_ mark: yaml_mark_t) { self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1) }
}
