using System.Text;
using System.Text.Json;
using ChatPS.Api.Wire;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Calls;

/// <summary>Makes the key of a connection that has none but who its machine is: each token is exchanged anew, and kept nowhere.</summary>
internal sealed class IdentityKey : IDisposable
{
    private const int LargestAnswer = 256 * 1024;

    private static readonly TimeSpan Usual = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IdentityOrigin _origin;
    private readonly ITokenExchange _exchange;
    private readonly ConnectionSettings _settings;
    private readonly TimeProvider _time;
    private readonly Uri _address;
    private readonly HttpMessageInvoker _http;
    private readonly HttpMessageInvoker _near;
    private readonly MachineToken _machine;

    private IdentityKey(IdentityOrigin origin, ITokenExchange exchange, Uri address, ConnectionSettings settings, TimeProvider time)
    {
        _origin = origin;
        _exchange = exchange;
        _settings = settings;
        _time = time;
        _address = address;
        _http = new HttpMessageInvoker(Transport.CreateHandler(settings with { BaseUri = address, ClientCertificate = null }));
        _near = new HttpMessageInvoker(Transport.CreateHandler(settings with { BaseUri = address, ClientCertificate = null, Proxy = null, NoProxy = true }));
        _machine = new MachineToken(origin, settings.IdentityScript, _near, _http, exchange.FileVariable);
    }

    /// <summary>Finds out how the identity of a connection is exchanged. Nothing is sent.</summary>
    /// <param name="settings">The connection.</param>
    /// <param name="time">The clock.</param>
    /// <returns>What exchanges it; null where the connection has no identity.</returns>
    /// <exception cref="ChatServiceException">It cannot be exchanged; it says why.</exception>
    public static IdentityKey? Of(ConnectionSettings settings, TimeProvider time)
    {
        if (settings.Identity is not { } given)
        {
            return null;
        }

        ITokenExchange exchange = settings.Dialect.Offer<ITokenExchange>() ?? throw Failures.Invalid(
            $"-Identity: {settings.ServiceNameWithin} exchanges no identities.", "OpenAI and Anthropic do; elsewhere give a key, or -ApiKeyScript.");
        IdentityOrigin origin = exchange.Complete(given.Check());
        Uri address = origin.TokenUri ?? exchange.AddressFor(settings.BaseUri) ?? throw Failures.Invalid(
            $"-Identity: nothing says where {settings.BaseUri.Host} exchanges tokens.", "Give the address as TokenUri: -Identity @{ Source = '...'; TokenUri = 'https://...' }.");
        return address.Scheme == "https" || (address.Scheme == "http" && BaseAddress.IsLoopback(address)) ? new IdentityKey(origin, exchange, address, settings, time) : throw Failures.Invalid(
            $"-Identity: the token of the machine would travel to {address.Host} over {address.Scheme}, where anyone on the way can read it.", "Give a TokenUri with https.");
    }

    /// <summary>Makes the key.</summary>
    /// <returns>The key.</returns>
    public ApiKey ToKey() => ApiKey.FromIdentity(_settings.Identity!, token => ExchangeAsync(token).GetAwaiter().GetResult(), _time);

    public void Dispose()
    {
        _http.Dispose();
        _near.Dispose();
    }

    private async Task<IssuedKey> ExchangeAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            TimeSpan pause = TimeSpan.FromSeconds(0.5 * Math.Pow(2, attempt));
            try
            {
                return await AttemptAsync(cancellationToken);
            }
            catch (ChatServiceException failure) when (attempt < _settings.MaxRetry && ExchangeFailures.MayPass(failure))
            {
                pause = failure.RetryAfter ?? pause;
            }

            await _time.PauseAsync(pause, cancellationToken);
        }
    }

    private async Task<IssuedKey> AttemptAsync(CancellationToken cancellationToken)
    {
        string token = await _machine.GetAsync(cancellationToken);
        DateTimeOffset began = _time.GetUtcNow();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using HttpRequestMessage request = new(HttpMethod.Post, _address)
        {
            Content = new StringContent(PlainJson.Write(_exchange.Body(_origin, token).Where(member => member.Value is not null).ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal), "-Identity"), Encoding.UTF8, "application/json"),
        };
        foreach (KeyValuePair<string, string> header in _exchange.ExchangeHeaders)
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, limit.Token);
            string body = await BodyReader.ReadAsync(response.Content, LargestAnswer, limit.Token);
            JsonElement? json = JsonMembers.TryParse(body) is { ValueKind: JsonValueKind.Object } found ? found : null;
            if (!response.IsSuccessStatusCode)
            {
                throw ExchangeFailures.OfAnswer(
                    response,
                    FormattableString.Invariant($"-Identity: {_address.Host} answered {(int)response.StatusCode} to the token of this machine ({_origin.Source ?? "Script"})"),
                    json,
                    [token],
                    "Check the ids of -Identity, and that the service trusts the issuer, the audience and the subject of the machine's token. Trying again does not help.");
            }

            return json?.TextOf("access_token") is { Length: > 0 and <= MachineToken.LargestToken } issued && Lifetime(json.Value) is { } life
                ? new IssuedKey(issued, began + life)
                : throw new ChatServiceException(ErrorIds.BadResponse, $"-Identity: {_address.Host} sent no token in exchange, or one that has ended.", $"Check that {_address.GetLeftPart(UriPartial.Path)} is where tokens are exchanged.");
        }
        catch (Exception exception) when (ExchangeFailures.IsOfTransport(exception, cancellationToken))
        {
            throw ExchangeFailures.OfTransport(exception, $"-Identity: {_address.Host} cannot be asked to exchange the token", $"Check that {_address.Host} is reachable from here, and whether a proxy is needed.");
        }
    }

    // Null for a token that has ended before it came.
    private static TimeSpan? Lifetime(JsonElement json) =>
        JsonText.Member(json, "expires_in") is not { } told || !double.TryParse(JsonText.Read(told), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double seconds) || seconds > 1e8
            ? Usual
            : seconds >= 1 ? TimeSpan.FromSeconds(seconds) : null;
}
