namespace ChatPS.Sandbox.Families.OpenAI.Batches;

/// <summary>The batches of OpenAI.</summary>
internal static class BatchesFamily
{
    public static Family Create(FamilyOptions options) => new(OpenAIDialect.Instance, Routes(options, isAzure: false));

    /// <summary>The routes, at OpenAI or at Azure.</summary>
    /// <param name="options">What the sandbox was started with.</param>
    /// <param name="isAzure">Whether a batch is told of as Azure does, and never expires.</param>
    /// <returns>The routes.</returns>
    public static IReadOnlyList<Route> Routes(FamilyOptions options, bool isAzure) => new BatchEndpoint(options, isAzure).Routes;
}
