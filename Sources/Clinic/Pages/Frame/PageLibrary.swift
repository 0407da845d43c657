import Mustache

/// The templates, read once.
enum PageLibrary {
  private static let library: MustacheLibrary = {
    var library = MustacheLibrary()
    for (name, text) in PageTemplates.all {
      do { try library.register(text, named: name) } catch {
        preconditionFailure("template \(name): \(error)")
      }
    }
    return library
  }()

  /// A template filled in.
  static func markup(_ name: String, _ values: [String: Any]) -> Markup {
    guard let text = library.render(values, withTemplate: name) else {
      preconditionFailure("every template is registered")
    }
    return .made(text)
  }
}
