using System.Globalization;
using ChatPS.Api;

namespace ChatPS.Client;

/// <summary>
/// How a family of services is spoken to: where the key goes, what a chat looks like on the wire, what there is besides chat.
/// A dialect has no state; one serves all connections.
/// </summary>
public abstract class Dialect
{
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

    /// <summary>Gets the headers that every request has.</summary>
    internal virtual IReadOnlyDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets what services of this family offer besides chat.</summary>
    internal virtual ServiceOffer Offers => ServiceOffer.None;

    /// <summary>Gets the parameters of a chat request that have no place in a request of this dialect.</summary>
    internal virtual IReadOnlyCollection<string> Unsupported => [];

    /// <summary>Gets whether answers can come piece by piece.</summary>
    internal virtual bool CanStream => true;

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

    /// <summary>The query fields of a request.</summary>
    /// <param name="settings">What the call adds.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>The fields; null for none.</returns>
    internal virtual IDictionary<string, string>? Query(CallSettings settings, ConnectionSettings connection) => settings.Query();

    /// <summary>Names the Refit clients that the dialect uses.</summary>
    /// <param name="clients">Takes them in.</param>
    internal virtual void AddClients(ClientSet clients)
    {
        clients.Add<IModelsApi>();
        clients.Add<ICompletionsApi>();
        clients.Add<IModerationsApi>();
        clients.Add<IBillingApi>();
    }

    /// <summary>Writes a request as it is sent, but for the key and the wish to stream.</summary>
    /// <param name="request">The request.</param>
    /// <param name="connection">The connection's settings.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The JSON in UTF-8.</returns>
    internal abstract ArraySegment<byte> ToJson(ChatRequest request, ConnectionSettings connection, CallSettings settings);

    /// <summary>Gets an answer.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">What to ask.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer.</returns>
    internal abstract Task<ChatCompletion> AskAsync(ServiceConnection connection, ChatRequest request, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Gets an answer piece by piece; the last piece carries the whole.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">What to ask.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cameWhole">Told if the service answered whole all the same.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The pieces.</returns>
    internal abstract IAsyncEnumerable<ChatCompletionUpdate> AskForStreamAsync(
        ServiceConnection connection, ChatRequest request, CallSettings settings, Action cameWhole, CancellationToken cancellationToken);

    /// <summary>Loads what the first chat of a connection will need. Nothing is sent.</summary>
    /// <param name="connection">The connection.</param>
    internal abstract void WarmUp(ServiceConnection connection);

    /// <summary>Reads an answer back.</summary>
    /// <param name="raw">The answer as it came; for a stream one line for each event.</param>
    /// <param name="isStream">Whether it came as a stream.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where the answer comes from.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="WireFormatException">The text is no answer.</exception>
    internal abstract ChatCompletion Restore(string raw, bool isStream, ChatRequest request, IAnswerOrigin origin);

    /// <summary>Lists all models.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The models in the service's order.</returns>
    internal virtual async Task<IReadOnlyList<ChatModel>> ListModelsAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken) =>
        (await ListPageAsync(connection, settings, Query(settings, connection.Settings), cancellationToken)).Page;

    /// <summary>Fetches one model.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="id">Its exact id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The model.</returns>
    internal virtual async Task<ChatModel> GetModelAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken)
    {
        using CallContext call = connection.Begin(settings, cancellationToken);
        Model model = await connection.CallAsync(call, token => connection.Client<IModelsApi>().GetAsync(id, settings.Headers(), Query(settings, connection.Settings), call, token));
        if (string.IsNullOrEmpty(model.Id))
        {
            throw FailureMapper.FromException(new WireFormatException("The answer is no model.", model.Raw), call);
        }

        call.Succeed(model: null);
        return ToModel(model, call);
    }

    /// <summary>Lists models, all or one page of them.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The models, and what the service says besides.</returns>
    private protected static async Task<(IReadOnlyList<ChatModel> Page, ModelList List)> ListPageAsync(
        ServiceConnection connection, CallSettings settings, IDictionary<string, string>? query, CancellationToken cancellationToken)
    {
        using CallContext call = connection.Begin(settings, cancellationToken);
        ModelList list = await connection.CallAsync(call, token => connection.Client<IModelsApi>().ListAsync(settings.Headers(), query, call, token));
        if (list.Data is not { } models)
        {
            throw FailureMapper.FromException(new WireFormatException("The answer is no list of models.", list.Raw), call);
        }

        call.Succeed(model: null);
        return ([.. models.Select(model => ToModel(model, call))], list);
    }

    /// <summary>Finds out what is left of the account.</summary>
    /// <param name="connection">The connection, whose service offers it.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The quota.</returns>
    internal virtual Task<ChatQuota> GetQuotaAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken) =>
        BillingQuota.GetAsync(connection, settings, cancellationToken);

    private static ChatModel ToModel(Model model, CallContext call) => new()
    {
        Id = model.Id ?? "",
        DisplayName = model.DisplayName,
        OwnedBy = model.OwnedBy,
        Created = UnixTime.From(model.Created ?? model.CreatedAt),
        ShutdownDate = DateTimeOffset.TryParse(model.ShutdownDate, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset day) ? day : null,
        Connection = call.Connection.Name,
        RequestId = call.RequestId,
        Raw = Redactor.Redact(model.Raw, call.Secrets),
    };
}
