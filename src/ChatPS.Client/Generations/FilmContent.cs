namespace ChatPS.Client.Generations;

/// <summary>What a film is made from as a list of parts, each with the part that it plays.</summary>
internal static class FilmContent
{
    /// <summary>The parameters that are parts of the list.</summary>
    public static IReadOnlyList<ParameterDescription> Parameters { get; } =
    [
        FilmActions.Image(""),
        FilmActions.EndImage("") with { Needs = "Image" },
        new("Reference", "", ParameterType.Pictures, "Pictures of what the film shows.") { Least = 1, Most = 9 },
        new("ReferenceVideo", "", ParameterType.Texts, "Addresses of films that the film is to be like.") { Least = 1, Most = 3 },
        new("ReferenceAudio", "", ParameterType.Texts, "Addresses of sounds that the film is to be like.") { Least = 1, Most = 3 },
    ];

    /// <summary>Makes the list.</summary>
    /// <param name="request">What to make.</param>
    /// <returns>The parts, as plain values.</returns>
    public static List<object?> Of(GenerationRequest request)
    {
        List<object?> parts = [];
        if (request.Prompt is { Length: > 0 } prompt)
        {
            parts.Add(new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "text", ["text"] = prompt });
        }

        parts.AddRange(request.Pictures("Image").Select(picture => Part("image_url", picture.ToAddress(), "first_frame")));
        parts.AddRange(request.Pictures("EndImage").Select(picture => Part("image_url", picture.ToAddress(), "last_frame")));
        parts.AddRange(request.Pictures("Reference").Select(picture => Part("image_url", picture.ToAddress(), "reference_image")));
        parts.AddRange(Texts(request, "ReferenceVideo").Select(address => Part("video_url", address, "reference_video")));
        parts.AddRange(Texts(request, "ReferenceAudio").Select(address => Part("audio_url", address, "reference_audio")));
        return parts;
    }

    private static IEnumerable<string> Texts(GenerationRequest request, string name) => request.Parameters.TryGetValue(name, out object? value)
        ? value switch
        {
            string one => [one],
            IEnumerable<object?> list => list.OfType<string>(),
            _ => [],
        }
        : [];

    private static Dictionary<string, object?> Part(string type, string address, string role) => new(StringComparer.Ordinal)
    {
        ["type"] = type,
        [type] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["url"] = address },
        ["role"] = role,
    };
}
