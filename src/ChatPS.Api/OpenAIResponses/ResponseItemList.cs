using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>A page of the items that a response was made from.</summary>
[Answer(nameof(Data))]
public sealed class ResponseItemList : ApiResponseBody
{
    /// <summary><c>list</c>.</summary>
    public string? Object { get; set; }

    /// <summary>The items; see <see cref="OutputItem"/>. Null means none.</summary>
    public IReadOnlyList<JsonElement>? Data { get; set => field = value ?? []; }

    /// <summary>Whether more follow.</summary>
    public bool? HasMore { get; set; }

    /// <summary>The id of the last item.</summary>
    public string? LastId { get; set; }
}
