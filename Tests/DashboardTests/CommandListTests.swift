import CellScreen
import ClusterModel
import Testing

@testable import Dashboard

@Suite struct CommandListTests {
  @Test func `no key has two meanings in a scope, and every command says what it does`() {
    var seen: [Command.Scope: Set<Key>] = [:]
    var ids: Set<String> = []
    for command in Command.all {
      #expect(!command.summary.isEmpty)
      #expect(command.summary.first?.isLowercase == true)
      #expect(!command.keys.isEmpty || !command.words.isEmpty, "\(command.id) cannot be reached")
      #expect(ids.insert(command.id).inserted, "\(command.id) stands twice")
      for key in command.keys {
        #expect(seen[command.scope, default: []].insert(key).inserted, "\(key) has two meanings in \(command.scope)")
      }
    }
    #expect(seen[.screen, default: []].isDisjoint(with: seen[.anywhere, default: []]))
  }

  @Test func `no word has two meanings`() {
    var seen: Set<String> = []
    for word in Command.all.flatMap(\.words) {
      #expect(seen.insert(word).inserted, ":\(word) has two meanings")
      #expect(word.allSatisfy { $0.isLowercase || $0 == "-" })
    }
  }

  /// The keys that the design promises, with what they mean.
  @Test(arguments: [
    ("? F1", "help"), ("F5", "deploy"), ("F6 r", "restart"), ("F7 !", "drill"), ("F8 u", "undo"),
    ("F9 ctrl-d ctrl-k", "delete"), ("F10", "quit"), ("q", "quit-here"), ("enter d", "details"), ("esc", "back"),
    ("/", "filter"), (":", "command"), ("tab", "next-panel"), ("z", "zoom"), ("l 7", "logs"), ("p", "previous-logs"),
    ("y", "yaml"), ("s", "scale"), ("c", "copy-name"), ("=", "changes"), ("ctrl-t", "arm"), ("ctrl-z", "suspend"),
    ("ctrl-r", "refresh"), ("ctrl-s", "save"), ("ctrl-g", "panic"), ("shift-j", "owner"), ("0", "overview"),
    ("[", "back-in-history"),
  ])
  func `every key of the design is there`(keys: String, id: String) throws {
    for spec in keys.split(separator: " ") {
      let key = try #require(Key(spec: String(spec)))
      let found = Command.find(key, in: .screen) ?? Command.find(key, in: .anywhere)
      #expect(found?.id == id, "\(spec)")
    }
  }

  @Test(arguments: [
    ("plain-1.2", "plain-1.2"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''"), ("$(x)", "'$(x)'"),
  ])
  func `a word for the shell stays one word`(word: String, quoted: String) { #expect(shellWord(word) == quoted) }
}

/// Every key somebody may press, wherever the keys go.
@Suite struct EveryKeyTests {
  static let keys: [Key] =
    (32...126).compactMap { Unicode.Scalar($0).map { .char(Character($0)) } }
    + "abcdefghijklmnopqrstuvwxyz\\]^_ ".map { .ctrl($0) } + (1...Key.functionMax).map { .function($0) }
    + [
      .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end, .pageUp,
      .pageDown, .shiftLeft, .shiftRight, .shiftUp, .shiftDown, .paste("q\ny"), .paste(""), .char("é"), .char("作"),
    ]

  /// Scripts that lead to every place where keys may go.
  static let places = [
    "1", "2", "3", "4", "5", "6", "z", "?", "<enter>", "l", ":theme<enter>", ":ns<enter>", ":ctx<enter>", "/", "/x",
    ":", ":the", ":theme ", ":theme<enter>/", "q", ":nonsense<enter>", "y", "=", "<enter>w", "<enter>/",
    "<enter>/a<enter>", "l/", "l&!x", "p", "4r", "4s", "4i", "4b", "<ctrl-d>", "4r<tab>", "<ctrl-t>",
    "!", "3!/D02<enter>", ":drills<enter>", "5!/D02<enter>",
  ]

  /// Every place with the usual data, and some with what is unusual.
  static let cases: [(Scene, String)] =
    places.map { (Scene.todo, $0) }
    + [Scene.broken, .empty, .waiting].flatMap { scene in ["1", "4", "6", "<enter>", "l"].map { (scene, $0) } }

  @Test(arguments: cases)
  func `every key changes something, has an effect or says why not`(scene: Scene, place: String) throws {
    let state = try press(place, in: scene.make(Size(columns: 80, rows: 24))).state
    var clean = state
    clean.notice = ""
    let before = draw(clean)
    for key in Self.keys {
      var after = clean
      let effects = reduce(&after, .key(key), at: clean.now)
      if !effects.isEmpty || !after.notice.isEmpty { continue }
      let isSilent = draw(after) == before
      #expect(!isSilent, "\(key) after \(place) in \(scene.name)")
    }
  }

  @Test func `a stranger finds help, the way out, the command line and the filter at 80 columns`() {
    for scene in Scene.all {
      let footer = draw(scene.make(Size(columns: 80, rows: 24))).text().split(separator: "\n").last ?? ""
      for hint in ["? help", "q quit", ": command", "/ filter"] { #expect(footer.contains(hint), "\(scene.name)") }
    }
  }
}
