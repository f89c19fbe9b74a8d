extension API {
  /// Lists objects, page by page where a limit is given.
  ///
  /// Later pages show the present state with the version of the first page: whoever watches from that version is
  /// told everything that happened meanwhile, so nothing is lost.
  func listAnswer(_ request: Request, _ target: Target) throws -> Answer {
    let selection = try Selection(namespace: target.namespace, request: request, kind: target.kind)
    let table = world.store.table(target.kind)
    var version = world.store.resourceVersion
    let asked = try request.version()
    if let asked, asked > version {
      throw Refusal.versionTooLarge(asked, current: version)
    }
    var candidates = table.entries(in: target.namespace)
    if let text = request.query["continue"], !text.isEmpty {
      guard asked ?? 0 == 0 else {
        throw Refusal.badRequest("specifying resource version is not allowed when using continue")
      }
      guard let token = ContinueToken(text) else {
        throw Refusal.badRequest("continue key is not valid: illegal base64 data or unexpected form")
      }
      if token.version >= 0, token.version < table.oldestWatchableVersion {
        throw Refusal.continueTooOld(next: ContinueToken(version: -1, start: token.start).text)
      }
      if token.version > 0 { version = token.version }
      candidates = candidates[max(candidates.startIndex, min(candidates.endIndex, table.lowerBound(token.start)))...]
    }
    let limit = try request.checkedNumber("limit").flatMap { $0 > 0 ? $0 : nil } ?? Int.max
    var page: [StoredObject] = []
    var index = candidates.startIndex
    while index < candidates.endIndex, page.count < limit {
      if selection.matches(candidates[index]) { page.append(candidates[index]) }
      index += 1
    }
    var metadata: JSON = ["resourceVersion": .string(String(version))]
    if index < candidates.endIndex {
      metadata["continue"] = .string(ContinueToken(version: version, start: candidates[index].key).text)
      let isSelective = request.query["labelSelector"] != nil || request.query["fieldSelector"] != nil
      if !isSelective { metadata["remainingItemCount"] = .integer(candidates.endIndex - index) }
    }
    let writer = ObjectWriter(kind: target.kind, form: request.form, now: world.now, rows: request.rows)
    return .json(writer.pieces(page, metadata: metadata))
  }

  /// Starts a watch.
  func watchAnswer(_ request: Request, _ target: Target) throws -> Answer {
    var selection = try Selection(namespace: target.namespace, request: request, kind: target.kind)
    if let name = target.name { selection.only(name) }
    let stream = try WatchStream(
      kind: target.kind, selection: selection, form: request.form, options: WatchOptions(request), world: world)
    return Answer(status: 200, contentType: "application/json", content: .stream(stream))
  }
}

extension Selection {
  /// Narrows the selection to one name.
  mutating func only(_ name: String) { require(FieldRequirement(path: "metadata.name", value: name, isEqual: true)) }
}
