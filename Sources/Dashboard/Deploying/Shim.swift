import Playbook
func commands(for step: RemedyStep, in context: CheckContext, programs: ToolPrograms) -> Result<[RemedyCommand], RemedyProblem> {
  .failure(RemedyProblem("not yet"))
}
