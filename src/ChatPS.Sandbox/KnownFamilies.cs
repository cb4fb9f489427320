using ChatPS.Sandbox.Families;
using ChatPS.Sandbox.Families.Anthropic;
using ChatPS.Sandbox.Families.Azure;
using ChatPS.Sandbox.Families.Envelope;
using ChatPS.Sandbox.Families.Gemini;
using ChatPS.Sandbox.Families.OpenAI;
using ChatPS.Sandbox.Families.OpenAI.Batches;
using ChatPS.Sandbox.Families.OpenAI.Decisions;
using ChatPS.Sandbox.Families.OpenAI.Files;
using ChatPS.Sandbox.Families.OpenAI.Generations;
using ChatPS.Sandbox.Families.OpenAI.Images;
using ChatPS.Sandbox.Families.OpenAI.Resources;
using ChatPS.Sandbox.Families.OpenAI.Responses;

namespace ChatPS.Sandbox;

/// <summary>What the sandbox plays.</summary>
internal static class KnownFamilies
{
    // The first dialect that a request speaks answers it. OpenAI's comes last: it speaks all.
    public static IReadOnlyList<Func<FamilyOptions, Family>> All { get; } =
    [
        AzureFamily.Create,
        GeminiFamily.Create,
        EnvelopeFamily.Create,
        AnthropicFamily.Create,
        OpenAIFamily.Create,
        FilesFamily.Create,
        BatchesFamily.Create,
        ResourcesFamily.Create,
        ResponsesFamily.Create,
        ImagesFamily.Create,
        GenerationsFamily.Create,
        DecisionsFamily.Create,
    ];
}
