/// The pages that stand without any of the clinic's content: signing in, and refusals.
public enum PlainPages {}
