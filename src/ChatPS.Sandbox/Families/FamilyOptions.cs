namespace ChatPS.Sandbox.Families;

/// <summary>What the families know of how the sandbox was started.</summary>
/// <param name="Models">The models that are listed.</param>
/// <param name="RefusesOtherModels">Whether there are no others.</param>
/// <param name="Clock">The clock behind the times in answers.</param>
internal sealed record FamilyOptions(IReadOnlyList<string> Models, bool RefusesOtherModels, Func<DateTimeOffset> Clock)
{
    /// <summary>Answers a request that lies in another as one that came by itself.</summary>
    public Func<InnerRequest, InnerAnswer> Run { get; init; } = static _ => throw new InvalidOperationException("There is no server.");
}
