import ClusterAccess
import ClusterModel
import Dashboard

/// Asks which contexts there are; the answer is an action.
func askContexts(_ arguments: Arguments, isStart: Bool) -> Background<Action> {
  let options = TargetOptions(arguments, nil)
  return Background {
    do {
      return .contextsRead(try ClusterTarget.contexts(options), problem: "", isStart: isStart)
    } catch {
      return .contextsRead([], problem: "\(error)", isStart: isStart)
    }
  }
}

/// Asks which namespaces there are; the answer is an action.
func askNamespaces(_ target: ClusterTarget?) -> Background<Action>? {
  guard let target else { return nil }
  return Background {
    do {
      return .namespacesRead(try target.namespaces(), problem: "")
    } catch {
      return .namespacesRead([], problem: "\(error)")
    }
  }
}

/// Asks what the user may do; where nobody says the server decides.
func askRights(_ target: ClusterTarget) -> Background<Action> {
  Background { .rightsRead(try? target.rights(), namespace: target.namespace) }
}

/// Reads a text about one object; the answer is an action, also where it cannot be read.
func readText(_ wanted: ObjectText, _ target: ClusterTarget?) -> Action {
  guard let target else {
    return .textRead(wanted, .problem("A recording holds no whole objects: only a cluster can be asked for them."))
  }
  do {
    switch wanted.form {
    case .yaml: return .textRead(wanted, .document(try target.object(wanted.object)))
    case .description: return .textRead(wanted, .text(try target.description(of: wanted.object)))
    }
  } catch {
    return .textRead(wanted, .problem("\(error)"))
  }
}
