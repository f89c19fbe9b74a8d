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
      request.commands, environment: world.environment(of: container, in: pod), hasTerminal: request.isSet("tty"),
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
}

extension Refusal {
  /// A command in a container needs a connection in both directions.
  static let webSocketRequired = badRequest(
    "the demo cluster runs commands over WebSocket only (\(RemoteCommand.subprotocol)), which kubectl speaks since 1.31"
  )
}
