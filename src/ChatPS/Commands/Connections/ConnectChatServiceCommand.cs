using System.Collections;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Completion;
using ChatPS.Connections;
using ChatPS.Conversion;
using ChatPS.Module;
using ChatPS.Parameters;
using ChatPS.Pipeline;
using ChatPS.Prices;
using ChatPS.Scheduling;

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
    [Parameter(Position = 0, ParameterSetName = ServiceSet, ValueFromPipelineByPropertyName = true, HelpMessage = "The address, with or without /v1.")]
    [Alias("Uri")]
    public string? BaseUri { get; set; }

    /// <summary>The key.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "The key.")]
    [SecretTransformation]
    public SecureString? ApiKey { get; set; }

    /// <summary>The header that carries the key.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "The header that carries the key.")]
    [ValidateNotNullOrEmpty]
    public string? KeyHeader { get; set; }

    /// <summary>The version of the API that every request names.</summary>
    [Parameter(HelpMessage = "The version of the API that every request names.")]
    [ValidateNotNullOrEmpty]
    public string? ApiVersion { get; set; }

    /// <summary>Starts the sandbox, if it does not run yet, and connects to it.</summary>
    [Parameter(ParameterSetName = SandboxSet, Mandatory = true, HelpMessage = "Starts the sandbox, if it does not run yet, and connects to it.")]
    public SwitchParameter Sandbox { get; set; }

    /// <summary>The name of the connection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "The name of the connection.")]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>How the service is spoken to.</summary>
    [Parameter(HelpMessage = "How the service is spoken to.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DialectCompleter))]
    public string? Dialect { get; set; }

    /// <summary>The model for commands that name none.</summary>
    [Parameter(HelpMessage = "The model for commands that name none.")]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>The organization that requests are billed to.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "The organization that requests are billed to.")]
    public string? Organization { get; set; }

    /// <summary>The project that requests are billed to.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "The project that requests are billed to.")]
    public string? Project { get; set; }

    /// <summary>How many seconds an attempt, or the gap between two events of a stream, may last.</summary>
    [Parameter(HelpMessage = "How many seconds an attempt, or the gap between two events of a stream, may last.")]
    public double TimeoutSec { get; set; }

    /// <summary>How often a failed request is tried again.</summary>
    [Parameter(HelpMessage = "How often a failed request is tried again.")]
    public int MaxRetry { get; set; }

    /// <summary>The most requests that are started in a minute.</summary>
    [Parameter(HelpMessage = "The most requests that are started in a minute.")]
    public int RequestsPerMinute { get; set; }

    /// <summary>The most tokens, of prompts and answers, that are asked for in a minute.</summary>
    [Parameter(HelpMessage = "The most tokens, of prompts and answers, that are asked for in a minute.")]
    public int TokensPerMinute { get; set; }

    /// <summary>Headers to add to every request.</summary>
    [Parameter(HelpMessage = "Headers to add to every request.")]
    public IDictionary? AdditionalHeader { get; set; }

    /// <summary>Lets the key travel over plain HTTP to another machine.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "Lets the key travel over plain HTTP to another machine.")]
    public SwitchParameter AllowInsecure { get; set; }

    /// <summary>The proxy.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "The proxy.")]
    public Uri? Proxy { get; set; }

    /// <summary>Who to be at the proxy.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "Who to be at the proxy.")]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Goes without any proxy.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "Goes without any proxy.")]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>Hosts to call without the proxy.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "Hosts to call without the proxy.")]
    public string[]? ProxyBypass { get; set; }

    /// <summary>The certificate that tells the service who is calling.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "The certificate that tells the service who is calling.")]
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>The oldest version of TLS to speak.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "The oldest version of TLS to speak.")]
    [ValidateSet("1.2", "1.3")]
    public string MinimumTlsVersion { get; set; } = "1.2";

    /// <summary>The most that is read of one answer.</summary>
    [Parameter(HelpMessage = "The most that is read of one answer.")]
    public int MaxResponseSizeMB { get; set; }

    /// <summary>A file of certificate authorities to trust beside the system's.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "A file of certificate authorities to trust beside the system's.")]
    public string? CertificateAuthorityPath { get; set; }

    /// <summary>Keeps the connection to this runspace.</summary>
    [Parameter(HelpMessage = "Keeps the connection to this runspace.")]
    public SwitchParameter Isolated { get; set; }

    /// <summary>Prices by model: a hashtable, rows, or the path of a CSV file.</summary>
    [Parameter(HelpMessage = "Prices by model: a hashtable, rows, or the path of a CSV file.")]
    [ValidateNotNull]
    public object? PriceTable { get; set; }

    /// <summary>The file where each call is entered.</summary>
    [Parameter(HelpMessage = "The file where each call is entered.")]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>What is entered there of prompts and answers.</summary>
    [Parameter(HelpMessage = "What the log has of prompts and answers: None, Hash or Full.")]
    [ValidateSet("None", "Hash", "Full")]
    public string LogContent { get; set; } = "Hash";

    /// <summary>Emits the connection.</summary>
    [Parameter(HelpMessage = "Emits the connection.")]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Writes no line on the screen.</summary>
    [Parameter(HelpMessage = "Writes no line on the screen.")]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        try
        {
            BoundSecrets.Hide(this);
            Connect();
        }
        catch (ChatServiceException failure)
        {
            if (!IsWhatIf)
            {
                ModuleState.Connections.LeaveWithoutDefault(ModuleState.RunspaceId, failure.Message);
            }

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

        ServiceConnection connection = KeepLive(name) ?? MakeNew(name);
        if (PassThru)
        {
            WriteObject(ConnectionRegistry.Describe(connection, isDefault: true, ModuleState.Connections.IsIsolated(name, ModuleState.RunspaceId)));
        }
        else if (!Quiet)
        {
            ConnectionNotice.Write(this, $"Connected to {ConnectionNotice.Describe(connection.Settings)}.", InteractiveConsole.IsThere(Host));
        }
    }

    private ServiceConnection MakeNew(string name)
    {
        Dialect dialect = DialectInUse();
        ServiceAddress address = Sandbox ? AtSandbox(name, dialect) : Address(dialect);
        RequireOwnAddress(address.BaseUri);
        ConnectionSettings settings = Settings(name, dialect, address);
        if (settings.Prices is { } prices && settings.Model is { Length: > 0 } model && !prices.Covers(model))
        {
            WriteWarning($"-PriceTable has no price for the model '{model}': what it costs will not be known. Add the model, or a pattern that fits it.");
        }

        bool isIsolated = IsBound(nameof(Isolated)) ? Isolated : IsLiveIsolated;
        return ModuleState.Connections.Connect(settings, ModuleState.RunspaceId, isIsolated);
    }

    private ServiceAddress AtSandbox(string name, Dialect dialect)
    {
        ServiceAddress address = BaseAddress.OfHost(ModuleState.Sandboxes.GetOrStart(name).BaseUri, dialect);
        return ApiVersion is null ? address : address with { ApiVersion = ApiVersion };
    }

    // What was given wins over the connection or the profile that is started from. Each item that is piped in starts anew.
    private ConnectionSettings Settings(string name, Dialect dialect, ServiceAddress address)
    {
        ConnectionOptions saved = (ConnectionOptions?)_live ?? _profile ?? new ConnectionOptions();
        List<string> secrets = [.. IsBound(nameof(AdditionalHeader)) ? [] : _live?.Secrets ?? []];
        bool isElsewhere = _live is not null && _live.BaseUri.Authority != address.BaseUri.Authority;
        IdentityOrigin? identity = Sandbox ? null : IdentityInUse(address.BaseUri);
        string? priceTable = IsBound(nameof(PriceTable)) ? PriceTableReader.PathOf(this, PriceTable) : saved.PriceTable;
        return new ConnectionSettings(saved)
        {
            Name = name,
            Dialect = dialect,
            Provider = _provider?.Name ?? (isElsewhere ? null : saved.Provider),
            Profile = _profile?.Name ?? (isElsewhere ? null : _live?.Profile),
            Unsupported = _provider?.Unsupported ?? _live?.Unsupported ?? [],
            TellsRetirement = _live is not null && !isElsewhere ? _live.TellsRetirement : !Sandbox && ProviderCatalog.TellsRetirement(_provider, address.BaseUri),
            Reasoning = _provider?.Reasoning ?? _live?.Reasoning ?? default,
            BaseUri = address.BaseUri,
            ApiVersion = address.ApiVersion,
            Identity = identity,
            IdentityScript = identity?.Script is { } script ? KeyScripts.Runner(script, SessionState.LanguageMode, "-Identity") : null,
            Key = Sandbox || identity is not null ? null : Key(address.BaseUri),
            KeyHeader = KeyHeader ?? saved.KeyHeader ?? _provider?.KeyHeader,
            Model = Given(nameof(Model), Model, saved.Model) ?? address.Model ?? (Sandbox ? SandboxRegistry.DefaultModel : null),
            Organization = Given(nameof(Organization), Organization, saved.Organization),
            Project = Given(nameof(Project), Project, saved.Project),
            Timeout = IsBound(nameof(TimeoutSec)) ? Seconds.ToTimeSpan(TimeoutSec, "-TimeoutSec") : saved.Timeout,
            MaxRetry = MaxRetry >= 0 ? Given(nameof(MaxRetry), MaxRetry, saved.MaxRetry) : throw Failures.Invalid($"-MaxRetry is {MaxRetry}; it must be 0 or more.", "Give -MaxRetry 0 to try once only."),
            RequestsPerMinute = Rate(nameof(RequestsPerMinute), RequestsPerMinute, saved.RequestsPerMinute),
            TokensPerMinute = Rate(nameof(TokensPerMinute), TokensPerMinute, saved.TokensPerMinute),
            AdditionalHeader = Given(nameof(AdditionalHeader), PlainObject.ToFields(AdditionalHeader, secrets) ?? new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), saved.AdditionalHeader),
            Secrets = secrets,
            AllowInsecure = Given<bool>(nameof(AllowInsecure), AllowInsecure, saved.AllowInsecure),
            Proxy = Proxy is null or { IsAbsoluteUri: true } ? Given(nameof(Proxy), Proxy, saved.Proxy) : throw Failures.Invalid($"-Proxy: '{Proxy}' has no scheme.", "Write it like http://proxy.example.com:8080."),
            ProxyCredential = IsBound(nameof(ProxyCredential)) ? ProxyCredential?.GetNetworkCredential() : _live?.ProxyCredential,
            NoProxy = Given<bool>(nameof(NoProxy), NoProxy, saved.NoProxy),
            ProxyBypass = Given(nameof(ProxyBypass), ProxyBypass ?? [], saved.ProxyBypass),
            ClientCertificate = Given(nameof(ClientCertificate), ClientCertificate, _live?.ClientCertificate),
            MinimumTlsVersion = Given(nameof(MinimumTlsVersion), Version.Parse(MinimumTlsVersion), saved.MinimumTlsVersion),
            MaxResponseSizeMB = Given(nameof(MaxResponseSizeMB), MaxResponseSizeMB, saved.MaxResponseSizeMB),
            CertificateAuthorityPath = Given(nameof(CertificateAuthorityPath), CertificateAuthorityPath, saved.CertificateAuthorityPath) is { } path ? GetUnresolvedProviderPathFromPSPath(path) : null,
            PriceTable = priceTable,
            Prices = IsBound(nameof(PriceTable)) ? PriceTableReader.Read(this, PriceTable) : _live is not null ? _live.Prices : priceTable is null ? null : PriceTableReader.Read(this, priceTable),
            LogPath = Given(nameof(LogPath), LogPath, saved.LogPath) is { } log ? GetUnresolvedProviderPathFromPSPath(log) : null,
            LogContent = Given(nameof(LogContent), LogContent, saved.LogContent),
        };
    }

    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? given is SwitchParameter { IsPresent: true }
        : GetVariableValue("WhatIfPreference") is { } preference && LanguagePrimitives.IsTrue(preference);

    private int? Rate(string parameter, int limit, int? saved) => !IsBound(parameter) ? saved
        : limit > 0 ? limit
        : throw Failures.Invalid($"-{parameter} is {limit}; it must be 1 or more.", "Leave it out for no limit.");
}
