using ChatPS.Api.Wire;

namespace ChatPS.Api.Files;

/// <summary>A page of files.</summary>
[Answer(nameof(Data))]
public sealed class FileList : ApiResponseBody, IBareList
{
    /// <summary><c>list</c>.</summary>
    public string? Object { get; set; }

    /// <summary>The files, each with its own <see cref="ApiResponseBody.Raw"/>. Null means none.</summary>
    public IReadOnlyList<FileObject>? Data { get; set => field = value ?? []; }

    /// <summary>Whether there are more.</summary>
    public bool? HasMore { get; set; }

    /// <summary>The first id of the page.</summary>
    public string? FirstId { get; set; }

    /// <summary>The last id of the page.</summary>
    public string? LastId { get; set; }

    internal override void SetRaw(string json)
    {
        base.SetRaw(json);
        RawItems.Spread(Data, json, "data");
    }
}
