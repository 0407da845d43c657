import NIOPosix

/// Carries bytes between pumps' ports and the clinic, over HTTP that it begins itself: where it
/// stands nothing listens.
public struct Relay: Sendable {
  let lines: [RelayLine]
  let clinic: RelayClinic
  let call: @Sendable (RelayLine) async throws -> any PumpPort
  let sleep: @Sendable (Int64) async throws -> Void
  let tell: @Sendable (String) -> Void

  /// - Parameters:
  ///   - lines: all pumps' ways.
  ///   - clinic: where to.
  ///   - call: calls a pump; by its address without.
  ///   - sleep: waits so many ms; throws where its task is cancelled.
  ///   - tell: takes lines of the log; they hold no byte of what is carried.
  public init(
    _ lines: [RelayLine],
    to clinic: RelayClinic,
    call: (@Sendable (RelayLine) async throws -> any PumpPort)? = nil,
    sleep: @escaping @Sendable (Int64) async throws -> Void,
    tell: @escaping @Sendable (String) -> Void
  ) {
    self.lines = lines
    self.clinic = clinic
    self.call = call ?? { try await PumpSocket($0, .singletonMultiThreadedEventLoopGroup) }
    self.sleep = sleep
    self.tell = tell
  }

  /// Carries until its task is cancelled.
  public func run() async {
    await withTaskGroup(of: Void.self) { tasks in
      for line in lines {
        tasks.addTask {
          await LineMover(
            line: line,
            clinic: clinic,
            group: .singletonMultiThreadedEventLoopGroup,
            connect: call,
            sleep: sleep,
            tell: tell
          ).run()
        }
      }
      await tasks.waitForAll()
    }
  }
}
