/// The pages that stand without any of the clinic's content: signing in, and refusals.
public enum PlainPages {
  /// A page around content that is safe HTML, for nobody in particular.
  public static func page(title: String, _ html: String) -> String {
    PageContext.plain(title, .made(html))
  }
}
