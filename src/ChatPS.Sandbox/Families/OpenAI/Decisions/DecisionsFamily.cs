namespace ChatPS.Sandbox.Families.OpenAI.Decisions;

/// <summary>Typed questions that are answered with probabilities.</summary>
internal static class DecisionsFamily
{
    public static Family Create(FamilyOptions options) => new(OpenAIDialect.Instance,
    [
        Route.Post("/decisions", DecisionEndpoint.Handle),
    ]);
}
