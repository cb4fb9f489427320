namespace ChatPS.Sandbox.Families.OpenAI.Resources;

/// <summary>What OpenAI keeps besides files and answers: vector stores, containers, conversations, skills and voices.</summary>
internal static class ResourcesFamily
{
    public static Family Create(FamilyOptions options) => new(OpenAIDialect.Instance,
    [
        .. new VectorStoreEndpoint(options).Routes,
        .. new ContainerEndpoint(options).Routes,
        .. new ConversationEndpoint(options).Routes,
        .. new SkillEndpoint().Routes,
        .. new VoiceEndpoint().Routes,
        Route.Post("/content_provenance_checks", ProvenanceEndpoint.Check),
    ]);
}
