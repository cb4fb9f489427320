using System.Globalization;
using System.Runtime.CompilerServices;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Calls;

/// <summary>Lists that services give page by page.</summary>
internal static class Pages
{
    // More than any list of models has; a service that goes on for ever is stopped here.
    private const int MostPagesOfAll = 100;

    private const int MostPages = 10_000;

    private const int MostEmptyPages = 100;

    /// <summary>Goes through a list. A page is fetched when it is needed.</summary>
    /// <typeparam name="T">An item.</typeparam>
    /// <param name="first">The most items to give; null for all.</param>
    /// <param name="read">Fetches the page that begins at a place, null for the first, for so many items at most.</param>
    /// <param name="idOf">Tells an item's id; null for an item that has none.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    /// <returns>The items in the service's order.</returns>
    /// <exception cref="ChatServiceException">The list has no end.</exception>
    public static IAsyncEnumerable<T> ReadAsync<T>(
        int? first, Func<string?, int, CancellationToken, Task<Page<T>>> read, Func<T, string?> idOf, CancellationToken cancellationToken) =>
        ReadAsync(first, MostPages, read, idOf, cancellationToken);

    // Some services name the same place again and again, others ignore it and give their first page for ever.
    private static async IAsyncEnumerable<T> ReadAsync<T>(
        int? first, int mostPages, Func<string?, int, CancellationToken, Task<Page<T>>> read, Func<T, string?> idOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> places = new(StringComparer.Ordinal);
        HashSet<string> ids = new(StringComparer.Ordinal);
        int left = first ?? int.MaxValue;
        int empty = 0;
        string? place = null;
        do
        {
            if (places.Count == mostPages)
            {
                throw new ChatServiceException(
                    ErrorIds.BadResponse,
                    FormattableString.Invariant($"The service's list has no end: {mostPages} pages were read, and there is always another."),
                    "Ask for less, or tell the service's operator.");
            }

            Page<T> page = await read(place, left, cancellationToken);
            int given = left;
            foreach (T item in page.Items)
            {
                if (left > 0 && (idOf(item) is not { Length: > 0 } id || ids.Add(id)))
                {
                    left--;
                    yield return item;
                }
            }

            empty = page.Items.Count == 0 ? empty + 1 : 0;
            place = left < given || (page.Items.Count == 0 && empty < MostEmptyPages) ? page.Next : null;
        }
        while (left > 0 && place is { Length: > 0 } && places.Add(place));
    }

    /// <summary>Fetches a whole list.</summary>
    /// <typeparam name="T">An item.</typeparam>
    /// <param name="read">Fetches the page that begins at a place, null for the first.</param>
    /// <param name="idOf">Tells an item's id; null for an item that has none.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The items in the service's order.</returns>
    /// <exception cref="ChatServiceException">The list has no end.</exception>
    public static async Task<IReadOnlyList<T>> AllAsync<T>(Func<string?, CancellationToken, Task<Page<T>>> read, Func<T, string?> idOf, CancellationToken cancellationToken)
    {
        List<T> all = [];
        await foreach (T item in ReadAsync(null, MostPagesOfAll, (place, _, token) => read(place, token), idOf, cancellationToken))
        {
            all.Add(item);
        }

        return all;
    }

    /// <summary>The query of a page in OpenAI's form.</summary>
    /// <param name="settings">What the call adds, which wins.</param>
    /// <param name="after">The last id of the page before; null for the first page.</param>
    /// <param name="size">The most items.</param>
    /// <param name="order"><c>asc</c> or <c>desc</c>; null where the service knows one order.</param>
    /// <returns>The fields.</returns>
    public static Dictionary<string, string> Query(CallSettings settings, string? after, int size, string? order = null) => Fields(
        ("limit", settings.Unless("limit", size.ToString(CultureInfo.InvariantCulture))),
        ("order", order is null ? null : settings.Unless("order", order)),
        ("after", after));

    /// <summary>Makes a query of the fields that have a value.</summary>
    /// <param name="fields">Names and values.</param>
    /// <returns>The fields.</returns>
    public static Dictionary<string, string> Fields(params (string Name, string? Value)[] fields) =>
        fields.Where(field => field.Value is not null).ToDictionary(field => field.Name, field => field.Value!, StringComparer.Ordinal);

    /// <summary>Makes a page of a list in OpenAI's form.</summary>
    /// <typeparam name="T">An item.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="hasMore">Whether more follow, as the service says.</param>
    /// <param name="lastId">The id of the last item, as the service says.</param>
    /// <param name="idOf">Tells an item's id, which some services leave the caller to look up.</param>
    /// <returns>The page.</returns>
    public static Page<T> Of<T>(IReadOnlyList<T> items, bool? hasMore, string? lastId, Func<T, string?> idOf) =>
        new(items, hasMore == true && items.Count > 0 ? lastId ?? idOf(items[items.Count - 1]) : null);
}
