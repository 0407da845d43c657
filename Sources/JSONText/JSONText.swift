/// Strict JSON.
public enum JSONText {}
