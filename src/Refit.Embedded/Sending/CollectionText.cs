namespace Refit;

/// <summary>Writes collections as one text or as several.</summary>
internal static class CollectionText
{
    /// <summary>The texts that go under one key: each item's for <see cref="CollectionFormat.Multi"/>, else all joined in one.</summary>
    public static IEnumerable<string?> Format<T>(IEnumerable<T> items, CollectionFormat format, Func<object?, string?> formatItem)
    {
        IEnumerable<string?> texts = items.Select(item => formatItem(item));
        return format == CollectionFormat.Multi ? texts : [string.Join(GetDelimiter(format), texts)];
    }

    private static string GetDelimiter(CollectionFormat format) => format switch
    {
        CollectionFormat.Ssv => " ",
        CollectionFormat.Tsv => "\t",
        CollectionFormat.Pipes => "|",
        _ => ",",
    };
}
