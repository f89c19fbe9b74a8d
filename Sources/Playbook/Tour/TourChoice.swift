/// Which tour counts, and what is said about the choice.
package struct TourChoice: Sendable {
  private let own: TourText?
  private let builtIn: TourText?
  /// What is wrong with the file that was to be used.
  private let problem: ProfileProblem?

  /// No tour at all.
  package init() { (own, builtIn, problem) = (nil, nil, nil) }

  /// Reads the user's tour, if there is one, and the one that comes with the program.
  ///
  /// - Parameter words: The words of TodoTop that a step may perform.
  package init(own file: ProfileChoice.File?, builtIn yaml: String, words: [String]) {
    builtIn = try? TourText(yaml: yaml, file: "tour.yaml", words: words)
    var read: (TourText?, ProfileProblem?) = (nil, nil)
    if let file {
      do throws(ProfileProblem) {
        guard let text = file.text else { throw ProfileProblem(unreadable: file.path) }
        read.0 = try TourText(yaml: text, file: file.path, words: words)
      } catch {
        read.1 = error
      }
    }
    (own, problem) = read
  }

  /// The tour for a profile, with a sentence where it is not the one that the user wrote; `nil` where there is none.
  ///
  /// A broken file never prevents anything: the tour that comes with the program takes its place.
  package func tour(for profile: Profile) -> (tour: Tour, notice: String)? {
    let problem = problem ?? own?.problem(with: profile)
    guard let text = problem == nil ? own ?? builtIn : builtIn else { return nil }
    return (text.tour.resolved(for: profile), problem.map { "\($0); the built-in tour is used instead" } ?? "")
  }

  /// What is wrong with the user's tour, whatever the profile; empty where nothing is.
  package var notice: String { problem.map { "\($0); the built-in tour is used instead" } ?? "" }
}
