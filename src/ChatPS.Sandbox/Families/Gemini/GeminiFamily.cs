namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>Gemini's content, vectors, decisions, films, files and models.</summary>
internal static class GeminiFamily
{
    public static Family Create(FamilyOptions options)
    {
        FileEndpoint files = new(options);
        GeminiModels models = new(options);
        return new Family(GeminiDialect.Instance,
        [
            Route.Post("/models/{model}" + GeminiDialect.Generate, GeminiEndpoint.Handle) with { IsCompletion = true },
            Route.Post("/models/{model}" + GeminiDialect.Stream, GeminiEndpoint.Handle) with { IsCompletion = true },
            Route.Post("/models/{model}:countTokens", GeminiCountEndpoint.Handle),
            Route.Post("/models/{model}:embedContent", GeminiEmbedEndpoint.HandleOne),
            Route.Post("/models/{model}:batchEmbedContents", GeminiEmbedEndpoint.HandleBatch),
            Route.Post("/decisions", GeminiDecisionEndpoint.Handle),
            .. new GeminiBatches(options).Routes,
            .. new VeoEndpoint(files.Load).Routes,
            .. files.Routes,
            .. new UploadEndpoint(options).Routes,
            Route.Get("/models", call => models.List(call.Query)),
            Route.Get("/models/{model*}", call => models.Show(call["model"])),
        ]);
    }
}
