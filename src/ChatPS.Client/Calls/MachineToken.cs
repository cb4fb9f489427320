using System.Text.Json;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Calls;

/// <summary>Gets the token by which a machine shows who it is, anew each time. It is kept nowhere.</summary>
/// <param name="origin">Where from.</param>
/// <param name="script">Runs the script, where it is one.</param>
/// <param name="http">Sends to the machine's own surroundings: without a proxy, and following nobody.</param>
/// <param name="fileVariable">The variable of the vendor that names the file; null for none.</param>
internal sealed class MachineToken(IdentityOrigin origin, Func<CancellationToken, IssuedKey>? script, HttpMessageInvoker http, string? fileVariable)
{
    // What Anthropic takes at most.
    private const int LargestToken = 16 * 1024;

    private const string SharedFileVariable = "AZURE_FEDERATED_TOKEN_FILE";
    private const string AzureAudience = "api://AzureADTokenExchange";

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
            IdentityOrigin.TokenFile => Read(),
            _ => (script ?? throw Failed("its script cannot be run here.", "Connect again with the script block."))(cancellationToken).Value,
        };
        token = token.Trim();
        return token.Length is > 0 and <= LargestToken ? token
            : throw Failed(token.Length == 0 ? "the source gave an empty token." : "the source gave more than 16 KB, which is no token.", "Look at what the source gives, on this machine and as this account.");
    }

    private string Read()
    {
        string? path = origin.Path ?? Variable(fileVariable) ?? Variable(SharedFileVariable);
        if (path is null)
        {
            throw Failed("no file is named.", $"Give -Identity @{{ Source = 'TokenFile'; Path = '...' }}, or set {(fileVariable is null ? "" : fileVariable + " or ")}{SharedFileVariable}.");
        }

        try
        {
            FileInfo file = new(path);
            return file.Length <= LargestToken ? File.ReadAllText(path) : throw Failed($"the file '{path}' has more than 16 KB, which is no token.", "Name the file that holds the token alone.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed($"the file '{path}' cannot be read: {exception.Message}", "See that it is mounted, and that this account may read it.");
        }
    }

    private Task<string> AzureAsync(CancellationToken cancellationToken)
    {
        string query = $"resource={Uri.EscapeDataString(origin.Audience ?? AzureAudience)}" + (origin.ManagedIdentityId is { } id ? $"&client_id={Uri.EscapeDataString(id)}" : "");
        return Variable("IDENTITY_ENDPOINT") is { } endpoint && Variable("IDENTITY_HEADER") is { } secret
            ? AskAsync(Own("IDENTITY_ENDPOINT", endpoint), "api-version=2019-08-01&" + query, "X-IDENTITY-HEADER", secret, "access_token", cancellationToken)
            : AskAsync(Metadata, "api-version=2018-02-01&" + query, "Metadata", "true", "access_token", cancellationToken);
    }

    private Task<string> GitHubAsync(CancellationToken cancellationToken)
    {
        const string Address = "ACTIONS_ID_TOKEN_REQUEST_URL";
        const string Token = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
        return Variable(Address) is { } address && Variable(Token) is { } token
            ? AskAsync(Own(Address, address), origin.Audience is { } audience ? $"audience={Uri.EscapeDataString(audience)}" : "", "Authorization", "Bearer " + token, "value", cancellationToken)
            : throw Failed($"{Address} and {Token} are not set.", "Give the job the permission id-token: write; only jobs of GitHub Actions have these variables.");
    }

    private async Task<string> AskAsync(Uri address, string query, string header, string value, string member, CancellationToken cancellationToken)
    {
        UriBuilder whole = new(address);
        whole.Query = string.Join("&", new[] { whole.Query.TrimStart('?'), query }.Where(part => part.Length > 0));
        using HttpRequestMessage request = new(HttpMethod.Get, whole.Uri);
        request.Headers.TryAddWithoutValidation(header, value);
        string host = address.Host;
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            string body = await ChatPS.Api.Wire.BodyReader.ReadAsync(response.Content, 4 * LargestToken, cancellationToken);
            return response.IsSuccessStatusCode && JsonMembers.TryParse(body) is { ValueKind: JsonValueKind.Object } json && json.TextOf(member) is { } token
                ? token
                : throw Failed(FormattableString.Invariant($"{host} answered {(int)response.StatusCode} and gave no token."), "See that this machine has an identity, and that it may ask for tokens.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or ChatPS.Api.Errors.AnswerTooLargeException)
        {
            throw Failed($"{host} cannot be asked: {exception.GetBaseException().Message}", "See that this machine is where such an identity is given: -Identity ManagedIdentity is for Azure, GitHub for GitHub Actions.");
        }
    }

    // What lies in the environment may send the secret of the platform only to this machine, to its own network, or over TLS.
    private static Uri Own(string variable, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? address) && address.UserInfo.Length == 0
        && (address.Scheme == "https" || (address.Scheme == "http" && (BaseAddress.IsLoopback(address) || address.Host.StartsWith("169.254.", StringComparison.Ordinal))))
            ? address
            : throw Failed($"{variable} holds no address over TLS or of this machine.", "Leave the variable to the platform, which sets it.");

    private static string? Variable(string? name) => name is not null && Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static ChatServiceException Failed(string why, string advice) => new(ErrorIds.AuthenticationFailed, $"-Identity: the machine has no token to show: {why}", advice);
}
