using ChatPS.Api.Errors;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPS.Client.Connections;

/// <summary>
/// How a family of services is spoken to: where the key goes, what its addresses look like, what there is besides chat. What it
/// translates it offers as interfaces of the families of endpoints. A dialect has no state; one serves all connections.
/// </summary>
public abstract class Dialect
{
    private static readonly Dictionary<string, string> NoHeaders = new(StringComparer.Ordinal);

    private protected Dialect()
    {
    }

    /// <summary>The name to choose the dialect by.</summary>
    public abstract string Name { get; }

    /// <summary>Whether OpenAI itself speaks the dialect, so that its address and key are the defaults.</summary>
    public virtual bool IsOpenAIs => false;

    /// <inheritdoc />
    public override string ToString() => Name;

    /// <summary>Gets the header that carries the key; null where the key travels in the body. <c>Authorization</c> carries it as a bearer token.</summary>
    internal virtual string? KeyHeader => "Authorization";

    /// <summary>Finds the header for a key, where keys of several kinds are told apart by their look.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The header; null where the key travels in the body.</returns>
    internal virtual string? KeyHeaderFor(string key) => KeyHeader;

    /// <summary>Gets the headers that every request of a connection has.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>The headers.</returns>
    internal virtual IReadOnlyDictionary<string, string> Headers(ConnectionSettings connection) => NoHeaders;

    /// <summary>Tells what to do about an error that services of the dialect word in their own way.</summary>
    /// <param name="error">What the service says.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>The advice; null where there is no special one.</returns>
    internal virtual string? Advise(ApiError error, ConnectionSettings connection) => null;

    /// <summary>Gets the ends of addresses that vendors show, and that are not part of the base address.</summary>
    internal virtual IReadOnlyList<string> Endpoints => ["/chat/completions", "/completions", "/models", "/moderations"];

    /// <summary>Completes the path of an address that names no endpoint.</summary>
    /// <param name="path">The path without a trailing slash.</param>
    /// <returns>The path that endpoints are added to.</returns>
    internal virtual string CompletePath(string path) => BaseAddress.HasVersion(path) ? path : path + "/v1";

    /// <summary>Reads an address.</summary>
    /// <param name="uri">The address.</param>
    /// <param name="apiVersion">The version of the API that was asked for; null for none.</param>
    /// <returns>What the address says.</returns>
    public virtual ServiceAddress Locate(Uri uri, string? apiVersion)
    {
        string path = uri.AbsolutePath.TrimEnd('/');
        string? endpoint = Endpoints.FirstOrDefault(end => path.EndsWith(end, StringComparison.Ordinal));
        path = endpoint is null ? CompletePath(path) : path.Substring(0, path.Length - endpoint.Length);
        return new ServiceAddress(new Uri(uri.GetLeftPart(UriPartial.Authority) + path), apiVersion);
    }

    /// <summary>Whether an address may have this query.</summary>
    /// <param name="query">The query with its question mark.</param>
    /// <returns>Whether <see cref="Locate"/> reads it.</returns>
    internal virtual bool Takes(string query) => false;

    /// <summary>Gets the query fields that every request of a connection has.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>The fields; null for none.</returns>
    internal virtual IReadOnlyDictionary<string, string>? Query(ConnectionSettings connection) => null;

    /// <summary>Gets the words that the service defines for a parameter, where the dialect has its own.</summary>
    /// <param name="property">The property of a request.</param>
    /// <returns>The words; null where they are those of OpenAI.</returns>
    internal virtual string[]? WordsOf(string property) => null;

    /// <summary>Registers the Refit client that the dialect's chat uses.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="httpClient">The name of the connection's HTTP client.</param>
    internal abstract void AddClient(IServiceCollection services, string httpClient);

    /// <summary>Gets what else a service of the dialect has, each as the interface of its family.</summary>
    internal virtual IReadOnlyList<object> Families => [];

    /// <summary>Asks for what a family of endpoints needs of the dialect: what it translates.</summary>
    /// <typeparam name="T">The family's interface.</typeparam>
    /// <returns>What the dialect offers as that, or null where it has no such family.</returns>
    internal T? Offer<T>()
        where T : class => this as T ?? Families.OfType<T>().FirstOrDefault();
}
