namespace ChatPS.Sandbox.Families.OpenAI.Images;

/// <summary>Pictures: OpenAI's own, the form that gateways have for others, ideogram's and Stability's.</summary>
internal static class ImagesFamily
{
    public static Family Create(FamilyOptions options) => new(OpenAIDialect.Instance,
    [
        Route.Post("/images/generations", ImageEndpoint.Generate),
        Route.Post("/images/edits", ImageEndpoint.Edit),
        Route.Get(PictureFiles.Pattern, PictureFiles.Get),
        Route.Post("/ideogram/generate", IdeogramEndpoint.Generate),
        Route.Post("/generate", IdeogramEndpoint.Generate),
        Route.Post("/ideogram/{action}", IdeogramEndpoint.Change),
        Route.Post("/ideogram/v1/ideogram-v3/{action}", IdeogramEndpoint.Third),
        Route.Post("/ideogram-v3/{action}", IdeogramEndpoint.Third),
        Route.Post("/v2beta/stable-image/generate/{kind}", StabilityEndpoint.Handle),
    ]);
}
