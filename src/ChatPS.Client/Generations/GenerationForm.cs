namespace ChatPS.Client.Generations;

/// <summary>A form in which a family is spoken to: that of the vendor, or that of gateways.</summary>
/// <param name="Name">The name to choose it by.</param>
internal sealed record GenerationForm(string Name)
{
    /// <summary>Gets whether an address speaks it; a form that no address is known for is chosen by name, or as the first.</summary>
    public Func<Uri, bool> IsOf { get; init; } = static _ => false;

    /// <summary>Gets what stands before the paths, such as <c>kling</c> at gateways.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Gets the field that takes the address to call back; null where there is none.</summary>
    public string? NotifyField { get; init; }

    /// <summary>Gets whether an action that takes a model cannot do without one in this form.</summary>
    public bool NeedsModel { get; init; }
}
