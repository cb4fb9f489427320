using System.Globalization;
using System.Text.Json;

namespace ChatPS.Client.Generations;

/// <summary>The buttons below a picture of Midjourney. Their ids are Midjourney's own; the names are those that people know them by.</summary>
internal static class MidjourneyButton
{
    private const int Longest = 60;

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

    /// <summary>Reads the buttons of a task. Each gets a name of its own, which no action of the family has.</summary>
    /// <param name="buttons">What the service says of them.</param>
    /// <param name="taken">The names of the family's own actions.</param>
    /// <returns>The actions; those without an id cannot be pressed, and are left out.</returns>
    public static IReadOnlyList<ChatGenerationAction> Read(IEnumerable<JsonElement> buttons, IEnumerable<string> taken)
    {
        Dictionary<string, int> known = taken.ToDictionary(name => name, _ => 1, StringComparer.OrdinalIgnoreCase);
        List<ChatGenerationAction> actions = [];
        foreach (JsonElement button in buttons)
        {
            if (Said.Find(button, "customId") is { ValueKind: JsonValueKind.String } found && Said.Text(found) is { } id)
            {
                string label = WordOf(button, "label");
                string emoji = WordOf(button, "emoji");
                string name = NameOf(label, emoji) ?? FormattableString.Invariant($"{GenerationService.ButtonAction}{actions.Count + 1}");
                int number = known[name] = known.TryGetValue(name, out int before) ? before + 1 : 1;
                actions.Add(new ChatGenerationAction
                {
                    CustomId = id,
                    Label = label.Length > 0 ? label : emoji.Length > 0 ? emoji : null,
                    Name = number == 1 ? name : FormattableString.Invariant($"{name}-{number}"),
                });
            }
        }

        return actions;
    }

    private static string WordOf(JsonElement button, string name) => Said.Find(button, name) is { ValueKind: JsonValueKind.String } found ? (Said.Text(found) ?? "").Trim() : "";

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

        // What steers a terminal says nothing.
        if (text.Any(char.IsControl))
        {
            return null;
        }

        // Of a button that is new, the letters and digits.
        string letters = new([.. CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text).Where(letter => letter < 128 && char.IsLetterOrDigit(letter))]);
        return letters.Length > Longest ? letters.Substring(0, Longest) : letters.Length > 0 ? letters : null;
    }
}
