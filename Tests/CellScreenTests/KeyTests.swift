import Testing

@testable import CellScreen

struct KeyTests {
  @Test(arguments: [
    ("j", Key.char("j")), ("?", .char("?")), ("ctrl-t", .ctrl("t")), ("ctrl-space", .ctrl(" ")),
    ("shift-c", .char("C")),
    ("F5", .function(5)), ("enter", .enter), ("esc", .escape), ("space", .char(" ")), ("shift-tab", .backTab),
    ("shift-left", .shiftLeft), ("pgdn", .pageDown), ("-", .char("-")), ("ctrl-\\", .ctrl("\\")),
  ])
  func `a key is read as help text spells it`(spec: String, key: Key) {
    #expect(Key(spec: spec) == key)
  }

  @Test(arguments: ["", "F0", "F99", "ctrl-", "ctrl-ab", "shift-5", "banana", "Fx"])
  func `nonsense is no key`(spec: String) { #expect(Key(spec: spec) == nil) }

  @Test func `what a key says of itself reads back as the key`() {
    var keys: [Key] = [.enter, .escape, .tab, .backTab, .up, .down, .home, .end, .pageUp, .delete, .ctrl(" ")]
    keys += "abczABC019?/:!=[]-".map { .char($0) } + "adz".map { .ctrl($0) } + (1...12).map { .function($0) }
    for key in keys { #expect(Key(spec: key.description) == key) }
  }

  @Test func `a script is a list of keys`() throws {
    #expect(
      try KeyScript("jj<enter>/a<lt>b<ctrl-c><F5><paste:q:q>").keys == [
        .char("j"), .char("j"), .enter, .char("/"), .char("a"), .char("<"), .char("b"), .ctrl("c"), .function(5),
        .paste("q:q"),
      ])
  }

  @Test func `a script with a mistake names it`() {
    #expect(throws: KeyScript.Mistake(text: "banana")) { try KeyScript("j<banana>") }
    #expect(throws: KeyScript.Mistake(text: "enter")) { try KeyScript("j<enter") }
    #expect(throws: KeyScript.Mistake(text: "")) { try KeyScript("<>") }
  }
}
