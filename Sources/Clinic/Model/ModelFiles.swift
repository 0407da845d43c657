import Foundation

/// What a browser loads to run the patient model: the program, and the worker that runs it.
extension StaticFile {
  /// The patient model as wasm.
  public static let model = StaticFile(
    "model.wasm",
    type: "application/wasm",
    bytes: program
  )

  /// The one script that compiles it, so that the policy of no page has to allow that.
  public static let modelWorker = StaticFile(
    "model.js",
    type: "text/javascript; charset=utf-8",
    ModelWorker.javaScript,
    compilesWasm: true
  )

  private static var program: [UInt8] {
    guard let data = Data(base64Encoded: ModelProgram.text) else {
      preconditionFailure("the program is written by a script, and a test reads it")
    }
    return Array(data)
  }
}
