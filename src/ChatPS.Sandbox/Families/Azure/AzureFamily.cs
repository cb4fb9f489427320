using ChatPS.Sandbox.Families.OpenAI;
using ChatPS.Sandbox.Families.OpenAI.Batches;
using ChatPS.Sandbox.Families.OpenAI.Files;
using ChatPS.Sandbox.Families.OpenAI.Images;

namespace ChatPS.Sandbox.Families.Azure;

/// <summary>Azure's chats, vectors, pictures, sound, files, batches and models.</summary>
internal static class AzureFamily
{
    public static Family Create(FamilyOptions options)
    {
        ModelEndpoint models = new(options);
        StoredCompletions stored = new();
        return new Family(AzureDialect.Instance,
        [
            Route.Post("/chat/completions", call => ChatEndpoint.Handle(OfDeployment(call) with { TellsFilters = true }, stored)) with { IsCompletion = true },
            Route.Post("/audio/speech", call => SpeechEndpoint.Handle(OfDeployment(call))),
            Route.Post("/audio/transcriptions", call => TranscriptionEndpoint.Transcribe(OfDeployment(call))),
            Route.Post("/audio/translations", call => TranscriptionEndpoint.Translate(OfDeployment(call))),
            Route.Post("/images/generations", call => ImageEndpoint.Generate(OfDeployment(call))),
            Route.Post("/images/edits", call => ImageEndpoint.Edit(OfDeployment(call))),
            Route.Post("/embeddings", call => EmbeddingEndpoint.Handle(OfDeployment(call))),
            .. FilesFamily.Routes(options, isAzure: true),
            .. BatchesFamily.Routes(options, isAzure: true),
            Route.Get("/models", _ => models.List()),
            Route.Get("/models/{model*}", call => models.Show(call["model"])),
        ]);
    }

    private static EndpointCall OfDeployment(EndpointCall call) => call with { Deployment = AzureDialect.DeploymentIn(call.Exchange.Http.Path) };
}
