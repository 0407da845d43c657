import ArgumentParser

/// `cisterna clinic`.
struct ClinicCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clinic",
    abstract: "Found a clinic, and run its server.",
    discussion: """
      The server keeps the record, drafts orders, carries sealed bytes and shows what pumps say. It \
      signs nothing: what a patient gets is changed by people's signatures alone.

        cisterna key new harbor --root --name "Clinic at the harbor"
        cisterna clinic found harbor-clinic --root harbor.pub --administrator max \
      --full-name "Max Petrov"
        cisterna key certify harbor-clinic/server.pub --root harbor.key --role clinicServer \
      --until 2027-12-31
        cisterna clinic serve harbor-clinic

      To try a clinic with patients and pumps, see `cisterna demo`.
      """,
    subcommands: [ClinicFound.self, ClinicServe.self, ClinicSimulateCommand.self]
  )
}
