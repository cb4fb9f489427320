namespace ChatPS.Sandbox.Families.OpenAI.Responses;

/// <summary>Responses, and what the service keeps of them.</summary>
internal static class ResponsesFamily
{
    public static Family Create(FamilyOptions options)
    {
        StoredResponses stored = new(options.Conversations, options.Clock);
        return new Family(OpenAIDialect.Instance,
        [
            Route.Post("/responses", call => ResponseEndpoint.Create(call, stored)) with { IsCompletion = true },
            Route.Post("/responses/compact", call => CompactionEndpoint.Handle(call, stored)),
            Route.Post("/responses/input_tokens", call => ResponseEndpoint.Count(call, stored)),
            Route.Get("/responses/{id}", call => stored.Show(call["id"])),
            Route.Delete("/responses/{id}", call => stored.Delete(call["id"])),
            Route.Post("/responses/{id}/cancel", call => stored.Cancel(call["id"])),
            Route.Get("/responses/{id}/input_items", call => stored.InputItems(call["id"], call.Query)),
        ]);
    }
}
