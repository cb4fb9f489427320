using System.Collections;

namespace ChatPS.Tools;

/// <summary>What a user says of a tool beyond what its command says.</summary>
internal sealed record ToolOptions
{
    public static readonly TimeSpan StandardTimeout = TimeSpan.FromMinutes(5);

    public const int StandardOutputLength = 10_000;

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Arguments that are bound before the model comes in.</summary>
    public IDictionary? FixedArguments { get; init; }

    /// <summary>The parameters that the model sees; null for all.</summary>
    public IReadOnlyList<string>? Parameters { get; init; }

    public TimeSpan Timeout { get; init; } = StandardTimeout;

    public int MaxOutputLength { get; init; } = StandardOutputLength;

    public bool IsStrict { get; init; }
}
