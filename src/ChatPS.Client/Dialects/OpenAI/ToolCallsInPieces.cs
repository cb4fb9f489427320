using System.Text;
using System.Text.Json;
using ChatPS.Api.Chat;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>
/// Puts the calls of a stream together. A piece with a name begins a call, unless it repeats the id or the name of one that is
/// under way; a piece without a name goes on with the last call of its number, whatever its id. Services differ in all else: some
/// give no numbers, some the number 0 to each call, some a new id or the name once more with every piece, some the whole call
/// again at the end.
/// </summary>
internal sealed class ToolCallsInPieces
{
    private readonly List<Call> _calls = [];

    public bool IsEmpty => _calls.Count == 0;

    private Call? Last => _calls.Count > 0 ? _calls[_calls.Count - 1] : null;

    /// <summary>Takes a piece.</summary>
    /// <param name="piece">The piece.</param>
    public void Add(ToolCallDelta piece)
    {
        string name = piece.Function?.Name ?? piece.Custom?.Name ?? "";
        string arguments = piece.Function?.Arguments ?? piece.Custom?.Input ?? "";
        string id = piece.Id ?? "";
        Call? call = name.Length > 0 ? Repeated(piece.Index, id, name, arguments) : Continued(piece.Index, id);
        if (call is null)
        {
            if (name.Length + arguments.Length + id.Length == 0)
            {
                return;
            }

            _calls.Add(call = new Call { Index = piece.Index });
        }

        call.Add(piece, name, arguments);
    }

    /// <summary>Makes the calls.</summary>
    /// <param name="extras">Takes what the service wants back with each of them; null for nothing.</param>
    /// <returns>The calls in the order of their numbers.</returns>
    public List<ChatToolCall> ToCalls(List<JsonElement?> extras)
    {
        List<ChatToolCall> calls = [];
        foreach (Call call in _calls.Where(call => call.SaysSomething).OrderBy(call => call.Index ?? int.MaxValue))
        {
            calls.Add(call.ToCall());
            extras.Add(call.Extra);
        }

        return calls;
    }

    private Call? Repeated(int? index, string id, string name, string arguments)
    {
        if (id.Length > 0 && _calls.FindLast(call => call.Id == id) is { } same)
        {
            // Where all calls have one id, the rest must tell them apart.
            bool isRepeated = same.Takes(name)
                ? same.IsAt(index) || !same.IsWhole || arguments.Length == 0 || same.Has(arguments)
                : same.IsAt(index) && !same.HasBegun;
            return isRepeated ? same : null;
        }

        Call? last = LastAt(index);
        if (last is null || last.Name.Length == 0)
        {
            return last;
        }

        bool hasOtherId = index is null && id.Length > 0 && last.Id is not null;
        return last.Name == name && !hasOtherId && !(last.IsWhole && arguments.Length > 0) ? last : null;
    }

    private Call? Continued(int? index, string id)
    {
        Call? same = id.Length > 0 ? _calls.FindLast(call => call.Id == id) : null;
        if (same?.IsAt(index) == true)
        {
            return same;
        }

        // A number of its own and an id begin a call, whose name comes later.
        return LastAt(index) ?? same ?? (id.Length > 0 && Last?.Index is not null ? null : Last);
    }

    private Call? LastAt(int? index) => index is null ? Last : _calls.FindLast(call => call.Index == index);

    private sealed class Call
    {
        private readonly StringBuilder _arguments = new();
        private string? _type;

        public int? Index { get; init; }

        public string? Id { get; private set; }

        public string Name { get; private set; } = "";

        public JsonElement? Extra { get; private set; }

        public bool HasBegun => _arguments.Length > 0;

        public bool SaysSomething => Name.Length > 0 || HasBegun;

        /// <summary>Gets whether the arguments are all there: an object of JSON. Of free text nobody can tell.</summary>
        public bool IsWhole => HasBegun && (_type == "custom" || IsObject(_arguments.ToString()));

        public bool IsAt(int? index) => index is null || Index is null || Index == index;

        public bool Takes(string name) => Name.Length == 0 || Name == name;

        public bool Has(string arguments) => _arguments.ToString() == arguments;

        public void Add(ToolCallDelta piece, string name, string arguments)
        {
            Id ??= piece.Id is { Length: > 0 } id ? id : null;
            _type = _type is { Length: > 0 } ? _type : piece.Type;
            if (name.Length > 0 && name != Name)
            {
                Name = name.StartsWith(Name, StringComparison.Ordinal) ? name : Name + name;
            }

            if (piece.AdditionalProperties is { } more && more.TryGetValue(SentBack.ExtraContent, out JsonElement extra))
            {
                Extra = SentBack.Merge(Extra, extra);
            }

            if (HasBegun && piece.Custom is null && arguments.TrimStart() is ['{', ..] && IsToldAnew(arguments))
            {
                _arguments.Clear();
            }

            _arguments.Append(arguments);
        }

        public ChatToolCall ToCall() => new() { Id = Id, Type = _type is { Length: > 0 } type ? type : "function", Name = Name, Arguments = _arguments.ToString() };

        // Some services put an empty object before the object itself; some tell at the end what they have told in pieces.
        private bool IsToldAnew(string arguments)
        {
            string before = _arguments.ToString();
            return before == "{}" || (IsObject(arguments) && (IsObject(before) || arguments.StartsWith(before, StringComparison.Ordinal)));
        }

        private static bool IsObject(string text) => JsonMembers.TryParse(text)?.ValueKind == JsonValueKind.Object;
    }
}
