using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>A page of stored completions.</summary>
[Answer(nameof(Data))]
public sealed class ChatCompletionList : ApiResponseBody
{
    /// <summary><c>list</c>.</summary>
    public string? Object { get; set; }

    /// <summary>The completions, each with its own <see cref="ApiResponseBody.Raw"/>. Null means none.</summary>
    public IReadOnlyList<ChatCompletionResponse>? Data { get; set => field = value ?? []; }

    /// <summary>The id of the first completion of the page.</summary>
    public string? FirstId { get; set; }

    /// <summary>The id of the last completion of the page, after which the next page begins.</summary>
    public string? LastId { get; set; }

    /// <summary>Whether there is a next page.</summary>
    public bool? HasMore { get; set; }

    internal override void SetRaw(string json)
    {
        base.SetRaw(json);
        RawItems.Spread(Data, json, "data");
    }
}
