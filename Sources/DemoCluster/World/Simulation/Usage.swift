/// What a container uses.
struct ContainerUsage: Sendable, Equatable {
  let container: String
  let millicores: Double
  let mebibytes: Double
}

extension World {
  /// How often the metrics server samples, in seconds.
  static let secondsBetweenSamples = 15

  /// The moment of the sample that is current at a moment.
  static func sampleTime(at moment: Moment) -> Moment {
    let period = secondsBetweenSamples * 1000
    return Moment(milliseconds: moment.milliseconds / period * period)
  }

  /// What the running containers of a pod used at the last sample; empty before the first one.
  ///
  /// A wave of ten minutes that all pods share, a slower one of their own, and noise: the same for the same pod
  /// and time, so that two requests within one sample agree.
  func usage(of pod: StoredObject, at moment: Moment) -> [ContainerUsage] {
    pod.running.compactMap { usage(of: $0, podUID: pod.uid, at: moment) }
  }

  /// What a container uses at the last sample before a moment.
  func usage(of container: RunningContainer, podUID: String, at moment: Moment) -> ContainerUsage? {
    let sample = Self.sampleTime(at: moment)
    guard sample.seconds(since: container.startedAt) >= 5, let character = images[container.image] else { return nil }
    let seed = RandomSource.hash(podUID + container.name)
    let index = sample.milliseconds / (Self.secondsBetweenSamples * 1000)
    let wave = Self.wave(seconds: sample.milliseconds / 1000, seed: seed)
    let noise = RandomSource.fraction(seed, index)
    let cpu = character.cpuMillicores
    let memory = character.memoryMebibytes
    let age = min(1, sample.seconds(since: container.startedAt) / 600)
    let cpuShare = min(1, max(0, 0.7 * wave + 0.3 * noise))
    let memoryShare = min(1, max(0, 0.35 + 0.4 * age * RandomSource.fraction(seed, 1) + 0.2 * wave + 0.05 * noise))
    return ContainerUsage(
      container: container.name,
      millicores: cpu.lowerBound + (cpu.upperBound - cpu.lowerBound) * cpuShare,
      mebibytes: memory.lowerBound + (memory.upperBound - memory.lowerBound) * memoryShare * (0.6 + 0.4 * age))
  }

  /// A triangle wave smoothed at its ends, from 0 to 1.
  private static func wave(seconds: Int, seed: UInt64) -> Double {
    func smooth(_ period: Int, _ shift: Int) -> Double {
      let phase = Double((seconds + shift) % period) / Double(period)
      let triangle = phase < 0.5 ? phase * 2 : 2 - phase * 2
      return triangle * triangle * (3 - 2 * triangle)
    }
    return 0.7 * smooth(600, 0) + 0.3 * smooth(1900, Int(seed % 1900))
  }
}
