import CellScreen

/// The keys for a show: they count on the main screen and in views.
let presenterCommands: [Command] = [
  Command(
    "presenter", .anywhere, keys: "P", words: ["present", "presenter"], group: .look,
    summary: "present: verdict, reason and what happens now in large letters, or not", hint: "present",
    perform: { state in
      state.isPresenting.toggle()
      state.isZoomed = false
      return []
    }),
  Command(
    "hide", .anywhere, keys: "H", words: ["hide", "mask"],
    argument: Command.Argument("PARTS", candidates: { _ in ["nothing"] + Mask.words.map(\.word) }) {
      $0.hide(parts: $1)
    }, group: .look,
    summary: "hide hosts, addresses and names for a public screen, or show them again",
    perform: { state in
      state.toggleMask()
      return []
    }),
  Command(
    "cast-keys", .anywhere, keys: "K", words: ["cast"], group: .look,
    summary: "show the last keys pressed, or not; while presenting they always are",
    perform: { state in
      state.showsKeys.toggle()
      state.notice = state.showsKeys ? "the keys you press are shown" : "keys are shown while presenting only"
      return []
    }),
]
