extension World {
  /// Creates a pod from a template, as the controller that owns it would.
  mutating func createPod(
    from template: JSON, in namespace: String, namePrefix: String, owner: Controller
  ) -> StoredObject {
    let name = namePrefix + random.suffix(5)
    var metadata: JSON = ["name": .string(name), "generateName": .string(namePrefix)]
    metadata["namespace"] = .string(namespace)
    metadata["labels"] = template["metadata", "labels"]
    metadata["annotations"] = template["metadata", "annotations"]
    metadata["ownerReferences"] = [owner.reference]
    return createPod(["metadata": metadata, "spec": template["spec"] ?? .object([])])
  }

  /// Creates a pod as the API server admits it: pending, with a token volume and tolerations.
  @discardableResult
  mutating func createPod(_ pod: JSON) -> StoredObject {
    var pod = pod
    pod["spec"] = Self.admittedSpec(pod["spec"] ?? .object([]), token: random.suffix(5))
    pod["status"] = ["phase": "Pending", "qosClass": .string(Self.qualityOfService(of: pod))]
    let created = create(.pods, pod)
    let reference = PodReference(key: created.key, uid: created.uid)
    if let node = pod["spec", "nodeName"]?.string {
      // A pod that names its node needs no scheduler.
      place(created.uid, on: node, NodeShare(requestedBy: pod))
      plan(after: 0.1, .preparePod(reference))
    } else {
      plan(after: 0.02, .schedulePod(reference))
    }
    return created
  }

  /// What admission adds to the spec of a pod: the volume of its token, tolerations, priority.
  static func admittedSpec(_ given: JSON, token: String) -> JSON {
    var spec = given
    let volume = "kube-api-access-" + token
    spec["volumes"] = .array((given["volumes"]?.elements ?? []) + [tokenVolume(volume)])
    let mount: JSON = [
      "name": .string(volume), "readOnly": true, "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount",
    ]
    for list in ["initContainers", "containers"] {
      guard let containers = given[list]?.elements else { continue }
      spec[list] = .array(
        containers.map { container in
          var container = container
          container["volumeMounts"] = .array((container["volumeMounts"]?.elements ?? []) + [mount])
          return container
        })
    }
    let account = given["serviceAccountName"] ?? "default"
    spec["serviceAccountName"] = account
    spec["serviceAccount"] = account
    spec["tolerations"] =
      given["tolerations"]
      ?? .array(
        ["not-ready", "unreachable"].map {
          [
            "key": .string("node.kubernetes.io/" + $0), "operator": "Exists", "effect": "NoExecute",
            "tolerationSeconds": 300,
          ]
        })
    spec["priority"] = given["priority"] ?? 0
    spec["enableServiceLinks"] = true
    spec["preemptionPolicy"] = "PreemptLowerPriority"
    return spec
  }

  private static func tokenVolume(_ name: String) -> JSON {
    let token: JSON = ["serviceAccountToken": ["expirationSeconds": 3607, "path": "token"]]
    let authority: JSON = [
      "configMap": ["name": "kube-root-ca.crt", "items": [["key": "ca.crt", "path": "ca.crt"]]]
    ]
    let namespace: JSON = [
      "downwardAPI": [
        "items": [["path": "namespace", "fieldRef": ["apiVersion": "v1", "fieldPath": "metadata.namespace"]]]
      ]
    ]
    return [
      "name": .string(name), "projected": ["sources": [token, authority, namespace], "defaultMode": 420],
    ]
  }
}
