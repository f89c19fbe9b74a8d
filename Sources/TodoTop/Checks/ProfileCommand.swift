import ClusterModel
import Playbook

/// Prints the profile that counts, with all that was found for it, or says whether a file is a good profile.
///
/// - Returns: 0, or 2 for a file that is none.
func profile(_ arguments: Arguments) throws -> Int32 {
  let choice = try ProfileSource(arguments).choice(for: Snapshot())
  if let problem = choice.problem {
    complain("\(problem)")
    return 2
  }
  switch arguments.profileVerb {
  case .print: output(choice.profile.yaml)
  case .validate:
    let checks = choice.profile.checks.count
    let name = choice.profile.name.isEmpty ? "the generic profile" : choice.profile.name
    output("\(name): \(choice.profile.phases.count) phases, \(checks) checks, no mistake\n")
  }
  return 0
}
