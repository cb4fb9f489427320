namespace ChatPS.Client.Tests.Generations;

/// <summary>All families in all of their forms.</summary>
internal static class GenerationCases
{
    public static IReadOnlyList<GenerationCase> All { get; } =
    [
        new("Midjourney") { Kinds = ["image"] },
    ];

    public static TheoryData<string> Names(Func<GenerationCase, bool>? takes = null) => [.. All.Where(takes ?? (_ => true)).Select(item => item.ToString())];

    public static GenerationCase Named(string name) => All.Single(item => item.ToString() == name);
}
