import JSON

extension ObjectDecoding {
  func pod(_ json: JSONValue, _ metadata: ObjectMetadata) -> Pod {
    var pod = Pod()
    pod.metadata = metadata
    if let spec = json["spec"] { takeSpec(spec, &pod) }
    if let status = json["status"] { takeStatus(status, &pod) }
    return pod
  }

  private func takeSpec(_ spec: JSONValue, _ pod: inout Pod) {
    pod.nodeName = text(spec["nodeName"])
    pod.schedulingGates = list(spec["schedulingGates"]) { optionalText($0["name"]) }
    pod.readinessGates = list(spec["readinessGates"]) { optionalText($0["conditionType"]) }
    pod.restartPolicy = optionalText(spec["restartPolicy"]) ?? "Always"
    pod.priorityClassName = text(spec["priorityClassName"])
    pod.terminationGracePeriodSeconds = count(spec["terminationGracePeriodSeconds"])
    pod.containers = parts.containers(list(spec["containers"], container))
    pod.initContainers = list(spec["initContainers"], container)
    pod.overhead = amounts(spec["overhead"])
    pod.volumeReferences = parts.volumeReferences(volumeReferences(spec["volumes"]))
  }

  private func takeStatus(_ status: JSONValue, _ pod: inout Pod) {
    pod.phase = text(status["phase"])
    pod.reason = text(status["reason"])
    pod.message = message(status["message"])
    pod.podIP = text(status["podIP"])
    pod.hostIP = text(status["hostIP"])
    pod.qosClass = text(status["qosClass"])
    pod.startTime = moment(status["startTime"])
    pod.conditions = conditions(status["conditions"])
    pod.containerStatuses = list(status["containerStatuses"], containerStatus)
    pod.initContainerStatuses = list(status["initContainerStatuses"], containerStatus)
  }

  private func containerStatus(_ json: JSONValue) -> ContainerStatus? {
    guard json.isObject else { return nil }
    var status = ContainerStatus()
    status.name = text(json["name"])
    status.image = text(json["image"])
    status.imageID = text(json["imageID"])
    status.isReady = flag(json["ready"])
    status.isStarted = json["started"]?.bool
    status.restartCount = count(json["restartCount"]) ?? 0
    status.state = state(json["state"])
    status.lastState = state(json["lastState"])
    return status
  }

  private func state(_ json: JSONValue?) -> ContainerState {
    guard let json else { return .absent }
    if let running = json["running"] { return .running(startedAt: moment(running["startedAt"])) }
    if let waiting = json["waiting"] {
      return .waiting(reason: text(waiting["reason"]), message: message(waiting["message"]))
    }
    guard let terminated = json["terminated"] else { return .absent }
    var end = Termination()
    end.reason = text(terminated["reason"])
    end.message = message(terminated["message"])
    end.exitCode = number(terminated["exitCode"]) ?? 0
    end.signal = number(terminated["signal"]) ?? 0
    end.startedAt = moment(terminated["startedAt"])
    end.finishedAt = moment(terminated["finishedAt"])
    return .terminated(end)
  }

  func volumeReferences(_ json: JSONValue?) -> [VolumeReference] {
    guard let json else { return [] }
    var references: [VolumeReference] = []
    for volume in json.elements {
      let name = text(volume["name"])
      takeSource(volume, of: name, &references)
      if let claim = optionalText(volume["persistentVolumeClaim"]?["claimName"]) {
        references.append(
          VolumeReference(volume: name, kind: "PersistentVolumeClaim", name: claim, isOptional: false))
      }
      if let sources = volume["projected"]?["sources"] {
        for source in sources.elements { takeSource(source, of: name, &references) }
      }
    }
    return references
  }
}

extension ObjectDecoding {
  private func takeSource(_ source: JSONValue, of volume: String, _ references: inout [VolumeReference]) {
    if let secret = source["secret"], let name = optionalText(secret["secretName"] ?? secret["name"]) {
      references.append(
        VolumeReference(volume: volume, kind: "Secret", name: name, isOptional: flag(secret["optional"])))
    }
    // Every namespace has the cluster's certificate, and every pod mounts it: nothing is learnt from that.
    if let map = source["configMap"], let name = optionalText(map["name"]), name != "kube-root-ca.crt" {
      references.append(
        VolumeReference(volume: volume, kind: "ConfigMap", name: name, isOptional: flag(map["optional"])))
    }
  }
}
