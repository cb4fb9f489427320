using System.Globalization;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Kept;

/// <summary>What all answers have in common that a service keeps: they are found by an id, and listed in pages.</summary>
internal static class KeptAnswers
{
    /// <summary>Waits for a call that concerns one answer, and says what to do where there is none of that id.</summary>
    /// <typeparam name="T">What the call gives.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="advice">What to do.</param>
    /// <returns>What the call gave.</returns>
    /// <exception cref="ChatServiceException">The call failed.</exception>
    public static async Task<T> FindAsync<T>(Task<T> call, string advice)
    {
        try
        {
            return await call;
        }
        catch (ChatServiceException failure) when (failure.StatusCode == 404)
        {
            throw Failures.WithAdvice(failure, advice);
        }
    }

    /// <summary>The query of a page; what the caller adds wins.</summary>
    /// <param name="settings">What the call adds.</param>
    /// <param name="after">The last id of the page before; null for the first page.</param>
    /// <param name="size">The most items.</param>
    /// <param name="order"><c>asc</c> or <c>desc</c>.</param>
    /// <returns>The fields.</returns>
    public static Dictionary<string, string> Page(CallSettings settings, string? after, int size, string order)
    {
        Dictionary<string, string> query = new(StringComparer.Ordinal)
        {
            ["limit"] = size.ToString(CultureInfo.InvariantCulture),
            ["order"] = order,
        };
        if (after is not null)
        {
            query["after"] = after;
        }

        foreach (KeyValuePair<string, string> field in settings.AdditionalQuery ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            query[field.Key] = field.Value;
        }

        return query;
    }
}
