namespace Refit.Behaviour;

/// <summary>Keeps what the handlers of a client see.</summary>
internal sealed class CapturingHandler() : DelegatingHandler(new HttpClientHandler())
{
    public Dictionary<string, object?> Options { get; } = new(StringComparer.Ordinal);

    public Version? Version { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Version = request.Version;
        foreach (KeyValuePair<string, object?> option in request.Options)
        {
            Options.Add(option.Key, option.Value);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
