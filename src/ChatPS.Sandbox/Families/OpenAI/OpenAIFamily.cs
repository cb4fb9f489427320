namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>What nearly every service of this dialect has: models, chats, text completions, moderation, vectors and rankings in the forms of several vendors, and the balance that gateways tell.</summary>
internal static class OpenAIFamily
{
    public static Family Create(FamilyOptions options)
    {
        ModelEndpoint models = new(options);
        StoredCompletions stored = new();
        return new Family(OpenAIDialect.Instance,
        [
            Route.Get("/models", _ => models.List()),
            Route.Get("/models/{model*}", call => models.Show(call["model"])),
            Route.Delete("/models/{model*}", call => models.Delete(call["model"])),
            Route.Get("/chat/completions", call => stored.List(call.Query)),
            Route.Post("/chat/completions", call => ChatEndpoint.Handle(call, stored)) with { IsCompletion = true },
            Route.Get("/chat/completions/{id}", call => stored.Show(call["id"])),
            Route.Post("/chat/completions/{id}", call => stored.Update(call["id"], call.Body)),
            Route.Delete("/chat/completions/{id}", call => stored.Delete(call["id"])),
            Route.Get("/chat/completions/{id}/messages", call => stored.Messages(call["id"], call.Query)),
            Route.Post("/completions", CompletionEndpoint.Handle) with { IsCompletion = true },
            Route.Post("/moderations", ModerationEndpoint.Handle),
            Route.Post("/embeddings", EmbeddingEndpoint.Handle),
            Route.Post("/embed", CohereEmbedEndpoint.Handle),
            Route.Post("/v2/embed", CohereEmbedEndpoint.Handle),
            Route.Post("/api/embed", OllamaEmbedEndpoint.Handle),
            Route.Post("/rerank", RerankEndpoint.Handle),
            Route.Post("/v2/rerank", RerankEndpoint.Handle),
            Route.Post("/audio/speech", SpeechEndpoint.Handle),
            Route.Post("/audio/transcriptions", TranscriptionEndpoint.Transcribe),
            Route.Post("/audio/translations", TranscriptionEndpoint.Translate),
            Route.Post(TokenEndpoint.Path, TokenEndpoint.Handle),
            Route.Get("/gpts/", GptsEndpoint.Get),
            Route.Get("/v2/gpts/search", GptsEndpoint.Search),
            Route.Get("/dashboard/billing/subscription", static _ => BillingEndpoint.Subscription()),
            Route.Get("/dashboard/billing/usage", static _ => BillingEndpoint.Usage()),
        ]);
    }
}
