namespace ChatPS.Client.Generations;

/// <summary>The families that work on tasks.</summary>
internal static class KnownGenerations
{
    public static IReadOnlyList<IGenerationFamily> All { get; } =
    [
        new MidjourneyGenerations(),
        new SunoGenerations(),
        new LumaGenerations(),
        new RunwayGenerations(),
        new ZhipuGenerations(),
        new VideoGenerations(),
        new OpenAIVideoGenerations(),
        new KlingGenerations(),
        new HailuoGenerations(),
        new VeoGenerations(),
        new ViduGenerations(),
        new SeedanceGenerations(),
        new JimengGenerations(),
    ];
}
