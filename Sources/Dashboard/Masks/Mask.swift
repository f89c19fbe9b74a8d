/// What is hidden from a public screen.
package struct Mask: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  /// A mask from its bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Names of machines and hosts: nodes, hosts of ingresses, and whatever looks like a host name.
  package static let hosts = Mask(rawValue: 1)
  /// IP addresses.
  package static let addresses = Mask(rawValue: 2)
  /// Names that people gave: context, namespaces, workloads, pods, images, secrets, users.
  package static let names = Mask(rawValue: 4)
  package static let all: Mask = [.hosts, .addresses, .names]

  /// The words for the parts, in the order they are listed.
  package static let words: [(word: String, mask: Mask)] = [
    ("hosts", .hosts), ("addresses", .addresses), ("names", .names),
  ]

  /// Reads a list such as `hosts,names`; `nil` for an empty list and for a word that is none of ``words``.
  package init?(list: String) {
    self = []
    for part in list.split(separator: ",", omittingEmptySubsequences: false) {
      guard let match = Self.words.first(where: { $0.word == part }) else { return nil }
      insert(match.mask)
    }
  }

  /// The parts in words: `hosts, names`.
  package var text: String { Self.words.filter { contains($0.mask) }.map(\.word).joined(separator: ", ") }
}
