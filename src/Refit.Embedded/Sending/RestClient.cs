namespace Refit;

/// <summary>What the requests of one generated client share.</summary>
internal sealed class RestClient(Type interfaceType, HttpClient http, RefitSettings settings)
{
    private Uri? _baseAddress;
    private string _prefix = "";

    /// <summary>The interface that the client implements.</summary>
    public Type InterfaceType { get; } = interfaceType;

    /// <summary>What sends.</summary>
    public HttpClient Http { get; } = http ?? throw new ArgumentNullException(nameof(http));

    /// <summary>How it behaves.</summary>
    public RefitSettings Settings { get; } = settings;

    /// <summary>Gets what stands in front of each route: the base address without its query and without a slash at its end.</summary>
    /// <exception cref="InvalidOperationException">The HttpClient has no base address.</exception>
    public string GetPrefix()
    {
        Uri address = Http.BaseAddress ?? throw new InvalidOperationException("BaseAddress must be set on the HttpClient instance");
        if (!ReferenceEquals(address, _baseAddress))
        {
            _prefix = address.GetLeftPart(UriPartial.Path).TrimEnd('/');
            _baseAddress = address;
        }

        return _prefix;
    }
}
