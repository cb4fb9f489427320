using System.Globalization;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>
/// Models of gateways that make something while they chat: GPTs and models for everything draw where the prompt says "draw", and those
/// named after Suno sing. They tell how far they are, and what they made stands in the text as links.
/// </summary>
internal static class MakingModels
{
    /// <summary>Says what such a model says.</summary>
    /// <param name="call">The request.</param>
    /// <param name="model">The model.</param>
    /// <param name="prompt">What it was asked last.</param>
    /// <returns>The text; null where it answers as any model does.</returns>
    public static string? Say(EndpointCall call, string model, string prompt) =>
        Draws(model) && prompt.IndexOf("draw", StringComparison.OrdinalIgnoreCase) >= 0 ? Picture(call)
        : model.StartsWith("suno-", StringComparison.OrdinalIgnoreCase) ? Song(call)
        : null;

    /// <summary>Whether a model passes over the wish to know how likely its tokens are, as many servers do.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Whether it does.</returns>
    public static bool KeepsTokens(string model) => model.EndsWith("-tokenless", StringComparison.OrdinalIgnoreCase);

    private static bool Draws(string model) => model.EndsWith("-all", StringComparison.OrdinalIgnoreCase) || model.IndexOf("-gizmo-", StringComparison.OrdinalIgnoreCase) >= 0;

    private static string Picture(EndpointCall call)
    {
        string address = Address(call, "image", "");
        return $"> Drawing... 10%\n\n> Drawing... 80%\n\n![What was drawn]({address})\n\n[Download it]({address})\n\nHere it is.";
    }

    private static string Song(EndpointCall call) =>
        $"> Writing the words...\n\n> Singing... 50%\n\n**A song**\n\n[Verse]\nOf bars and lights.\n\n[Listen]({Address(call, "audio", ".wav")})\n\n[Watch]({Address(call, "video", ".mp4")})";

    private static string Address(EndpointCall call, string kind, string ending) => ResultFiles.Address(call, kind, string.Format(CultureInfo.InvariantCulture, "chat{0:D6}{1}", call.Number, ending));
}
