using ChatPS.Api.Wire;

namespace ChatPS.Api.Models;

/// <summary>The models of the service.</summary>
[Answer(nameof(Data))]
public sealed class ModelList : ApiResponseBody, IBareList
{
    /// <summary><c>list</c>.</summary>
    public string? Object { get; set; }

    /// <summary>The models, each with its own <see cref="ApiResponseBody.Raw"/>. Null means none.</summary>
    public IReadOnlyList<Model>? Data { get; set => field = value ?? []; }

    /// <summary>Whether there are more, at services that list page by page.</summary>
    public bool? HasMore { get; set; }

    /// <summary>The last id of the page.</summary>
    public string? LastId { get; set; }

    internal override void SetRaw(string json)
    {
        base.SetRaw(json);
        RawItems.Spread(Data, json, "data");
    }
}
