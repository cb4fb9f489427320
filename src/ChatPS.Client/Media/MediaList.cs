using ChatPS.Client.Files;

namespace ChatPS.Client.Media;

/// <summary>Collects what an answer holds: each address once.</summary>
/// <param name="connection">The connection that answered.</param>
/// <param name="input">The pipeline item that was answered.</param>
/// <param name="index">Its place, from 0.</param>
/// <param name="prompt">What was asked, if that is a text.</param>
internal sealed class MediaList(string? connection, object? input, int index, string prompt)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<ChatMedia> _items = [];

    public IReadOnlyList<ChatMedia> Items => _items;

    public void AddAddress(string url, string kind, string? label)
    {
        if (!_seen.Add(url))
        {
            return;
        }

        if (!DataAddress.Is(url))
        {
            Add(kind, url, data: null, type: null, label);
        }
        else if (DataAddress.Read(url) is var (type, data) && data.Length > 0)
        {
            AddData(data, kind, type, label);
        }
    }

    public void AddData(byte[] data, string kind, string? type, string? label) => Add(kind, url: null, data, FileKind.Of(data)?.MediaType ?? type, label);

    public void AddFile(string id, string? name)
    {
        if (_seen.Add(id))
        {
            _items.Add(new ChatMedia { Kind = LinkScanner.KindOf("/" + name) ?? "file", FileId = id, FileName = name, Connection = connection, Input = input, Index = index, Part = _items.Count });
        }
    }

    private void Add(string kind, string? url, byte[]? data, string? type, string? label)
    {
        (int Width, int Height)? size = data is null ? null : PictureSize.Of(data);
        _items.Add(kind == "image"
            ? new ChatImage
            {
                Url = url, Data = data, MediaType = type, Size = data?.LongLength, Width = size?.Width, Height = size?.Height,
                Prompt = prompt, RevisedPrompt = label is { Length: > 0 } ? label : null, Connection = connection, Input = input, Index = index, Part = _items.Count,
            }
            : new ChatMedia { Kind = kind, Url = url, Data = data, MediaType = type, FileName = label is { Length: > 0 } ? label : null, Size = data?.LongLength, Connection = connection, Input = input, Index = index, Part = _items.Count });
    }
}
