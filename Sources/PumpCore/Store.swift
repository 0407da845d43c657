import Quantities

/// What a boot found of the stored state.
enum StoredState: Equatable, Sendable {
  /// The last state, and the strokes booked since.
  case whole(strokesSince: Int64)
  /// A newer state was stored and is corrupt; this is the one before it.
  case stale
  /// No slot holds a whole state.
  case lost
}

/// Keeps state, program and book in the pump's memory, so that a cut at any write leaves the old or
/// the new state and never a blend (SR-074, SR-090, H-40, H-56).
///
/// A program is taken into force by one commit word: its first copy is written, then the state that
/// names it, then its twin. Whoever starts after a cut takes the program that the newest whole state
/// names, and rewrites the copy that is not it.
@usableFromInline
struct Store: Sendable {
  /// The number of the state stored last.
  private var sequence: Int64 = 0
  /// The number of the program in force.
  private var programSequence: Int64 = 0
  @usableFromInline var book = StrokeBook(state: 0, strokes: 0, time: 0)
  private var scratch = InlineArray<6144, UInt8>(repeating: 0)

  init() {}

  private static func stateSlot(_ sequence: Int64) -> Slot {
    Slot(
      offset: StoreLayout.state(Int(sequence & 1)),
      capacity: StoreLayout.stateBytes
    )
  }

  private static func programSlot(_ copy: Int) -> Slot {
    Slot(offset: StoreLayout.program(copy), capacity: StoreLayout.programBytes)
  }

  // MARK: Writing

  /// Makes void what a memory holds of a pump before, and opens the book of this one.
  func begin(_ memory: inout some PumpMemory) {
    writeBook(0, &memory)
    writeBook(1, &memory)
    for slot in 0..<2 {
      Self.stateSlot(Int64(slot)).clear(&memory)
      Self.programSlot(slot).clear(&memory)
    }
  }

  /// Stores the state of the controller; from then on the book counts anew.
  ///
  /// - Returns: whether it reads back.
  mutating func commit(
    _ controller: inout Controller,
    _ memory: inout some PumpMemory
  ) -> Bool {
    var bytes = scratch.mutableSpan
    var cursor = FieldCursor(
      reading: false,
      from: Slot.headerBytes,
      to: StoreLayout.stateBytes
    )
    cursor.code(&programSequence, &bytes)
    controller.codeState(&cursor, &bytes)
    precondition(!cursor.failed, "the slot is large enough for any state")
    let written = Self.stateSlot(sequence + 1).write(
      &bytes,
      length: cursor.offset - Slot.headerBytes,
      sequence: sequence + 1,
      &memory
    )
    guard written else { return false }
    sequence += 1
    book = StrokeBook(state: sequence, strokes: 0, time: controller.time.milliseconds)
    writeBook(0, &memory)
    writeBook(1, &memory)
    controller.committed()
    return true
  }

  private func writeBook(_ copy: Int, _ memory: inout some PumpMemory) {
    memory.write(book.bytes.span, at: StoreLayout.book(copy))
  }

  /// Stores a program and the state in which it is in force, as one.
  mutating func commit(
    program: Program,
    _ controller: inout Controller,
    _ memory: inout some PumpMemory
  ) -> Bool {
    programSequence += 1
    guard write(program, copy: 0, &memory), commit(&controller, &memory),
      write(program, copy: 1, &memory)
    else { return false }
    writeSafeRate(program.safeRate, &memory)
    return true
  }

  private mutating func write(
    _ program: Program,
    copy: Int,
    _ memory: inout some PumpMemory
  ) -> Bool {
    var bytes = scratch.mutableSpan
    var program = program
    var cursor = FieldCursor(
      reading: false,
      from: Slot.headerBytes,
      to: StoreLayout.programBytes
    )
    program.code(&cursor, &bytes)
    precondition(!cursor.failed, "the slot is large enough for any program")
    return Self.programSlot(copy).write(
      &bytes,
      length: cursor.offset - Slot.headerBytes,
      sequence: programSequence,
      &memory
    )
  }

  /// The safe rate in its third place: a number, its complement and a check of both.
  private func writeSafeRate(_ rate: FlowRate, _ memory: inout some PumpMemory) {
    var raw = InlineArray<24, UInt8>(repeating: 0)
    var bytes = raw.mutableSpan
    var value = rate.nanolitresPerDay
    var complement = ~value
    var cursor = FieldCursor(reading: false, from: 0, to: 24)
    cursor.code(&value, &bytes)
    cursor.code(&complement, &bytes)
    var check = CRC32.of(bytes.span, from: 0, count: 16)
    cursor.code(&check, &bytes)
    memory.write(bytes.span, at: StoreLayout.safeRate)
  }

  func readSafeRate(_ memory: some PumpMemory) -> FlowRate? {
    var raw = InlineArray<24, UInt8>(repeating: 0)
    var bytes = raw.mutableSpan
    memory.read(into: &bytes, at: StoreLayout.safeRate)
    var value: Int64 = 0
    var complement: Int64 = 0
    var check: UInt32 = 0
    var cursor = FieldCursor(reading: true, from: 0, to: 24)
    cursor.code(&value, &bytes)
    cursor.code(&complement, &bytes)
    cursor.code(&check, &bytes)
    let isWhole = value == ~complement && check == CRC32.of(bytes.span, from: 0, count: 16)
    return isWhole && value >= 0 ? FlowRate(nanolitresPerDay: value) : nil
  }

  // MARK: The program

  /// Looks at both copies of the program in force and mends one from the other (SR-072).
  ///
  /// - Parameters:
  ///   - program: set to what the memory holds, where a copy is whole.
  ///   - memory: where both copies stand.
  /// - Returns: what was found.
  mutating func verifyProgram(
    _ program: inout Program,
    _ memory: inout some PumpMemory
  ) -> ProgramMemory {
    let first = readProgram(copy: 0, memory)
    let second = readProgram(copy: 1, memory)
    guard let found = first.program ?? second.program else {
      return .lost(safeRate: readSafeRate(memory))
    }
    program = found
    if first.program == nil { _ = write(found, copy: 0, &memory) }
    if second.program == nil { _ = write(found, copy: 1, &memory) }
    return first.isCorrupt || second.isCorrupt ? .restored : .intact
  }

  /// The copy of the program in force, or nothing; and whether a finished copy has changed.
  private mutating func readProgram(
    copy: Int,
    _ memory: some PumpMemory
  ) -> (program: Program?, isCorrupt: Bool) {
    var bytes = scratch.mutableSpan
    let content = Self.programSlot(copy).read(into: &bytes, memory)
    guard case .whole(programSequence, let length) = content else {
      return (nil, content == .corrupt)
    }
    var program = Program.none
    var cursor = FieldCursor(
      reading: true,
      from: Slot.headerBytes,
      to: Slot.headerBytes + length
    )
    program.code(&cursor, &bytes)
    return cursor.failed ? (nil, true) : (program, false)
  }

  // MARK: Reading at boot

  /// Reads the newest whole state into a controller that is freshly made of the same model.
  mutating func load(
    _ controller: inout Controller,
    _ memory: some PumpMemory
  ) -> StoredState {
    let books = (
      StrokeBook(reading: memory, at: StoreLayout.book(0)),
      StrokeBook(reading: memory, at: StoreLayout.book(1))
    )
    let first = sequenceOfState(0, memory)
    let second = sequenceOfState(1, memory)
    let newest = max(first ?? -1, second ?? -1)
    guard newest >= 0, read(newest, &controller, memory) else { return .lost }
    sequence = newest
    guard let book = Self.newer(books.0, books.1) else { return .stale }
    self.book = book
    if book.state > newest {
      // Goes on past the number in the book, and not in the slot of the last whole state.
      sequence += (book.state - newest + 1) / 2 * 2
      return .stale
    }
    return .whole(strokesSince: book.state == newest ? book.strokes : 0)
  }

  private static func newer(_ one: StrokeBook?, _ other: StrokeBook?) -> StrokeBook? {
    guard let one else { return other }
    guard let other else { return one }
    return one.isNewer(than: other) ? one : other
  }

  /// The number of the state in a slot, or nothing; a state in the other one's slot is none.
  private mutating func sequenceOfState(_ slot: Int64, _ memory: some PumpMemory) -> Int64? {
    var bytes = scratch.mutableSpan
    guard case .whole(let sequence, _) = Self.stateSlot(slot).read(into: &bytes, memory),
      sequence & 1 == slot
    else { return nil }
    return sequence
  }

  /// Writes the book over a copy of it that a cut has torn or left behind.
  ///
  /// The next commit writes one copy after the other: the one not yet written must be whole.
  func mendBook(_ memory: inout some PumpMemory) {
    for copy in 0..<2 where StrokeBook(reading: memory, at: StoreLayout.book(copy)) != book {
      writeBook(copy, &memory)
    }
  }

  private mutating func read(
    _ sequence: Int64,
    _ controller: inout Controller,
    _ memory: some PumpMemory
  ) -> Bool {
    var bytes = scratch.mutableSpan
    guard case .whole(_, let length) = Self.stateSlot(sequence).read(into: &bytes, memory) else {
      return false
    }
    var cursor = FieldCursor(
      reading: true,
      from: Slot.headerBytes,
      to: Slot.headerBytes + length
    )
    cursor.code(&programSequence, &bytes)
    controller.codeState(&cursor, &bytes)
    return !cursor.failed
  }
}
