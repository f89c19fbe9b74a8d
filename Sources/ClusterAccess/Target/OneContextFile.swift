import ClusterModel
import Subprocess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A kubeconfig of one context with its namespace, for a program that is to see no other cluster.
///
/// It lies in a folder that nobody else can enter and is removed by ``remove()``; where the program was killed before,
/// its next start removes it. The credentials in it pass through and are kept nowhere else.
package struct OneContextFile: Sendable {
  /// Its name in its folder.
  static let name = "kubeconfig"

  /// Where it is.
  package let path: String
  private let folder: PrivateFolder

  /// Asks kubectl for the context of a target and writes it down.
  ///
  /// - Throws: ``AccessProblem``, also where there is no kubeconfig that could be handed on.
  package init(of target: ClusterTarget, namespace: String) throws(AccessProblem) {
    try checkName(namespace, as: "namespace")
    let answer = try target.run(.oneContext, timeLimit: ClusterTarget.resolveTimeLimit)
    let text = try Self.configuration(answer.stdout, namespace: namespace)
    folder = try PrivateFolder(longestName: Self.name)
    path = "\(folder.path)/\(Self.name)"
    guard Self.write(text, to: path) else {
      folder.remove(Self.name)
      throw AccessProblem(.other, "the kubeconfig for the tool cannot be written to \(path)", nextStep: "set TMPDIR")
    }
  }

  /// Removes it.
  package func remove() { folder.remove(Self.name) }

  /// What kubectl says, with the namespace set in its only context.
  static func configuration(_ bytes: [UInt8], namespace: String) throws(AccessProblem) -> String {
    guard let document = try? DocumentValue.read(bytes), case .list(let contexts)? = document["contexts"],
      contexts.count == 1, let entry = contexts[0]["context"]
    else {
      throw AccessProblem(
        .noKubeconfig, "there is no kubeconfig with one context that could be handed to a tool",
        nextStep: "start with --kubeconfig and --context")
    }
    let context = contexts[0].setting("context", to: entry.setting("namespace", to: .text(namespace)))
    return document.setting("contexts", to: .list([context])).json + "\n"
  }

  private static func write(_ text: String, to path: String) -> Bool {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { return false }
    defer { close(file) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(file, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}

/// Inside ``OneContextFile`` the name `write` means its own function.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(file, bytes.baseAddress, bytes.count)
}

extension DocumentValue {
  /// The members with one of them set.
  fileprivate func setting(_ name: String, to value: DocumentValue) -> DocumentValue {
    guard case .members(var members) = self else { return self }
    if let index = members.firstIndex(where: { $0.name == name }) {
      members[index].value = value
    } else {
      members.append(Member(name, value))
    }
    return .members(members)
  }
}
