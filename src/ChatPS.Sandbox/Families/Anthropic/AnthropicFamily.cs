namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>Anthropic's messages, files and models.</summary>
internal static class AnthropicFamily
{
    public static Family Create(FamilyOptions options)
    {
        ModelPages models = new(options);
        return new Family(AnthropicDialect.Instance,
        [
            Route.Post("/messages", MessagesEndpoint.Handle) with { IsCompletion = true },
            Route.Post("/messages/count_tokens", MessagesRequest.Count),
            .. new MessageBatches(options).Routes,
            .. new FileEndpoint(options).Routes,
            Route.Get("/models", call => models.List(call.Query)),
            Route.Get("/models/{model*}", call => models.Show(call["model"])),
        ]);
    }
}
