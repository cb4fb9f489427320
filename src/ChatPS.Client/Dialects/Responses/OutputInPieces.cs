using System.Text;
using System.Text.Json;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Responses;

/// <summary>Keeps what a stream tells of the items of a response, for services that leave it out of the response itself.</summary>
internal sealed class OutputInPieces
{
    private readonly SortedDictionary<int, Item> _items = [];
    private Item? _latest;

    /// <summary>Gets the place of the item that was told of last.</summary>
    public int Place { get; private set; }

    /// <summary>Gets whether that item is a remark on the way to the answer.</summary>
    public bool IsRemark => _latest?.IsRemark == true;

    public void Begin(int? place, JsonElement item) => At(place ?? _items.Count).Start = item;

    /// <summary>Takes a piece of text.</summary>
    /// <param name="place">The place of its item.</param>
    /// <param name="piece">The piece.</param>
    /// <returns>The piece.</returns>
    public string AddText(int? place, string piece)
    {
        Item item = At(place ?? Place);
        item.Text.Append(piece);
        item.Arrived += piece.Length;
        return piece;
    }

    /// <summary>Takes a whole text, of which some services tell no pieces.</summary>
    /// <param name="place">The place of its item.</param>
    /// <param name="text">The text.</param>
    /// <returns>What is new.</returns>
    public string EndText(int? place, string? text)
    {
        Item item = At(place ?? Place);
        bool isNew = item.Arrived == 0 && text is { Length: > 0 };
        string added = isNew ? AddText(place, text!) : "";
        item.Arrived = 0;
        return added;
    }

    public void AddRefusal(int? place, string piece) => At(place ?? Place).Refusal.Append(piece);

    public void AddInput(int? place, string piece) => At(place ?? Place).Input.Append(piece);

    /// <summary>Takes the whole arguments of a call.</summary>
    /// <param name="place">The place of the call.</param>
    /// <param name="whole">The arguments; null where they are not told again.</param>
    public void EndInput(int? place, string? whole)
    {
        if (whole is { Length: > 0 })
        {
            _ = At(place ?? Place).Input.Clear().Append(whole);
        }
    }

    /// <summary>Takes a whole item.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="item">The item.</param>
    /// <returns>Its text, where it came in no other way.</returns>
    public string End(int? place, JsonElement item)
    {
        Item known = At(place ?? (_latest is { Whole: null } ? Place : _items.Count));
        known.Whole = item;
        string text = known.Text.Length == 0 ? TextOf(item) : "";
        known.Text.Append(text);
        return text;
    }

    /// <summary>Completes what the response holds at the end.</summary>
    /// <param name="output">Its items.</param>
    /// <returns>The items; those of the stream where there are none, or none with the text that was told.</returns>
    public IReadOnlyList<JsonElement> Complete(IReadOnlyList<JsonElement>? output)
    {
        if (output is { Count: > 0 } && (_items.Values.All(item => item.Text.Length == 0) || output.Any(item => TextOf(item).Length > 0)))
        {
            return output;
        }

        List<JsonElement> told = [.. _items.Values.Select(item => item.ToElement()).OfType<JsonElement>()];
        return told.Count > 0 ? told : output ?? [];
    }

    private static string TextOf(JsonElement item) => item.TextOf("type") is "message" or null && item.ArrayOf("content") is { } parts
        ? string.Concat(parts.EnumerateArray().Select(part => part.TextOf("type") is "refusal" ? "" : part.TextOf("text")))
        : "";

    private Item At(int place)
    {
        if (_latest is null || place != Place)
        {
            if (!_items.TryGetValue(place, out _latest))
            {
                _items[place] = _latest = new Item();
            }

            Place = place;
        }

        return _latest;
    }

    private sealed class Item
    {
        public StringBuilder Text { get; } = new();

        public StringBuilder Refusal { get; } = new();

        public StringBuilder Input { get; } = new();

        /// <summary>Gets or sets how much of the part that is under way has come.</summary>
        public int Arrived { get; set; }

        public JsonElement? Start
        {
            get;
            set
            {
                field = value;
                IsRemark = MessagePhase.IsRemark(value?.TextOf("phase"));
            }
        }

        public JsonElement? Whole
        {
            get;
            set
            {
                field = value;
                IsRemark |= MessagePhase.IsRemark(value?.TextOf("phase"));
            }
        }

        public bool IsRemark { get; private set; }

        public JsonElement? ToElement()
        {
            JsonElement? known = Whole ?? Start;
            string type = known?.TextOf("type") ?? (Text.Length + Refusal.Length > 0 ? "message" : "");
            return type switch
            {
                "message" when Whole is not { } whole || (Text.Length > 0 && TextOf(whole).Length == 0) => Message(),
                "function_call" => Call(known, "arguments"),
                "custom_tool_call" => Call(known, "input"),
                _ => known,
            };
        }

        private JsonElement? Message() => PlainJson.ToElement(
            PlainMembers.Of(
                ("type", "message"),
                ("role", "assistant"),
                ("phase", (Whole ?? Start)?.TextOf("phase")),
                ("content", new[] { Part("output_text", "text", Text), Part("refusal", "refusal", Refusal) }.Where(part => part is not null))),
            "output");

        private JsonElement? Call(JsonElement? known, string member)
        {
            if (known is not { } call || Input.Length == 0 || call.TextOf(member) is { Length: > 0 })
            {
                return known;
            }

            Dictionary<string, object?> members = new(StringComparer.Ordinal);
            foreach (JsonProperty property in call.EnumerateObject())
            {
                members[property.Name] = property.Value;
            }

            members[member] = Input.ToString();
            return PlainJson.ToElement(members, "output");
        }

        private static Dictionary<string, object?>? Part(string type, string name, StringBuilder text) =>
            text.Length > 0 ? PlainMembers.Of(("type", type), (name, text.ToString())) : null;
    }
}
