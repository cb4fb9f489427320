using ChatPS.Sandbox.Families.OpenAI;
using ChatPS.Sandbox.Families.OpenAI.Images;

namespace ChatPS.Sandbox.Families.Azure;

/// <summary>Azure's chats, pictures and models.</summary>
internal static class AzureFamily
{
    public static Family Create(FamilyOptions options)
    {
        ModelEndpoint models = new(options.Models);
        StoredCompletions stored = new();
        return new Family(AzureDialect.Instance,
        [
            Route.Post("/chat/completions", call => ChatEndpoint.Handle(call with { Deployment = AzureDialect.DeploymentIn(call.Exchange.Http.Path), TellsFilters = true }, stored)) with { IsCompletion = true },
            Route.Post("/images/generations", call => ImageEndpoint.Generate(call with { Deployment = AzureDialect.DeploymentIn(call.Exchange.Http.Path) })),
            Route.Post("/images/edits", call => ImageEndpoint.Edit(call with { Deployment = AzureDialect.DeploymentIn(call.Exchange.Http.Path) })),
            Route.Get("/models", _ => models.List()),
            Route.Get("/models/{model*}", call => models.Show(call["model"])),
        ]);
    }
}
