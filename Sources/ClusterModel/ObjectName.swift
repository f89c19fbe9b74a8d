/// Whether Kubernetes allows it as the name of an object (RFC 1123): what is not one is never put into a command.
public func isObjectName(_ name: String) -> Bool {
  let isLetterOrDigit: (UInt8) -> Bool = { $0.isASCIILowercase || $0.isASCIIDigit }
  return name.utf8.count <= 253 && name.utf8.first.map(isLetterOrDigit) == true
    && name.utf8.last.map(isLetterOrDigit) == true
    && name.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
}
