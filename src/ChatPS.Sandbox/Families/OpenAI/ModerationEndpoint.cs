using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>Flags texts by a short list of words, and the addresses of images by the same words.</summary>
internal static class ModerationEndpoint
{
    private static readonly string[] Categories =
    [
        "harassment", "harassment/threatening", "sexual", "hate", "hate/threatening", "illicit", "illicit/violent",
        "self-harm/intent", "self-harm/instructions", "self-harm", "sexual/minors", "violence", "violence/graphic",
    ];

    private static readonly HashSet<string> ImageCategories = new(StringComparer.Ordinal)
    {
        "self-harm", "self-harm/intent", "self-harm/instructions", "sexual", "violence", "violence/graphic",
    };

    // The beginning of a word, or a phrase, and the categories that it hits. The name of a category hits it, too.
    private static readonly (string Phrase, string[] Categories)[] Phrases =
    [
        ("kill", ["violence"]),
        ("murder", ["violence"]),
        ("attack", ["violence"]),
        ("shoot", ["violence"]),
        ("blood", ["violence", "violence/graphic"]),
        ("gore", ["violence", "violence/graphic"]),
        ("bomb", ["violence", "illicit", "illicit/violent"]),
        ("exterminate", ["violence", "hate", "hate/threatening"]),
        ("idiot", ["harassment"]),
        ("hurt you", ["harassment", "harassment/threatening", "violence"]),
        ("steal", ["illicit"]),
        ("shoplift", ["illicit"]),
        ("suicide", ["self-harm"]),
        ("kill myself", ["self-harm", "self-harm/intent"]),
        ("how to commit suicide", ["self-harm", "self-harm/instructions"]),
        ("porn", ["sexual"]),
        .. Categories.Select(static category => (category, new[] { category })),
    ];

    public static Answer Handle(EndpointCall call)
    {
        List<Item> items = ReadInput(call.Body);
        string model = call.Body.TryGet("model", out _) ? call.Model() : "omni-moderation-latest";
        return Answer.OfJson(Shape.Of(("id", call.Id("modr")), ("model", model), ("results", items.ConvertAll(Result))));
    }

    private static List<Item> ReadInput(Fields body)
    {
        JsonElement input = body.Required("input");
        if (input.ValueKind == JsonValueKind.String)
        {
            return [new Item(input.GetString(), null)];
        }

        if (input.ValueKind != JsonValueKind.Array)
        {
            throw new ApiException(ApiError.WrongType("input", "a string or an array", input));
        }

        List<JsonElement> elements = input.EnumerateArray().ToList();
        if (elements.Count == 0)
        {
            throw new ApiException(ApiError.Invalid("Invalid 'input': empty array. Expected an array with minimum length 1, but got an empty array instead.", "input", "empty_array"));
        }

        return elements.TrueForAll(static element => element.ValueKind == JsonValueKind.String)
            ? elements.ConvertAll(static element => new Item(element.GetString(), null))
            : [ReadParts(elements)];
    }

    private static Item ReadParts(List<JsonElement> elements)
    {
        List<string> texts = [];
        List<string> images = [];
        foreach (JsonElement element in elements)
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                throw new ApiException(ApiError.WrongType("input[]", "an object", element));
            }

            Fields part = new(element, "input[].");
            part.Required("type");
            if (part.Choice("type", "text", "image_url") == "text")
            {
                texts.Add(part.RequiredText("text"));
            }
            else
            {
                part.Required("image_url");
                images.Add(new Fields(part.Object("image_url")!.Value, part.Name("image_url.")).RequiredText("url"));
            }
        }

        return new Item(texts.Count > 0 ? string.Join("\n", texts) : null, images.Count > 0 ? string.Join("\n", images.Where(IsAddress)) : null);
    }

    private static bool IsAddress(string url) => !url.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, object?> Result(Item item)
    {
        HashSet<string> hits = Find(item.Text);
        hits.UnionWith(Find(item.Images).Where(ImageCategories.Contains));
        return Shape.Of(
            ("flagged", hits.Count > 0),
            ("categories", Each(category => hits.Contains(category))),
            ("category_scores", Each(category => (hits.Contains(category) ? 0.9m : 0.0001m) + (Array.IndexOf(Categories, category) * 0.00001m))),
            ("category_applied_input_types", Each(category => InputTypes(category, item))));
    }

    private static Dictionary<string, object?> Each(Func<string, object> value) => Categories.ToDictionary(static category => category, category => (object?)value(category), StringComparer.Ordinal);

    private static string[] InputTypes(string category, Item item) =>
        [.. item.Text is null ? [] : (string[])["text"], .. item.Images is not null && ImageCategories.Contains(category) ? (string[])["image"] : []];

    private static HashSet<string> Find(string? text)
    {
        HashSet<string> hits = new(StringComparer.Ordinal);
        if (text is null)
        {
            return hits;
        }

        foreach ((string phrase, string[] categories) in Phrases)
        {
            if (BeginsWord(text, phrase))
            {
                hits.UnionWith(categories);
            }
        }

        return hits;
    }

    private static bool BeginsWord(string text, string phrase)
    {
        for (int at = text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at == 0 || !char.IsLetter(text[at - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Item(string? Text, string? Images);
}
