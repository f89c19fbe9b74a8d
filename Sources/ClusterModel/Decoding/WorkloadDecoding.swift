import JSON

extension ObjectDecoding {
  func deployment(_ json: JSONValue, _ metadata: ObjectMetadata) -> Deployment {
    var deployment = Deployment()
    deployment.metadata = metadata
    if let spec = json["spec"] {
      deployment.replicas = count(spec["replicas"]) ?? 1
      deployment.selector = selector(spec["selector"])
      deployment.isPaused = flag(spec["paused"])
      deployment.minReadySeconds = count(spec["minReadySeconds"]) ?? 0
      deployment.progressDeadlineSeconds = count(spec["progressDeadlineSeconds"])
      deployment.revisionHistoryLimit = count(spec["revisionHistoryLimit"])
      deployment.strategy = optionalText(spec["strategy"]?["type"]) ?? "RollingUpdate"
      let rolling = spec["strategy"]?["rollingUpdate"]
      deployment.maxSurge = countOrPercent(rolling?["maxSurge"]) ?? .percent(25)
      deployment.maxUnavailable = countOrPercent(rolling?["maxUnavailable"]) ?? .percent(25)
      deployment.template = template(spec["template"])
    }
    guard let status = json["status"] else { return deployment }
    deployment.observedGeneration = status["observedGeneration"]?.integer ?? 0
    deployment.statusReplicas = count(status["replicas"]) ?? 0
    deployment.updatedReplicas = count(status["updatedReplicas"]) ?? 0
    deployment.readyReplicas = count(status["readyReplicas"]) ?? 0
    deployment.availableReplicas = count(status["availableReplicas"]) ?? 0
    deployment.unavailableReplicas = count(status["unavailableReplicas"]) ?? 0
    deployment.conditions = conditions(status["conditions"])
    return deployment
  }

  func replicaSet(_ json: JSONValue, _ metadata: ObjectMetadata) -> ReplicaSet {
    var set = ReplicaSet()
    set.metadata = metadata
    if let spec = json["spec"] {
      set.replicas = count(spec["replicas"]) ?? 1
      set.selector = selector(spec["selector"])
      set.template = template(spec["template"])
    }
    guard let status = json["status"] else { return set }
    set.statusReplicas = count(status["replicas"]) ?? 0
    set.fullyLabeledReplicas = count(status["fullyLabeledReplicas"]) ?? 0
    set.readyReplicas = count(status["readyReplicas"]) ?? 0
    set.availableReplicas = count(status["availableReplicas"]) ?? 0
    set.observedGeneration = status["observedGeneration"]?.integer ?? 0
    set.conditions = conditions(status["conditions"])
    return set
  }

  func statefulSet(_ json: JSONValue, _ metadata: ObjectMetadata) -> StatefulSet {
    var set = StatefulSet()
    set.metadata = metadata
    if let spec = json["spec"] {
      set.replicas = count(spec["replicas"]) ?? 1
      set.selector = selector(spec["selector"])
      set.template = template(spec["template"])
      set.updateStrategy = optionalText(spec["updateStrategy"]?["type"]) ?? "RollingUpdate"
      let rolling = spec["updateStrategy"]?["rollingUpdate"]
      set.hasRollingUpdateOptions = rolling != nil
      set.partition = count(rolling?["partition"])
    }
    guard let status = json["status"] else { return set }
    set.observedGeneration = status["observedGeneration"]?.integer ?? 0
    set.statusReplicas = count(status["replicas"]) ?? 0
    set.readyReplicas = count(status["readyReplicas"]) ?? 0
    set.availableReplicas = count(status["availableReplicas"]) ?? 0
    set.currentReplicas = count(status["currentReplicas"]) ?? 0
    set.updatedReplicas = count(status["updatedReplicas"]) ?? 0
    set.currentRevision = text(status["currentRevision"])
    set.updateRevision = text(status["updateRevision"])
    set.conditions = conditions(status["conditions"])
    return set
  }

  func daemonSet(_ json: JSONValue, _ metadata: ObjectMetadata) -> DaemonSet {
    var set = DaemonSet()
    set.metadata = metadata
    if let spec = json["spec"] {
      set.selector = selector(spec["selector"])
      set.template = template(spec["template"])
      set.updateStrategy = optionalText(spec["updateStrategy"]?["type"]) ?? "RollingUpdate"
    }
    guard let status = json["status"] else { return set }
    set.observedGeneration = status["observedGeneration"]?.integer ?? 0
    set.desiredNumberScheduled = count(status["desiredNumberScheduled"]) ?? 0
    set.currentNumberScheduled = count(status["currentNumberScheduled"]) ?? 0
    set.updatedNumberScheduled = count(status["updatedNumberScheduled"]) ?? 0
    set.numberReady = count(status["numberReady"]) ?? 0
    set.numberAvailable = count(status["numberAvailable"]) ?? 0
    set.numberMisscheduled = count(status["numberMisscheduled"]) ?? 0
    set.conditions = conditions(status["conditions"])
    return set
  }

  func job(_ json: JSONValue, _ metadata: ObjectMetadata) -> Job {
    var job = Job()
    job.metadata = metadata
    if let spec = json["spec"] {
      job.completions = count(spec["completions"])
      job.parallelism = count(spec["parallelism"])
      job.backoffLimit = count(spec["backoffLimit"])
      job.isSuspended = flag(spec["suspend"])
      job.template = template(spec["template"])
    }
    guard let status = json["status"] else { return job }
    job.active = count(status["active"]) ?? 0
    job.succeeded = count(status["succeeded"]) ?? 0
    job.failed = count(status["failed"]) ?? 0
    job.startTime = moment(status["startTime"])
    job.completionTime = moment(status["completionTime"])
    job.conditions = conditions(status["conditions"])
    return job
  }
}
