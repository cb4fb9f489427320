using System.Globalization;
using System.Text.Json;

namespace ChatPS.Client.Generations;

/// <summary>The buttons below a picture of Midjourney. Their ids are Midjourney's own; the names are those that people know them by.</summary>
internal static class MidjourneyButton
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["🔄"] = "Reroll",
        ["⬅️"] = "PanLeft",
        ["➡️"] = "PanRight",
        ["⬆️"] = "PanUp",
        ["⬇️"] = "PanDown",
        ["❤️"] = "Favorite",
        ["Zoom Out 2x"] = "ZoomOut2x",
        ["Zoom Out 1.5x"] = "ZoomOut15x",
        ["Custom Zoom"] = "CustomZoom",
        ["Make Square"] = "MakeSquare",
        ["Vary (Strong)"] = "VaryStrong",
        ["Vary (Subtle)"] = "VarySubtle",
        ["Vary (Region)"] = "VaryRegion",
        ["Upscale (Subtle)"] = "UpscaleSubtle",
        ["Upscale (Creative)"] = "UpscaleCreative",
        ["Upscale (2x)"] = "Upscale2x",
        ["Upscale (4x)"] = "Upscale4x",
        ["Imagine all"] = "ImagineAll",
    };

    /// <summary>Gets the names of the buttons that are known.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enumerable.Range(1, 8).Select(place => FormattableString.Invariant($"{(place > 4 ? "Vary" : "Upscale")}{(place - 1) % 4 + 1}")), .. Labels.Values];

    /// <summary>Reads a button.</summary>
    /// <param name="json">What the service says of it.</param>
    /// <returns>The action; null where it has no id, and so cannot be pressed.</returns>
    public static ChatGenerationAction? Read(JsonElement json)
    {
        string? id = Said.Text(json, "customId");
        string label = (Said.Text(json, "label") ?? "").Trim();
        string emoji = (Said.Text(json, "emoji") ?? "").Trim();
        return id is null ? null : new ChatGenerationAction { CustomId = id, Label = label.Length > 0 ? label : emoji.Length > 0 ? emoji : null, Name = NameOf(label, emoji) ?? id };
    }

    private static string? NameOf(string label, string emoji)
    {
        string text = label.Length > 0 ? label : emoji;
        if (text.Length == 2 && text[0] is 'U' or 'V' or 'u' or 'v' && char.IsDigit(text[1]))
        {
            return (text[0] is 'U' or 'u' ? "Upscale" : "Vary") + text[1];
        }

        if (Labels.TryGetValue(text, out string? name) || Labels.TryGetValue(emoji, out name))
        {
            return name;
        }

        // Of a button that is new, the letters and digits.
        string letters = new([.. CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text).Where(letter => letter < 128 && char.IsLetterOrDigit(letter))]);
        return letters.Length > 0 ? letters : null;
    }
}
