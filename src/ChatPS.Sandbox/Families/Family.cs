namespace ChatPS.Sandbox.Families;

/// <summary>A family of endpoints.</summary>
/// <param name="Dialect">How it is spoken to.</param>
/// <param name="Routes">What it answers.</param>
internal sealed record Family(Dialect Dialect, IReadOnlyList<Route> Routes);
