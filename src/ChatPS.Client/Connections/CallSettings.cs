using ChatPS.Client.Faults;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Connections;

/// <summary>What one call does otherwise than its connection says, and who wants to hear about it.</summary>
public sealed record CallSettings
{
    /// <summary>Nothing of its own.</summary>
    public static readonly CallSettings None = new();

    /// <summary>The limit for one attempt, and for the gap between two events of a stream.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How often a failed request is tried again.</summary>
    public int? MaxRetry { get; init; }

    /// <summary>Members to add to the request's JSON, or to put in place of its own: plain dictionaries, lists and values.</summary>
    public IReadOnlyDictionary<string, object?>? AdditionalBody { get; init; }

    /// <summary>Headers to add.</summary>
    public IReadOnlyDictionary<string, string>? AdditionalHeader { get; init; }

    /// <summary>Query fields to add.</summary>
    public IReadOnlyDictionary<string, string>? AdditionalQuery { get; init; }

    /// <summary>Values of headers and query fields that were given as secure strings: they are shown nowhere, whatever those are called.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The prices that the cost of an answer is calculated from; null for those of the connection.</summary>
    public PriceTable? Prices { get; init; }

    /// <summary>The prices where neither the call nor the connection has any; null for none.</summary>
    public PriceTable? UsualPrices { get; init; }

    /// <summary>Whether it is about requests of a batch, which cost what the table of prices tells of batches.</summary>
    public bool IsBatch { get; init; }

    /// <summary>Hears, in words and without secrets, of attempts, waits and answers. Called on any thread.</summary>
    public Action<string>? Verbose { get; init; }

    /// <summary>Knows what the call waits for; null if nobody looks on.</summary>
    public CallWatch? Watch { get; init; }

    /// <summary>Hears what is sent and what comes, without secrets and shortened. Called on any thread.</summary>
    public Action<string>? Debug { get; init; }

    /// <summary>Hears of what went wrong beside the call. Called on any thread.</summary>
    public Action<string>? Warning { get; init; }

    /// <summary>Whether nothing is to be said that is not about the call itself.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Gets whether the request is sent again only where the service has refused it: what may have been taken costs twice otherwise.</summary>
    internal bool SendsOnce { get; init; }

    /// <summary>Gets who counts what calls for one answer take; null for nobody.</summary>
    internal ISpending? Spending { get; init; }

    /// <summary>Gets what the call is about; null where nobody looks on, or nothing is known.</summary>
    internal CallSubject? Subject { get; init; }

    /// <summary>Gets what the request itself holds that may bring secrets along, such as the token for a server of tools: plain dictionaries, lists and values.</summary>
    internal object? Carried { get; init; }

    /// <summary>Finds values that cannot be sent.</summary>
    /// <exception cref="ChatServiceException">A value cannot be sent; it says which.</exception>
    public void Validate()
    {
        ParameterRules.Timeout(Timeout);
        ParameterRules.AtLeast(MaxRetry, 0, "-MaxRetry");
        if (AdditionalHeader is { } headers)
        {
            foreach (KeyValuePair<string, string> header in headers)
            {
                HeaderRules.Check(header.Key, header.Value, "-AdditionalHeader");
            }
        }

        if (AdditionalQuery?.Keys.Any(string.IsNullOrWhiteSpace) == true)
        {
            throw Failures.Invalid("-AdditionalQuery: a field has no name.", "Give names and values, for example @{ 'api-version' = '2024-10-21' }.");
        }
    }

    /// <summary>Finds the value of a query field, unless the user adds that field to the call.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value otherwise.</param>
    /// <returns>The value; null where the user's holds.</returns>
    internal string? Unless(string field, string value) =>
        AdditionalQuery?.Keys.Contains(field, StringComparer.OrdinalIgnoreCase) == true ? null : value;
}
