using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Models;

/// <summary>The models of the service.</summary>
public sealed class ModelList : ApiResponseBody, IBareList
{
    /// <summary><c>list</c>.</summary>
    public string? Object { get; set; }

    /// <summary>The models, each with its own <see cref="ApiResponseBody.Raw"/>.</summary>
    public IReadOnlyList<Model>? Data { get; set; }

    /// <summary>Whether there are more, at services that list page by page.</summary>
    public bool? HasMore { get; set; }

    /// <summary>The last id of the page.</summary>
    public string? LastId { get; set; }

    internal override void SetRaw(string json)
    {
        base.SetRaw(json);
        if (Data is null)
        {
            return;
        }

        using var document = JsonDocument.Parse(json);
        var items = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement : document.RootElement.GetProperty("data"u8);
        for (var i = 0; i < Data.Count; i++)
        {
            Data[i]?.SetRaw(items[i].GetRawText());
        }

        Data = [.. Data.Where(model => model is not null)];
    }
}
