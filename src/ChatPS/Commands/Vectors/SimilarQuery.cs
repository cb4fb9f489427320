using System.Collections;
using ChatPS.Client.Content;
using ChatPS.Client.Faults;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>What is searched for.</summary>
/// <param name="Text">The text; null for a vector without one.</param>
/// <param name="Vector">The vector; null where it is still to be asked for.</param>
/// <param name="Index">Which it is of those that were given, from 0.</param>
internal sealed record SimilarQuery(string? Text, VectorValue? Vector, int Index = 0)
{
    private const string Parameter = "-Query";
    private const string Item = "-InputObject";

    /// <summary>Reads what was given to <c>-Query</c>.</summary>
    /// <param name="query">A text, an embedding, an array of numbers, or several of them.</param>
    /// <returns>The queries.</returns>
    /// <exception cref="ChatServiceException">One of them is none.</exception>
    public static List<SimilarQuery> Read(object query) => TryRead(query) is { } one ? [one]
        : Bare.Of(query) is IEnumerable several and not string and not IDictionary ? [.. several.Cast<object?>().Select((item, index) => (TryRead(item) ?? throw NoQuery(item, Parameter)) with { Index = index })]
        : throw NoQuery(query, Parameter);

    /// <summary>Reads what was piped in to be searched for.</summary>
    /// <param name="item">A text, a file of text, or an embedding.</param>
    /// <param name="index">Its place in the pipeline, from 0.</param>
    /// <returns>The query.</returns>
    /// <exception cref="ChatServiceException">It is none.</exception>
    public static SimilarQuery ReadItem(object? item, int index)
    {
        object? query = Bare.Of(item) is FileInfo file ? MediaFile.Text(file.FullName, Item) : item;
        return (TryRead(query, Item) ?? throw NoQuery(query, Item)) with { Index = index };
    }

    private static SimilarQuery? TryRead(object? value, string origin = Parameter)
    {
        object? bare = Bare.Of(value);
        if (VectorValue.TryRead(value) is { } vector)
        {
            return new SimilarQuery(vector.Embedding is { Text.Length: > 0 } embedding ? embedding.Text : null, vector);
        }

        string? text = bare is string own ? own : OwnText.Of(bare);
        return text is null ? null
            : !string.IsNullOrWhiteSpace(text) ? new SimilarQuery(text, null)
            : throw Failures.Invalid($"{origin}: the text is empty.", "Give a text, or leave it out.");
    }

    private static ChatServiceException NoQuery(object? value, string origin) => Failures.Invalid(
        $"{origin}: {(PlainObject.IsNull(value) ? "null" : $"a value of type {Bare.Of(value)!.GetType().Name}")} is neither a text nor a vector.", "Give texts, what Get-ChatEmbedding emits, or arrays of numbers.");
}
