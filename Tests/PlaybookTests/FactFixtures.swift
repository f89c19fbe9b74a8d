import ClusterModel

@testable import Playbook

// Answers of tools, written by hand after the formats that the tools document.

func facts(_ answers: [FactQuestion: FactAnswer], isSimulated: Bool = false) -> Facts {
  var facts = Facts()
  facts.merge(answers.mapValues { Fact($0, readAt: World.now, isSimulated: isSimulated) })
  return facts
}

func facts(tool question: ToolQuestion, _ answer: FactAnswer) -> Facts { facts([.tool(question): answer]) }

func said(_ output: String, code: Int32 = 0, error: String = "") -> FactAnswer {
  .ended(code: code, output: output, errorText: error)
}

func recorded(
  _ name: String, seconds: Double = 60, isSuccess: Bool = true, hoursAgo: Int64 = 1, isSimulated: Bool = false,
  note: String = ""
) -> DeployRecord {
  var record = DeployRecord()
  record.runs[name] = DeployRecord.Run(
    endedAt: World.now.advanced(by: .seconds(-3_600 * hoursAgo)), seconds: seconds, isSuccess: isSuccess,
    isSimulated: isSimulated, note: note)
  return record
}

/// An application with all that a profile may name.
let webProfile: Profile = {
  var profile = Profile.plain
  profile.hosts = [Profile.Host("todo.local", paths: [Profile.Host.Path("/api/health", status: 200)])]
  profile.secret = Profile.SecretKeys(name: "todo-secrets", required: ["DATABASE_URL"], optional: ["OPENAI_API_KEY"])
  profile.sources.chart = Sources.Place("chart", isSample: false)
  profile.sources.chartFiles = ["Chart.yaml", "values.yaml", "templates/a.yaml"]
  profile.sources.release = "todo"
  profile.sources.root = Sources.Place(".", isSample: false)
  profile.sources.images = [
    Sources.Image(
      name: "web", image: "web:1.0", dockerfile: Sources.Place("Dockerfile", isSample: false),
      context: Sources.Place(".", isSample: false), maxMegabytes: 100)
  ]
  return profile
}()

let templateQuestion = FactQuestion.tool(
  .helmTemplate(chart: "chart", release: "todo", namespace: "todo", values: []))
let lintQuestion = ToolQuestion.helmLint(chart: "chart", values: [])
let secretQuestion = ToolQuestion.secretShape(name: "todo-secrets", namespace: "todo")
let secretKey = ObjectKey(.secrets, namespace: "todo", name: "todo-secrets")
let webKey = ObjectKey(.deployments, namespace: "todo", name: "web")
let podLog = LogTarget(namespace: "todo", pod: "web-1", container: "web")

/// What a chart gives: one Deployment, with what is said of its container.
func rendered(
  kind: String = "Deployment", environment: String = "", hardening: Bool = true, rest: String = ""
) -> String {
  let good = """
            readinessProbe: {httpGet: {path: /health, port: 8000}}
            livenessProbe: {httpGet: {path: /health, port: 8000}}
            resources: {requests: {cpu: 100m, memory: 1Gi}, limits: {cpu: 200m, memory: 1Gi}}
            securityContext: {runAsNonRoot: true}
    """
  return """
    ---
    # Source: todo-app/templates/deployment.yaml
    apiVersion: apps/v1
    kind: \(kind)
    metadata: {name: web}
    spec:
      replicas: 2
      template:
        spec:
          containers:
          - name: web
            image: web:1.0
            env: [\(environment)]
    \(hardening ? good : "")
    \(rest)
    """
}

/// The writers of a Deployment's fields, as kubectl shows them.
func ownership(_ environment: String, manager: String = "helm", more: String = "") -> String {
  """
  {"metadata":{"name":"web","labels":{},"managedFields":[{"manager":"\(manager)","operation":"Update",
  "fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:template":{"f:spec":{"f:containers":{
  "k:{\\"name\\":\\"web\\"}":{".":{},"f:name":{},"f:env":{\(environment)}}}}}}}}\(more)]}}
  """
}

/// The fields of a variable whose value stands in the object.
func literal(_ name: String) -> String { "\"k:{\\\"name\\\":\\\"\(name)\\\"}\":{\"f:name\":{},\"f:value\":{}}" }
/// The fields of a variable that comes from elsewhere.
func fromSecret(_ name: String) -> String {
  "\"k:{\\\"name\\\":\\\"\(name)\\\"}\":{\"f:name\":{},\"f:valueFrom\":{\"f:secretKeyRef\":{}}}"
}

func changed(_ object: ClusterObject, _ change: (inout Pod) -> Void) -> ClusterObject {
  guard case .pod(var pod) = object else { return object }
  change(&pod)
  return .pod(pod)
}

func changed(_ object: ClusterObject, _ change: (inout Deployment) -> Void) -> ClusterObject {
  guard case .deployment(var deployment) = object else { return object }
  change(&deployment)
  return .deployment(deployment)
}

/// A pod of the Deployment, made by its ReplicaSet, so that it counts as one of its pods.
func ownedPod(_ change: (inout Pod) -> Void = { _ in }) -> [ClusterObject] {
  var set = ReplicaSet()
  set.metadata = metadata("web-5655c45")
  set.metadata.owners = [OwnerReference(kind: "Deployment", name: "web", uid: UID("uid-todo-web"), isController: true)]
  let pod = changed(pod()) { (pod: inout Pod) in
    pod.metadata.owners = [
      OwnerReference(kind: "ReplicaSet", name: "web-5655c45", uid: set.metadata.uid, isController: true)
    ]
    change(&pod)
  }
  return [deployment(), .replicaSet(set), pod]
}

/// A pod of kube-system, by its name.
func systemPod(_ name: String, labels: [String: String] = [:], isReady: Bool = true) -> ClusterObject {
  changed(pod(isReady: isReady)) { (pod: inout Pod) in
    pod.metadata.name = name
    pod.metadata.namespace = "kube-system"
    pod.metadata.labels = labels
    pod.metadata.uid = UID(name)
  }
}
