import Dispatch

/// Runs what blocks for long (half a second of scrypt) beside the threads that answer requests.
package enum Offloading {
  package static func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: work()) }
    }
  }
}
