using System.Collections;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Module;
using ChatPS.Pipeline;
using ChatPS.Sandboxes;

namespace ChatPS.Commands;

/// <summary>Connects to a service, which becomes the default for the commands that follow.</summary>
[Cmdlet(VerbsCommunications.Connect, "ChatService", DefaultParameterSetName = ServiceSet, SupportsShouldProcess = true)]
[OutputType(typeof(ChatConnection))]
public sealed partial class ConnectChatServiceCommand : PSCmdlet
{
    private const string ServiceSet = "Service";
    private const string SandboxSet = "Sandbox";
    private const string KeyVariable = "OPENAI_API_KEY";
    private const string AddressVariable = "OPENAI_BASE_URL";

    /// <summary>The address, with or without /v1.</summary>
    [Parameter(Position = 0, ParameterSetName = ServiceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Uri")]
    public string? BaseUri { get; set; }

    /// <summary>The key.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    [SecretTransformation]
    public SecureString? ApiKey { get; set; }

    /// <summary>The header that carries the key.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    [ValidateNotNullOrEmpty]
    public string? KeyHeader { get; set; }

    /// <summary>The version of the API that every request names.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    [ValidateNotNullOrEmpty]
    public string? ApiVersion { get; set; }

    /// <summary>Starts the sandbox, if it does not run yet, and connects to it.</summary>
    [Parameter(ParameterSetName = SandboxSet, Mandatory = true)]
    public SwitchParameter Sandbox { get; set; }

    /// <summary>The name of the connection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>How the service is spoken to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DialectCompleter))]
    public string? Dialect { get; set; }

    /// <summary>The model for commands that name none.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>The organization that requests are billed to.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public string? Organization { get; set; }

    /// <summary>The project that requests are billed to.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public string? Project { get; set; }

    /// <summary>How many seconds an attempt, or the gap between two events of a stream, may last.</summary>
    [Parameter]
    public double TimeoutSec { get; set; } = ConnectionSettings.DefaultTimeout.TotalSeconds;

    /// <summary>How often a failed request is tried again.</summary>
    [Parameter]
    public int MaxRetry { get; set; } = ConnectionSettings.DefaultMaxRetry;

    /// <summary>The most requests that are started in a minute.</summary>
    [Parameter]
    public int RequestsPerMinute { get; set; }

    /// <summary>The most tokens, of prompts and answers, that are asked for in a minute.</summary>
    [Parameter]
    public int TokensPerMinute { get; set; }

    /// <summary>Headers to add to every request.</summary>
    [Parameter]
    public IDictionary? AdditionalHeader { get; set; }

    /// <summary>Lets the key travel over plain HTTP to another machine.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public SwitchParameter AllowInsecure { get; set; }

    /// <summary>The proxy.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public Uri? Proxy { get; set; }

    /// <summary>Who to be at the proxy.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Goes without any proxy.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>Hosts to call without the proxy.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public string[]? ProxyBypass { get; set; }

    /// <summary>The certificate that tells the service who is calling.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>The oldest version of TLS to speak.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    [ValidateSet("1.2", "1.3")]
    public string MinimumTlsVersion { get; set; } = "1.2";

    /// <summary>The most that is read of one answer.</summary>
    [Parameter]
    public int MaxResponseSizeMB { get; set; } = ConnectionSettings.DefaultMaxResponseSizeMB;

    /// <summary>A file of certificate authorities to trust beside the system's.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public string? CertificateAuthorityPath { get; set; }

    /// <summary>Keeps the connection to this runspace.</summary>
    [Parameter]
    public SwitchParameter Isolated { get; set; }

    /// <summary>Emits the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        try
        {
            Connect();
        }
        catch (ChatServiceException failure)
        {
            ErrorRecord error = Errors.ToRecord(failure, Client.Connections.ApiKey.Withhold(BaseUri) ?? Profile ?? Name);
            if (!MyInvocation.ExpectingInput)
            {
                ThrowTerminatingError(error);
            }

            // One of several that were piped in: the others go on.
            WriteError(error);
        }
    }

    private void Connect()
    {
        ReadSources();
        string name = Name ?? DefaultConnectionName();
        if (!ShouldProcess(name, "Connect"))
        {
            return;
        }

        Dialect dialect = DialectInUse();
        ServiceAddress address = Sandbox ? BaseAddress.OfHost(ModuleState.Sandboxes.GetOrStart(name).BaseUri, dialect) : Address(dialect);
        ConnectionSettings settings = Settings(name, dialect, address);
        ServiceConnection connection = ModuleState.Connections.Connect(settings, ModuleState.RunspaceId, Isolated);
        if (PassThru)
        {
            WriteObject(ConnectionRegistry.Describe(connection, isDefault: true, Isolated));
        }
    }

    private ConnectionSettings Settings(string name, Dialect dialect, ServiceAddress address) => new()
    {
        Name = name,
        Dialect = dialect,
        Provider = _provider?.Name ?? _profile?.Provider,
        Profile = _profile?.Name,
        Unsupported = _provider?.Unsupported ?? [],
        BaseUri = address.BaseUri,
        ApiVersion = address.ApiVersion,
        Key = Sandbox ? null : Key(address.BaseUri),
        KeyHeader = KeyHeader,
        Model = Model ?? address.Model ?? (Sandbox ? SandboxRegistry.DefaultModel : null),
        Organization = Organization,
        Project = Project,
        Timeout = Seconds.ToTimeSpan(TimeoutSec, "-TimeoutSec"),
        MaxRetry = MaxRetry >= 0 ? MaxRetry : throw Failures.Invalid($"-MaxRetry is {MaxRetry}; it must be 0 or more.", "Give -MaxRetry 0 to try once only."),
        RequestsPerMinute = Rate(RequestsPerMinute, nameof(RequestsPerMinute)),
        TokensPerMinute = Rate(TokensPerMinute, nameof(TokensPerMinute)),
        AdditionalHeader = PlainObject.ToStrings(AdditionalHeader) ?? new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
        AllowInsecure = AllowInsecure,
        Proxy = Proxy is null or { IsAbsoluteUri: true } ? Proxy : throw Failures.Invalid($"-Proxy: '{Proxy}' has no scheme.", "Write it like http://proxy.example.com:8080."),
        ProxyCredential = ProxyCredential?.GetNetworkCredential(),
        NoProxy = NoProxy,
        ProxyBypass = ProxyBypass ?? [],
        ClientCertificate = ClientCertificate,
        MinimumTlsVersion = Version.Parse(MinimumTlsVersion),
        MaxResponseSizeMB = MaxResponseSizeMB,
        CertificateAuthorityPath = CertificateAuthorityPath is null ? null : GetUnresolvedProviderPathFromPSPath(CertificateAuthorityPath),
    };

    private int? Rate(int limit, string parameter) => limit == 0 && !IsBound(parameter) ? null
        : limit > 0 ? limit
        : throw Failures.Invalid($"-{parameter} is {limit}; it must be 1 or more.", "Leave it out for no limit.");
}
