namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>Long generations, as gateways serve them behind one key.</summary>
internal static class GenerationsFamily
{
    public static Family Create(FamilyOptions options) => new(OpenAIDialect.Instance,
    [
        Route.Get(ResultFiles.Pattern, ResultFiles.Get),
        .. new SunoEndpoint().Routes,
        .. new SunoApiEndpoint().Routes,
        .. new LumaEndpoint().Routes,
        .. new RunwayEndpoint().Routes,
        .. new ZhipuEndpoint().Routes,
        .. new MidjourneyEndpoint().Routes,
        .. new VideoEndpoint().Routes,
        .. new OpenAIVideoEndpoint().Routes,
        .. new KlingEndpoint().Routes,
        .. new HailuoEndpoint().Routes,
        .. new ViduEndpoint().Routes,
        .. new SeedanceEndpoint().Routes,
        .. new JimengEndpoint().Routes,
    ]);
}
