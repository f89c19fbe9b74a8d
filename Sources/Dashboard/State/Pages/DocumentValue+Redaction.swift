import ClusterModel

extension DocumentValue {
  /// The document without what looks like a secret: in texts, and in what is named like one.
  func redacted() -> DocumentValue {
    let isSecret = self["kind"]?.asText == "Secret"
    return redacted(named: "", isSecretData: false, isSecret: isSecret)
  }

  private func redacted(named name: String, isSecretData: Bool, isSecret: Bool) -> DocumentValue {
    switch self {
    case .null, .bool: return self
    case .number: return isSecretData ? Self.hidden : self
    case .text(let text):
      if isSecretData || namesSecret(name, text) { return Self.hidden }
      return .text(ClusterModel.redacted(text))
    case .list(let list):
      return .list(list.map { $0.redacted(named: name, isSecretData: isSecretData, isSecret: false) })
    case .members(let members):
      // A variable of an environment says in one member what the other is.
      let variable = self["name"]?.asText ?? ""
      return .members(
        members.map { member in
          let isData = isSecretData || isSecret && ["data", "stringData"].contains(member.name)
          let name = member.name == "value" && !variable.isEmpty ? variable : member.name
          return Member(member.name, member.value.redacted(named: name, isSecretData: isData, isSecret: false))
        })
    }
  }

  private static let hidden = DocumentValue.text("•••")
}

/// Whether a value is hidden because of its name alone.
private func namesSecret(_ name: String, _ value: String) -> Bool {
  guard !name.isEmpty, !value.isEmpty else { return false }
  return ClusterModel.redacted("\(name)=x") != "\(name)=x"
}
