namespace ChatPS.ModuleBuilder;

/// <summary>A cmdlet as its assembly declares it.</summary>
internal sealed record CmdletDeclaration(string Verb, string Noun)
{
    public string Name => $"{Verb}-{Noun}";

    /// <summary>The set that applies when the parameters given leave it open; it is shown first.</summary>
    public string? DefaultParameterSet { get; init; }

    public bool SupportsShouldProcess { get; init; }

    /// <summary>Whether it has parameters that only show when it is used.</summary>
    public bool HasDynamicParameters { get; init; }

    public IReadOnlyList<string> OutputTypes { get; init; } = [];

    public IReadOnlyList<ParameterDeclaration> Parameters { get; init; } = [];
}

/// <summary>A parameter as its property declares it.</summary>
internal sealed record ParameterDeclaration(string Name, string TypeName)
{
    public bool IsSwitch => TypeName == "SwitchParameter";

    public bool IsArray => TypeName.EndsWith("[]", StringComparison.Ordinal);

    public bool AcceptsWildcards { get; init; }

    public string? DefaultValue { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The only values it takes, where they are few: an enumeration or a validated set.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public IReadOnlyList<ParameterSetMembership> Sets { get; init; } = [];

    public ParameterSetMembership? In(string set) =>
        Sets.FirstOrDefault(membership => membership.Set == set) ?? Sets.FirstOrDefault(membership => membership.IsInAll);
}

/// <summary>What a parameter is in one parameter set.</summary>
internal sealed record ParameterSetMembership(string Set)
{
    public const string All = "__AllParameterSets";

    public bool IsInAll => Set == All;

    public bool Mandatory { get; init; }

    /// <summary>Zero-based position, or null where it must be named.</summary>
    public int? Position { get; init; }

    public bool FromPipeline { get; init; }

    public bool FromPipelineByPropertyName { get; init; }

    public bool FromRemainingArguments { get; init; }
}
