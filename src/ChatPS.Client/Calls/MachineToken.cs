using System.Net;
using System.Text.Json;
using ChatPS.Api.Wire;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;
using ChatPS.Client.Json;

namespace ChatPS.Client.Calls;

/// <summary>Gets the token by which a machine shows who it is, anew each time. It is kept nowhere.</summary>
/// <param name="origin">Where from.</param>
/// <param name="script">Runs the script, where it is one.</param>
/// <param name="near">Sends to the machine's own surroundings, without a proxy.</param>
/// <param name="far">Sends to the world, as the connection does.</param>
/// <param name="fileVariable">The variable of the vendor that names the file; null for none.</param>
internal sealed class MachineToken(IdentityOrigin origin, Func<CancellationToken, IssuedKey>? script, HttpMessageInvoker near, HttpMessageInvoker far, string? fileVariable)
{
    /// <summary>The most characters of a token: what Anthropic takes.</summary>
    public const int LargestToken = 16 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Uri Metadata = new("http://169.254.169.254/metadata/identity/oauth2/token");

    /// <summary>Gets the token.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The token.</returns>
    /// <exception cref="ChatServiceException">There is none; it says why, and quotes nothing of it.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        string token = origin.Source switch
        {
            IdentityOrigin.ManagedIdentity => await AzureAsync(cancellationToken),
            IdentityOrigin.GitHub => await GitHubAsync(cancellationToken),
            IdentityOrigin.TokenFile => await ReadAsync(cancellationToken),
            _ => (script ?? throw Failed("its script cannot be run here.", "Connect again with the script block."))(cancellationToken).Value,
        };
        token = token.Trim();
        return token.Length is > 0 and <= LargestToken ? token
            : throw Failed(token.Length == 0 ? "the source gave an empty token." : "the source gave more than 16 KB, which is no token.", "Look at what the source gives, on this machine and as this account.");
    }

    private async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        string path = origin.Path ?? Variable(fileVariable) ?? throw Failed(
            "no file is named.", $"Give -Identity @{{ Source = 'TokenFile'; Path = '...' }}{(fileVariable is null ? "" : $", or set {fileVariable}")}.");
        string shown = Printable.Line(path);
        try
        {
            OrdinaryFile.RequireIfThere(path);
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 4096, useAsync: true);
            using StreamReader reader = new(file);
            char[] text = new char[LargestToken + 1];
            int length = await reader.ReadBlockAsync(text, 0, text.Length);
            cancellationToken.ThrowIfCancellationRequested();
            return new string(text, 0, length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Failed($"the file '{shown}' cannot be read: {Printable.Line(exception.Message)}", "See that it is mounted, and that this account may read it.");
        }
    }

    private Task<string> AzureAsync(CancellationToken cancellationToken)
    {
        string query = $"resource={Uri.EscapeDataString(origin.Audience ?? "")}" + (origin.ManagedIdentityId is { } id ? $"&client_id={Uri.EscapeDataString(id)}" : "");
        return Variable("IDENTITY_ENDPOINT") is not { } endpoint ? AskAsync(near, Metadata, "api-version=2018-02-01&" + query, [("Metadata", "true")], "access_token", cancellationToken)
            : Variable("IDENTITY_HEADER") is { } secret ? AskAsync(near, Own("IDENTITY_ENDPOINT", endpoint), "api-version=2019-08-01&" + query, [("Metadata", "true"), ("X-IDENTITY-HEADER", secret)], "access_token", cancellationToken)
            : throw Failed("IDENTITY_ENDPOINT is set without IDENTITY_HEADER, as on machines of Azure Arc, whose identity is not known here.", "Get the token in a script block: -Identity { ... }.");
    }

    private Task<string> GitHubAsync(CancellationToken cancellationToken)
    {
        const string Address = "ACTIONS_ID_TOKEN_REQUEST_URL";
        const string Token = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
        return Variable(Address) is { } address && Variable(Token) is { } token
            ? AskAsync(far, Own(Address, address), origin.Audience is { } audience ? $"audience={Uri.EscapeDataString(audience)}" : "", [("Authorization", "Bearer " + token)], "value", cancellationToken)
            : throw Failed($"{Address} and {Token} are not set.", "Give the job the permission id-token: write; only jobs of GitHub Actions have these variables.");
    }

    private static async Task<string> AskAsync(HttpMessageInvoker http, Uri address, string query, (string Name, string Value)[] headers, string member, CancellationToken cancellationToken)
    {
        UriBuilder whole = new(address);
        whole.Query = string.Join("&", new[] { whole.Query.TrimStart('?'), query }.Where(part => part.Length > 0));
        using HttpRequestMessage request = new(HttpMethod.Get, whole.Uri);
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        string host = address.Host;
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, limit.Token);
            string body = await BodyReader.ReadAsync(response.Content, 4 * LargestToken, limit.Token);
            JsonElement? json = JsonMembers.TryParse(body) is { ValueKind: JsonValueKind.Object } found ? found : null;
            return response.IsSuccessStatusCode && json?.TextOf(member) is { } token ? token
                : throw ExchangeFailures.OfAnswer(
                    response, FormattableString.Invariant($"-Identity: the machine has no token to show: {host} answered {(int)response.StatusCode} and gave none"), json, headers.Select(header => header.Value), "See that this machine has an identity, and that it may ask for tokens for this audience.");
        }
        catch (Exception exception) when (ExchangeFailures.IsOfTransport(exception, cancellationToken))
        {
            throw ExchangeFailures.OfTransport(exception, $"-Identity: the machine has no token to show: {host} cannot be asked", "See that this machine is where such an identity is given: ManagedIdentity is for Azure, GitHub for GitHub Actions.");
        }
    }

    // What lies in the environment may send the secret of the platform only to this machine, to its own network, or over TLS.
    private static Uri Own(string variable, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? address) && address.UserInfo.Length == 0
        && (address.Scheme == "https" || (address.Scheme == "http" && (BaseAddress.IsLoopback(address) || IsLinkLocal(address))))
            ? address
            : throw Failed($"{variable} holds no address over TLS or of this machine.", "Leave the variable to the platform, which sets it.");

    private static bool IsLinkLocal(Uri address) => IPAddress.TryParse(address.Host, out IPAddress? ip) && ip.GetAddressBytes() is [169, 254, _, _];

    private static string? Variable(string? name) => name is not null && Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static ChatServiceException Failed(string why, string advice) => new(ErrorIds.AuthenticationFailed, $"-Identity: the machine has no token to show: {why}", advice);
}
