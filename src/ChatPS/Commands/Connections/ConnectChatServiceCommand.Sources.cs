using System.Management.Automation;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Profiles;
using ChatPS.Client.Providers;
using ChatPS.Completion;
using ChatPS.Connections;
using ChatPS.Module;

namespace ChatPS.Commands;

// What comes from a provider or from a profile, and where the key comes from.
public sealed partial class ConnectChatServiceCommand
{
    private Provider? _provider;
    private ConnectionProfile? _profile;

    /// <summary>The service by name.</summary>
    [Parameter(ParameterSetName = ServiceSet, ValueFromPipelineByPropertyName = true, HelpMessage = "The service by name.")]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string? Provider { get; set; }

    /// <summary>The saved connection to start from.</summary>
    [Parameter(ParameterSetName = ServiceSet, ValueFromPipelineByPropertyName = true, HelpMessage = "The saved connection to start from.")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>The environment variable that holds the key.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "The environment variable that holds the key.")]
    [ValidateNotNullOrEmpty]
    public string? ApiKeyVariable { get; set; }

    /// <summary>A script that gives the key, and is run again when it ends.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "A script that gives the key, and is run again when it ends.")]
    [ValidateNotNull]
    public ScriptBlock? ApiKeyScript { get; set; }

    /// <summary>The secret that is the key.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "The secret that is the key.")]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>The vault that has the secret.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "The vault that has the secret.")]
    [ValidateNotNullOrEmpty]
    public string? VaultName { get; set; }

    private void ReadSources()
    {
        _live = FindLive();
        if (_live is not null)
        {
            _provider = null;
            _profile = null;
            return;
        }

        // What is piped can have such properties without a value.
        _profile = Profile is { Length: > 0 } profile ? ModuleState.Profiles.Load(profile)
            : IsTyped(nameof(Profile), Profile) ? throw Failures.Invalid("-Profile is empty.", "Give the name of a profile; Get-ChatConnection -Saved lists them.")
            : null;
        _provider = Provider is { Length: > 0 } provider ? ProviderCatalog.Find(provider)
            : IsTyped(nameof(Provider), Provider) ? throw Failures.Invalid("-Provider is empty.", "Give the name of a provider; Get-ChatProvider lists them.")
            : _profile?.Provider is { } saved ? ProviderCatalog.TryFind(saved)
            : null;
        if (_profile is not null && Provider is { Length: > 0 } && !string.Equals(Provider, _profile.Provider, StringComparison.OrdinalIgnoreCase))
        {
            throw Failures.Invalid($"-Profile '{_profile.Name}' is not for the provider '{Provider}'.", "Leave out -Provider, or -Profile.");
        }
    }

    private string DefaultConnectionName() => Sandbox ? SandboxRegistry.DefaultName : _live?.Name ?? _profile?.Name ?? _provider?.Name ?? ConnectionSettings.DefaultName;

    private Dialect DialectInUse() =>
        Dialect is null && _live is not null ? _live.Dialect
        : (Dialect ?? _profile?.Dialect) is { } name ? KnownDialects.Find(name, IsBound(nameof(Dialect)) ? "-Dialect" : $"The profile '{_profile?.Name}'")
        : _provider is not null ? ProviderCatalog.DialectOf(_provider)
        : KnownDialects.OpenAI;

    private string? VersionInUse => ApiVersion ?? _live?.ApiVersion ?? _profile?.ApiVersion;

    // An empty variable must not send data to another service than was meant.
    private ServiceAddress Address(Dialect dialect) => IsBound(nameof(BaseUri)) && string.IsNullOrWhiteSpace(BaseUri)
        ? throw Failures.Invalid("-BaseUri is empty.", "Give an address; leave -BaseUri out for OPENAI_BASE_URL or OpenAI.")
        : BaseUri is { } given ? Known(given) is { } known ? new ServiceAddress(known, VersionInUse) : Typed(given, dialect)
        : _live is not null ? new ServiceAddress(_live.BaseUri, VersionInUse)
        : _profile is not null ? new ServiceAddress(_profile.BaseUri, VersionInUse)
        : _provider is not null ? AddressOf(_provider, dialect)
        : !dialect.IsOpenAIs ? throw Failures.Invalid($"-Dialect {dialect.Name}: no address was given, and OpenAI's does not speak it.", $"Give the service's address with -BaseUri.")
        : Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } variable ? BaseAddress.Read(variable, AddressVariable, dialect, VersionInUse)
        : dialect.Locate(BaseAddress.OpenAI, VersionInUse);

    private ServiceAddress Typed(string given, Dialect dialect)
    {
        if (ModuleState.Connections.List(ModuleState.RunspaceId).Any(connection => string.Equals(connection.Name, given, StringComparison.OrdinalIgnoreCase)))
        {
            throw Failures.Invalid($"-BaseUri: '{given}' is the name of a connection, and no address.", $"Use Connect-ChatService -Name {given}.");
        }

        ProviderNames.Refuse(given);
        return BaseAddress.Read(given, "-BaseUri", dialect, VersionInUse);
    }

    // What is known of an address is not guessed at: Get-ChatConnection -Saved pipes it in, too.
    private Uri? Known(string given) => Array.Find([_live?.BaseUri, _profile?.BaseUri, _provider?.BaseUri], known => known is not null && known.AbsoluteUri.TrimEnd('/') == given.Trim().TrimEnd('/'));

    private ServiceAddress AddressOf(Provider provider, Dialect dialect) =>
        provider.AddressVariable is { } name && Environment.GetEnvironmentVariable(name) is { Length: > 0 } variable ? BaseAddress.Read(variable, name, dialect, VersionInUse)
        : provider.BaseUri is { } address ? new ServiceAddress(address, VersionInUse)
        : throw Failures.Invalid(
            $"-Provider {provider.Name}: no address was given.",
            provider.AddressVariable is null ? "Give the service's address with -BaseUri." : $"Give your resource's address with -BaseUri, or set {provider.AddressVariable}.");

    private ApiKey? Key(Uri address)
    {
        string[] given = [.. new[] { nameof(ApiKey), nameof(ApiKeyVariable), nameof(ApiKeyScript), nameof(SecretName) }.Where(IsBound)];
        if (given.Length > 1)
        {
            throw Failures.Invalid($"-{given[0]} and -{given[1]} were given together.", "Give the key in one way.");
        }

        if (VaultName is not null && SecretName is null)
        {
            throw Failures.Invalid($"-VaultName is '{VaultName}', but there is no -SecretName.", "Name the secret with -SecretName.");
        }

        return IsBound(nameof(ApiKey))
            ? ApiKey is null or { Length: 0 } ? throw Failures.Invalid("-ApiKey is empty.", "Give a key; leave -ApiKey out for a server that asks for none.") : Client.Connections.ApiKey.FromSecureString(ApiKey)
            : given.Length > 0 ? KeySources.Fetch(new KeyOrigin { Variable = ApiKeyVariable, Script = ApiKeyScript?.ToString(), SecretName = SecretName, VaultName = VaultName }, "-ApiKeyVariable", SessionState.LanguageMode)
            : _live is not null ? _live.Key
            : _profile is not null ? KeySources.OfProfile(_profile, address, SessionState.LanguageMode)
            : _provider is not null ? KeyOf(_provider, address)
            : BaseUri is null ? Client.Connections.ApiKey.FromEnvironment(KeyVariable)
            : null;
    }

    // The key in the environment belongs to its provider. It is never sent to another one.
    private ApiKey? KeyOf(Provider provider, Uri address)
    {
        string? variable = provider.SetVariable;
        if (BaseUri is null || provider.Owns(address))
        {
            return variable is not null ? Client.Connections.ApiKey.FromEnvironment(variable)
                : provider.IsLocal || provider.KeyVariables.Count == 0 || AdditionalHeader is not null ? null
                : throw new ChatServiceException(
                    ErrorIds.AuthenticationFailed,
                    $"-Provider {provider.Name} needs a key, and the environment variable {string.Join(" or ", provider.KeyVariables)} is not set.",
                    "Set it, or give the key with -ApiKey, -ApiKeyVariable, -SecretName or -ApiKeyScript.");
        }

        if (variable is not null)
        {
            WriteWarning($"The key in {variable} is not sent to {address.Authority}, which is not known to be {provider.Name}'s. If that is meant, add -ApiKeyVariable {variable}.");
        }

        return null;
    }

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private bool IsTyped(string parameter, string? value) => value is not null && IsBound(parameter) && !MyInvocation.ExpectingInput;

    private T Given<T>(string parameter, T value, T preset) => IsBound(parameter) ? value : preset;
}
