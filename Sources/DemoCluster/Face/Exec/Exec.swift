extension API {
  /// Answers `…/pods/NAME/exec`: a command begins in a container.
  func execAnswer(_ request: Request, _ key: ObjectKey) throws -> Answer {
    guard let stored = world.store.object(.pods, key) else { throw Refusal.notFound(.pods, key.name) }
    let pod = stored.object
    let name = try containerName(request, pod, key)
    guard pod["spec", "nodeName"] != nil else {
      throw Refusal.badRequest("pod \(key.name) does not have a host assigned")
    }
    guard let program = request.commands.first, !program.isEmpty else {
      throw Refusal.invalid(
        "PodExecOptions", group: "", "", [.init("FieldValueRequired", "Required value", field: "command")])
    }
    guard let upgrade = request.upgrade, upgrade.subprotocols.contains(RemoteCommand.subprotocol) else {
      throw Refusal.webSocketRequired
    }
    let reference = ContainerReference(
      pod: PodReference(key: key, uid: stored.uid), name: name,
      run: pod.containerStatus(name)?["restartCount"]?.integer ?? 0)
    return Answer(
      status: 101, contentType: "",
      content: .command(command(request, in: reference, of: pod), key: upgrade.key))
  }

  private func command(_ request: Request, in reference: ContainerReference, of pod: JSON) -> RemoteCommand {
    guard world.runningStatus(reference) != nil, let container = pod.container(reference.name) else {
      return RemoteCommand(
        container: reference,
        failure: "Internal error occurred: unable to upgrade connection: container not found (\"\(reference.name)\")")
    }
    let process = ContainerProcess(
      request.commands, environment: environment(of: container, in: pod), hasTerminal: request.isSet("tty"),
      readsInput: request.isSet("stdin"))
    guard let process else {
      let identity = RandomSource.hash(reference.pod.uid + String(world.now.milliseconds))
      var source = RandomSource(seed: identity)
      return RemoteCommand(
        container: reference,
        failure: "Internal error occurred: Internal error occurred: error executing command in container: failed to "
          + "exec in container: failed to start exec \"\(source.hexadecimal(64))\": OCI runtime exec failed: exec "
          + "failed: unable to start container process: \(ContainerProcess.notFound(request.commands[0])): unknown")
    }
    return RemoteCommand(container: reference, process: process)
  }

  /// The variables that a container sees.
  func environment(of container: JSON, in pod: JSON) -> [(name: String, value: String)] {
    let namespace = pod["metadata", "namespace"]?.string ?? ""
    var variables: [(name: String, value: String)] = [
      ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
      ("HOSTNAME", pod["metadata", "name"]?.string ?? ""),
    ]
    for source in container["envFrom"]?.elements ?? [] {
      let prefix = source["prefix"]?.string ?? ""
      for (field, kind) in [("configMapRef", ResourceKind.configMaps), ("secretRef", .secrets)] {
        guard let name = source[field]?["name"]?.string else { continue }
        variables += configuration(kind, name, in: namespace).map { (prefix + $0.name, $0.value) }
      }
    }
    for variable in container["env"]?.elements ?? [] {
      guard let name = variable["name"]?.string else { continue }
      variables.append((name, value(of: variable, in: pod)))
    }
    variables += [
      ("KUBERNETES_SERVICE_HOST", "10.96.0.1"), ("KUBERNETES_SERVICE_PORT", "443"), ("HOME", "/root"),
    ]
    return variables
  }

  private func value(of variable: JSON, in pod: JSON) -> String {
    if let value = variable["value"]?.string { return value }
    let namespace = pod["metadata", "namespace"]?.string ?? ""
    for (field, kind) in [("configMapKeyRef", ResourceKind.configMaps), ("secretKeyRef", .secrets)] {
      guard let reference = variable["valueFrom"]?[field], let name = reference["name"]?.string else { continue }
      let key = reference["key"]?.string
      return configuration(kind, name, in: namespace).first { $0.name == key }?.value ?? ""
    }
    return variable.value(at: "valueFrom.fieldRef.fieldPath")?.string.flatMap { pod.value(at: $0)?.string } ?? ""
  }

  private func configuration(
    _ kind: ResourceKind, _ name: String, in namespace: String
  ) -> [(name: String, value: String)] {
    let object = world.store.object(kind, ObjectKey(namespace: namespace, name: name))?.object
    return (object?["data"]?.members ?? []).map { member in
      let text = member.value.string ?? ""
      guard kind == .secrets else { return (member.name, text) }
      return (member.name, String(decoding: Base64.bytes(text) ?? [], as: UTF8.self))
    }
  }
}

extension Refusal {
  /// A command in a container needs a connection in both directions.
  static let webSocketRequired = badRequest(
    "the demo cluster runs commands over WebSocket only (\(RemoteCommand.subprotocol)), which kubectl speaks since 1.31"
  )
}
