import ClusterModel
import Playbook

extension Check {
  func questions(_ profile: Profile, in snapshot: Snapshot) -> [FactQuestion] { questions(profile) }
}
extension Profile {
  func questions(in snapshot: Snapshot) -> Set<FactQuestion> { questions }
}
func commands(for step: RemedyStep, in context: CheckContext, programs: ToolPrograms) -> Result<
  [RemedyCommand], RemedyProblem
> {
  .failure(RemedyProblem("not yet"))
}
