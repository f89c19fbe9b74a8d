extension UInt8 {
  /// Whether the byte is a digit of ASCII.
  package var isASCIIDigit: Bool { (48...57).contains(self) }
  /// Whether the byte is a capital letter of ASCII.
  package var isASCIIUppercase: Bool { (65...90).contains(self) }
  /// Whether the byte is a small letter of ASCII.
  package var isASCIILowercase: Bool { (97...122).contains(self) }
  /// Whether the byte is a letter of ASCII.
  package var isASCIILetter: Bool { (97...122).contains(self | 32) }
  /// The small letter of a capital one, and every other byte as it is.
  package var lowercased: UInt8 { isASCIIUppercase ? self | 32 : self }
}
