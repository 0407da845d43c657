import PumpLink

extension Span<UInt8> {
  var array: [UInt8] { (0..<count).map { self[$0] } }
}

extension Bytes32 {
  init(_ bytes: [UInt8]) {
    self.init()
    for (index, byte) in bytes.prefix(32).enumerated() { self[index] = byte }
  }

  var array: [UInt8] { (0..<32).map { self[$0] } }
}

extension WireBytes {
  init(_ array: [UInt8]) {
    self.init()
    for (index, byte) in array.enumerated() { bytes[index] = byte }
    count = array.count
  }

  var array: [UInt8] { (0..<count).map { bytes[$0] } }
}
