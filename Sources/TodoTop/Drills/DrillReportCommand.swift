import ClusterModel
import Operations

/// Prints the report of a drill, or of the last one.
///
/// - Returns: 0, or 1 where there is none.
func reportDrill(_ arguments: Arguments) throws -> Int32 {
  guard let folder = DrillReportFolder() else {
    throw StartProblem("There is no place for reports: set HOME or XDG_STATE_HOME.", exitCode: 1)
  }
  guard let id = arguments.drill.subject ?? folder.ids.first else {
    throw StartProblem("No drill has a report yet; todotop drill run makes one.", exitCode: 1)
  }
  guard let text = folder.read(arguments.format == .json ? .json : .markdown, of: id) else {
    throw StartProblem("There is no report of “\(id)” in \(folder.path(of: ""))", exitCode: 1)
  }
  output(text)
  return 0
}
