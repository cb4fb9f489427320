using System.Net.Http.Headers;

namespace Refit;

/// <summary>Asks for the credential of each request that has an Authorization header, and keeps its scheme.</summary>
internal sealed class AuthorizationHandler(Func<HttpRequestMessage, CancellationToken, Task<string>> getter, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is { } authorization)
        {
            string credential = await getter(request, cancellationToken).ConfigureAwait(false);
            request.Headers.Authorization = new AuthenticationHeaderValue(authorization.Scheme, credential);
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
