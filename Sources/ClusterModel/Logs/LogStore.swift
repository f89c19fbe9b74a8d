/// The lines of many containers, in the order of time, as compact bytes with a limit.
///
/// Bytes lie in chunks in the order of arrival; entries that point to them lie in blocks in the order of the screen.
/// A line that comes late is put in its place by its time, but never before an earlier line of its container.
package struct LogStore: Sendable {
  /// How much is kept when nobody says otherwise, entries counted in.
  package static let usualBytesMax = 128 << 20
  /// Bytes are kept in pieces of this size; a longer line has a piece of its own.
  static let chunkBytes = 256 << 10
  /// So many entries begin a new block; a block that grows to twice as many is split.
  static let blockEntries = 4_096
  /// How many runs of containers are told apart; later ones share the last place.
  package static let runsMax = 4_096

  private struct Chunk: Sendable {
    var bytes: [UInt8] = []
    /// How many entries still point here.
    var entries = 0
  }

  /// How much is kept, in bytes.
  package let bytesMax: Int
  private var chunks: [Chunk] = []
  /// The number of the first chunk that is there.
  private var firstChunk = 0
  private(set) var blocks: [[LogEntry]] = []
  package private(set) var runs: [LogRun] = []
  private var runNumbers: [LogRun: Int] = [:]
  /// The number of each run's container.
  private var containerOfRun: [Int] = []
  private var containerNumbers: [LogTarget: Int] = [:]
  /// What the last line of each container is sorted by.
  private var lastKeys: [Int64] = []
  /// How many entries there are.
  package private(set) var count = 0
  /// How many lines came.
  package private(set) var linesTaken = 0
  /// How many lines were dropped because the limit was reached: always the oldest.
  package private(set) var linesDropped = 0
  /// The memory that chunks and entries take.
  package private(set) var bytes = 0

  /// An empty store.
  package init(bytesMax: Int = LogStore.usualBytesMax) { self.bytesMax = max(bytesMax, 4 * Self.chunkBytes) }

  // MARK: - Adding

  /// The number of a run of a container.
  package mutating func number(of run: LogRun) -> Int {
    if let number = runNumbers[run] { return number }
    guard runs.count < Self.runsMax else { return runs.count - 1 }
    runs.append(run)
    runNumbers[run] = runs.count - 1
    containerOfRun.append(containerNumber(of: run))
    return runs.count - 1
  }

  private mutating func containerNumber(of run: LogRun) -> Int {
    let target = LogTarget(namespace: run.namespace, pod: run.pod, container: run.container)
    if let number = containerNumbers[target] { return number }
    lastKeys.append(.min)
    containerNumbers[target] = lastKeys.count - 1
    return lastKeys.count - 1
  }

  /// Adds a line of a run of a container; a line without a time comes last.
  @discardableResult
  package mutating func add(_ text: String, run: Int, time: Timestamp?) -> LogEntry {
    let container = containerOfRun[run]
    let key = max(lastKeys[container], time?.nanoseconds ?? newestKey)
    lastKeys[container] = key
    linesTaken += 1
    return insert(text, key: key, time: time, run: run, kind: .line)
  }

  /// Adds a seam or a mark where its time puts it.
  @discardableResult
  package mutating func add(_ kind: LogEntry.Kind, _ text: String, at time: Timestamp) -> LogEntry {
    insert(text, key: time.nanoseconds, time: time, run: 0, kind: kind)
  }

  /// What a line that comes last is sorted by.
  private var newestKey: Int64 { blocks.last?.last?.ref.key ?? 0 }

  private mutating func insert(_ text: String, key: Int64, time: Timestamp?, run: Int, kind: LogEntry.Kind) -> LogEntry
  {
    var text = text
    let (place, length, level) = text.withUTF8 { bytes in
      (keep(bytes), bytes.count, kind == .line ? LogLevel(of: bytes) : .none)
    }
    let entry = LogEntry(
      ref: LogRef(key: key, place: place), nanoseconds: time?.nanoseconds ?? .min, length: UInt32(length),
      run: UInt16(run), level: level, kind: kind)
    count += 1
    bytes += MemoryLayout<LogEntry>.stride
    put(entry)
    dropOldest()
    return entry
  }

  /// Keeps bytes and gives their place.
  private mutating func keep(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    if chunks.isEmpty || chunks[chunks.count - 1].bytes.count + text.count >= Self.chunkBytes {
      var chunk = Chunk()
      let capacity = max(Self.chunkBytes, text.count + 1)
      chunk.bytes.reserveCapacity(capacity)
      bytes += capacity
      chunks.append(chunk)
    }
    let index = chunks.count - 1
    let offset = chunks[index].bytes.count
    chunks[index].bytes.append(contentsOf: text)
    // What is looked for never has a line end, so no hit reaches over two lines.
    chunks[index].bytes.append(0x0A)
    chunks[index].entries += 1
    return UInt64(firstChunk + index) << 32 | UInt64(offset)
  }

  private mutating func put(_ entry: LogEntry) {
    if let last = blocks.last?.last, last.ref < entry.ref {
      if blocks[blocks.count - 1].count < Self.blockEntries {
        blocks[blocks.count - 1].append(entry)
      } else {
        blocks.append([entry])
      }
      return
    }
    guard !blocks.isEmpty else { return blocks.append([entry]) }
    let place = firstPlace(notBefore: entry.ref)
    blocks[place.block].insert(entry, at: place.index)
    if blocks[place.block].count >= 2 * Self.blockEntries {
      blocks.insert(Array(blocks[place.block][Self.blockEntries...]), at: place.block + 1)
      blocks[place.block].removeSubrange(Self.blockEntries...)
    }
  }

  /// Takes the newest entry away, if it is that and no line; its bytes stay until their chunk goes.
  package mutating func removeLast(_ ref: LogRef) -> Bool {
    guard let last = blocks.last?.last, last.ref == ref, last.kind != .line else { return false }
    blocks[blocks.count - 1].removeLast()
    if blocks[blocks.count - 1].isEmpty { blocks.removeLast() }
    count -= 1
    bytes -= MemoryLayout<LogEntry>.stride
    release(last)
    return true
  }

  // MARK: - Dropping

  /// Drops the oldest entries until the limit is kept, many at a time.
  private mutating func dropOldest() {
    guard bytes > bytesMax else { return }
    let aim = bytesMax - bytesMax / 64
    while bytes > aim, count > 1 {
      let number = min(blocks[0].count, count - 1, 256)
      for entry in blocks[0].prefix(number) { release(entry) }
      blocks[0].removeFirst(number)
      if blocks[0].isEmpty { blocks.removeFirst() }
      count -= number
      bytes -= number * MemoryLayout<LogEntry>.stride
    }
    let empty = chunks.dropLast().prefix { $0.entries == 0 }.count
    chunks.removeFirst(empty)
    firstChunk += empty
  }

  private mutating func release(_ entry: LogEntry) {
    if entry.kind == .line { linesDropped += 1 }
    let index = entry.ref.chunk - firstChunk
    chunks[index].entries -= 1
    guard chunks[index].entries == 0, index < chunks.count - 1 else { return }
    bytes -= max(Self.chunkBytes, chunks[index].bytes.count)
    chunks[index].bytes = []
  }
}

// MARK: - Reading

extension LogStore {
  /// Where an entry stands: its block, and its place in it.
  package struct Place: Hashable, Sendable {
    var block: Int
    var index: Int
  }

  /// Lends the bytes of an entry.
  package func withBytes<Result>(of entry: LogEntry, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    chunks[entry.ref.chunk - firstChunk].bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[entry.ref.offset..<entry.ref.offset + Int(entry.length)]))
    }
  }

  /// Lends all bytes of a chunk, lines with their ends.
  package func withChunk<Result>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    chunks[number - firstChunk].bytes.withUnsafeBufferPointer(body)
  }

  /// The text of an entry, or its beginning.
  package func text(of entry: LogEntry, bytesMax: Int = .max) -> String {
    withBytes(of: entry) { String(decoding: $0.prefix(bytesMax), as: UTF8.self) }
  }

  /// The entry at a place.
  package subscript(place: Place) -> LogEntry { blocks[place.block][place.index] }

  /// The entry of a ref; `nil` once it was dropped.
  package subscript(ref: LogRef) -> LogEntry? {
    guard !blocks.isEmpty else { return nil }
    let place = firstPlace(notBefore: ref)
    guard place.index < blocks[place.block].count, self[place].ref == ref else { return nil }
    return self[place]
  }

  /// The first and the last ref; `nil` when there are no entries.
  package var first: LogRef? { blocks.first?.first?.ref }
  package var last: LogRef? { blocks.last?.last?.ref }

  /// The place of the last entry before a ref.
  package func place(before ref: LogRef) -> Place? {
    guard !blocks.isEmpty else { return nil }
    return previous(of: firstPlace(notBefore: ref))
  }

  /// The place of the first entry behind a ref.
  package func place(after ref: LogRef) -> Place? {
    guard !blocks.isEmpty else { return nil }
    var place = firstPlace(notBefore: ref)
    if place.index < blocks[place.block].count, self[place].ref == ref { place.index += 1 }
    if place.index < blocks[place.block].count { return place }
    return place.block + 1 < blocks.count ? Place(block: place.block + 1, index: 0) : nil
  }

  /// The place before another.
  package func previous(of place: Place) -> Place? {
    if place.index > 0 { return Place(block: place.block, index: place.index - 1) }
    return place.block > 0 ? Place(block: place.block - 1, index: blocks[place.block - 1].count - 1) : nil
  }

  /// How many entries stand before a ref.
  package func rank(of ref: LogRef) -> Int {
    guard !blocks.isEmpty else { return 0 }
    let place = firstPlace(notBefore: ref)
    return blocks.prefix(place.block).reduce(0) { $0 + $1.count } + place.index
  }

  /// The ref of the entry with so many before it.
  package func ref(rank: Int) -> LogRef? {
    var rest = rank
    for block in blocks {
      if rest < block.count { return rest >= 0 ? block[rest].ref : nil }
      rest -= block.count
    }
    return nil
  }

  /// The place of the first entry that is not before a ref; behind the last one where all are.
  func firstPlace(notBefore ref: LogRef) -> Place {
    var (low, high) = (0, blocks.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle][blocks[middle].count - 1].ref < ref { low = middle + 1 } else { high = middle }
    }
    let block = low
    (low, high) = (0, blocks[block].count)
    while low < high {
      let middle = (low + high) / 2
      if blocks[block][middle].ref < ref { low = middle + 1 } else { high = middle }
    }
    return Place(block: block, index: low)
  }
}
