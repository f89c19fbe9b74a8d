/// Why a text cannot be read as YAML, or why it does not say what was expected.
package struct YAMLError: Error, Equatable, CustomStringConvertible {
  /// Where it is noticed.
  package let place: YAMLPlace
  /// What is wrong: one sentence without its place and without a full stop.
  package let sentence: String
  /// The word that is not known there, where that is what is wrong.
  package let unknownWord: String?
  /// The words that are known there, to find the nearest.
  package let knownWords: [String]

  /// What is wrong at a place.
  package init(_ place: YAMLPlace, _ sentence: String) {
    self.place = place
    self.sentence = sentence
    (unknownWord, knownWords) = (nil, [])
  }

  /// A word that is not known where others are.
  package init(_ place: YAMLPlace, unknown word: String, of kind: String, known: [String]) {
    self.place = place
    sentence = "there is no \(kind) \"\(word)\"; there are \(known.joined(separator: ", "))"
    (unknownWord, knownWords) = (word, known)
  }

  /// Place and sentence, to go after the name of the file: `12:3: the key "name" comes twice`.
  package var description: String { "\(place.line):\(place.column): \(sentence)" }
}
