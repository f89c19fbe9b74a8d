import ClusterModel

@testable import Playbook

/// Applies a JSON patch as RFC 6902 says; `nil` where a test fails or a place does not exist.
func applying(_ operations: [PatchOperation], to document: DocumentValue) -> DocumentValue? {
  operations.reduce(document as DocumentValue?) { result, operation in
    result.flatMap { applying(operation, to: $0) }
  }
}

private func applying(_ operation: PatchOperation, to document: DocumentValue) -> DocumentValue? {
  let value = operation.value.flatMap { try? DocumentValue.read(Array(jsonText($0).utf8)) }
  if operation.op == .test {
    guard let found = document[pointer: operation.path], let value, found.isSame(as: value) else { return nil }
    return document
  }
  let parts = operation.path.split(separator: "/").map {
    $0.split(separator: "~1", omittingEmptySubsequences: false).joined(separator: "/")
  }
  return write(parts[...], operation.op, value, in: document)
}

private func write(
  _ path: ArraySlice<String>, _ operation: PatchOperation.Operation, _ value: DocumentValue?, in document: DocumentValue
) -> DocumentValue? {
  guard let name = path.first else { return nil }
  let isLast = path.count == 1
  switch document {
  case .members(var members):
    let index = members.firstIndex { $0.name == name }
    if !isLast {
      guard let index, let inner = write(path.dropFirst(), operation, value, in: members[index].value) else {
        return nil
      }
      members[index].value = inner
    } else if operation == .remove {
      guard let index else { return nil }
      members.remove(at: index)
    } else if let index {
      guard let value else { return nil }
      members[index].value = value
    } else {
      guard let value, operation == .add else { return nil }
      members.append(DocumentValue.Member(name, value))
    }
    return .members(members)
  case .list(var list):
    guard let index = Int(name) else { return nil }
    if isLast, operation == .add, let value, index <= list.count {
      list.insert(value, at: index)
      return .list(list)
    }
    guard list.indices.contains(index) else { return nil }
    if !isLast {
      guard let inner = write(path.dropFirst(), operation, value, in: list[index]) else { return nil }
      list[index] = inner
    } else if operation == .remove {
      list.remove(at: index)
    } else if let value {
      list[index] = value
    }
    return .list(list)
  default: return nil
  }
}
