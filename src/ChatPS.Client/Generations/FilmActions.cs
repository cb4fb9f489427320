namespace ChatPS.Client.Generations;

/// <summary>What families of films are asked alike: a film of a prompt, and a film of each picture that is piped in.</summary>
internal static class FilmActions
{
    /// <summary>The name of the action that begins with a picture.</summary>
    public const string Animate = "Animate";

    /// <summary>Makes the usual action.</summary>
    /// <param name="parameters">What else it takes.</param>
    /// <returns>The action.</returns>
    public static ActionDescription Video(params ParameterDescription[] parameters) =>
        new("Video", "Makes a film of a prompt.") { NeedsPrompt = true, NeedsModel = true, Parameters = parameters };

    /// <summary>Makes the same action for pictures.</summary>
    /// <param name="video">The usual action.</param>
    /// <param name="image">The picture, which the action cannot do without.</param>
    /// <returns>The action.</returns>
    public static ActionDescription Of(ActionDescription video, ParameterDescription image) => video with
    {
        Name = Animate,
        Help = "Makes a film of a picture.",
        NeedsPrompt = false,
        Item = image.Name,
        Parameters = [image with { IsRequired = true }, .. video.Parameters.Where(parameter => parameter.Name != image.Name)],
    };

    public static ParameterDescription Image(string field) => new("Image", field, ParameterType.Picture, "The picture that the film begins with.");

    public static ParameterDescription EndImage(string field) => new("EndImage", field, ParameterType.Picture, "The picture that the film ends with.");

    public static ParameterDescription AspectRatio(string field) => new("AspectRatio", field, ParameterType.Text, "The form of the film, as width to height.") { Values = ["16:9", "9:16", "1:1"] };

    public static ParameterDescription Resolution(string field, params string[] values) => new("Resolution", field, ParameterType.Text, "How fine the film is.") { Values = values };

    public static ParameterDescription Duration(string field) => new("Duration", field, ParameterType.Integer, "How long the film lasts, in seconds.") { Least = 1, Most = 600 };

    public static ParameterDescription Seed(string field) => new("Seed", field, ParameterType.Integer, "The number that makes a film come out alike.");

    public static ParameterDescription NegativePrompt(string field) => new("NegativePrompt", field, ParameterType.Text, "What the film must not show.");

    public static ParameterDescription Sound(string field) => new("Sound", field, ParameterType.Flag, "Whether the film has sound.");

    public static ParameterDescription Watermark(string field) => new("Watermark", field, ParameterType.Flag, "Whether the film bears a mark of the service.");
}
