import Ledger
import Therapy

/// Summaries, made when somebody asks for them: a pump that tells something each hour costs a fold, and the
/// forecast is worked out once for whoever looks.
extension RecordBook {
  /// So many summaries of outdated settings are made anew at once; each takes the reading of a whole record.
  static let outdatedAtOnce = 20

  /// A patient's record has grown.
  func noteChange(of patient: PatientID) {
    guard let file = files[patient], file.version > 0 else { return }
    ahead.insert(patient)
    revision += 1
    texts.forget(patient)
    noteLink(of: patient, file.record.speakingPump)
    noteFlight(of: patient, file.record.isInFlight)
    hub.publish(TherapyText.stream(patient), "\(file.version)")
    hub.publish("work", patient.text)
  }

  /// Makes the summaries of all whose record has grown.
  func settle() {
    for patient in ahead { settle(patient) }
  }

  /// Makes one patient's summary, where the record has grown since.
  func settle(_ patient: PatientID) {
    guard ahead.remove(patient) != nil, let file = files[patient] else { return }
    put(ShelfEntry(file, at: now, clinicRecord))
  }

  func put(_ entry: ShelfEntry) {
    let patient = entry.summary.patient
    noteLink(of: patient, entry.link)
    shelf[patient] = entry
    names.put(entry.summary)
    revision += 1
    texts.forget(patient)
    list.changed(entry.summary, at: now, clinic)
    noteFlight(of: patient, entry.isInFlight)
  }

  func noteLink(of patient: PatientID, _ link: PumpLinked?) {
    // It may be another patient's by now, whose events came first.
    if let old = linked[patient], old != link?.pump, pumps[old] == patient { pumps[old] = nil }
    linked[patient] = link?.pump
    if let link { pumps[link.pump] = patient }
  }

  // MARK: Settings that change

  /// Whether a summary was made by settings that hold no more.
  func isOutdated(_ entry: ShelfEntry) -> Bool { (entry.settings ?? 0) < settingsSince }

  /// The clinic's settings changed: the summaries are made anew, some at each round of the follower.
  func settingsChanged() {
    settingsSince = clinicRecord.position
    revision += 1
    texts.forgetAll()
    list.forget()
    noteOutdated()
  }

  func noteOutdated() {
    outdated = shelf.compactMap { isOutdated($0.value) ? $0.key : nil }
  }

  /// Makes some outdated summaries anew, beside what the server does; one that cannot be read is tried again
  /// after the others.
  ///
  /// - Returns: whether there are more, and it is of use to go on.
  func renewOutdated() async -> Bool {
    // Taken out before anything waits: settings that change meanwhile name everyone anew.
    let some = Array(outdated.suffix(Self.outdatedAtOnce))
    outdated.removeLast(some.count)
    var failed: [PatientID] = []
    for patient in some {
      do throws(WebError) { try await renew(patient) } catch { failed.append(patient) }
    }
    outdated.insert(contentsOf: failed, at: 0)
    return failed.count < some.count && !outdated.isEmpty
  }

  private func renew(_ patient: PatientID) async throws(WebError) {
    guard let entry = shelf[patient], isOutdated(entry) else { return }
    var file = files[patient] ?? PatientFile(patient)
    if file.version == 0 {
      // Not kept: whose records are worked with stay in memory.
      for event in try await events(patient, after: 0) { _ = file.take(event, decoder) }
    }
    // An event may have come in the meantime, whose summary is newer.
    guard let now = shelf[patient], isOutdated(now), now.version <= file.version else { return }
    put(ShelfEntry(file, at: self.now, clinicRecord))
    hub.publish("work", patient.text)
  }
}

extension PatientRecord {
  /// The link of a pump that speaks.
  var speakingPump: PumpLinked? {
    if case .linked(let link) = link { link } else { nil }
  }

  /// Whether an order or a request is on its way.
  var isInFlight: Bool { orderInFlight != nil || requests.contains(where: \.isOpen) }
}
