using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Connections;
using ChatPS.Module;

namespace ChatPS.Commands;

// Connections that are there already: they become the default as they are, or a changed copy is made of them.
public sealed partial class ConnectChatServiceCommand
{
    private static readonly string[] NoOptions = [nameof(InputObject), nameof(Name), nameof(PassThru), nameof(Quiet), nameof(Isolated)];

    private HashSet<string> _typed = [];
    private ConnectionSettings? _live;

    /// <summary>A connection that is there, to make it the default.</summary>
    [Parameter(ValueFromPipeline = true, HelpMessage = "A connection that is there, to make it the default.")]
    public ChatConnection? InputObject { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing() => _typed = new HashSet<string>(MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);

    private bool HasOptions => MyInvocation.BoundParameters.Keys.Any(name => !NoOptions.Contains(name, StringComparer.OrdinalIgnoreCase) && !CommonParameters.Contains(name) && !OptionalCommonParameters.Contains(name));

    private ConnectionSettings? FindLive()
    {
        if (InputObject is { IsConnected: true } piped)
        {
            return FindPiped(piped);
        }

        if (Sandbox || Name is null || BaseUri is not null || Provider is { Length: > 0 } || Profile is { Length: > 0 })
        {
            return null;
        }

        if (ModuleState.Connections.TryFind(Name, ModuleState.RunspaceId) is { } live)
        {
            return live.Settings;
        }

        if (!HasOptions)
        {
            Profile = ModuleState.Profiles.Has(Name) ? Name : throw Failures.Invalid(
                $"-Name: there is neither a connection nor a saved connection '{Name}', and nothing says where a new one leads.",
                "See Get-ChatConnection and Get-ChatConnection -Saved; or say where to connect with -BaseUri or -Provider.");
        }

        return null;
    }

    private ConnectionSettings FindPiped(ChatConnection piped)
    {
        if (Sandbox || _typed.Overlaps([nameof(Provider), nameof(Profile)]))
        {
            throw Failures.Invalid($"The connection '{piped.Name}' was piped in, and another service was named.", "Leave out -Sandbox, -Provider and -Profile, or do not pipe the connection in.");
        }

        // What the object tells of itself changes nothing.
        foreach (string shown in new[] { nameof(BaseUri), nameof(Provider), nameof(Profile) }.Where(name => !_typed.Contains(name)))
        {
            MyInvocation.BoundParameters.Remove(shown);
        }

        BaseUri = _typed.Contains(nameof(BaseUri)) ? BaseUri : null;
        Provider = Profile = null;
        if (!_typed.Contains(nameof(Name)))
        {
            Name = piped.Name;
        }

        ServiceConnection connection = ModuleState.Connections.TryFind(piped.Name, ModuleState.RunspaceId)
            ?? throw Failures.Invalid($"The connection '{piped.Name}' that was piped in is not there any more, or belongs to another runspace.", "Connect again, as it was connected before.");
        return connection.Settings;
    }

    /// <summary>Makes a connection that is there the default, if it is to stay as it is.</summary>
    /// <param name="name">The name that was given.</param>
    /// <returns>The connection; null where a new one is to be made.</returns>
    private ServiceConnection? KeepLive(string name) =>
        _live is null || HasOptions || !string.Equals(_live.Name, name, StringComparison.OrdinalIgnoreCase) || (Isolated && !IsLiveIsolated) ? null
        : ModuleState.Connections.MakeDefault(name, ModuleState.RunspaceId);

    private bool IsLiveIsolated => _live is not null && ModuleState.Connections.IsIsolated(_live.Name, ModuleState.RunspaceId);

    // What a connection authenticates with belongs to its address.
    private void RequireOwnAddress(Uri address)
    {
        if (_live is null || address.GetLeftPart(UriPartial.Authority) == _live.BaseUri.GetLeftPart(UriPartial.Authority))
        {
            return;
        }

        bool isKeyGiven = IsBound(nameof(ApiKey)) || IsBound(nameof(ApiKeyVariable)) || IsBound(nameof(ApiKeyScript)) || IsBound(nameof(SecretName)) || IsBound(nameof(Identity));
        string? secret = _live.Key is not null && !isKeyGiven ? "key"
            : _live.HasSecretHeaders && !IsBound(nameof(AdditionalHeader)) ? "headers"
            : _live.ClientCertificate is not null && !IsBound(nameof(ClientCertificate)) ? "certificate"
            : null;
        if (secret is not null)
        {
            throw Failures.Invalid(
                $"-BaseUri: the {secret} of connection '{_live.Name}' belong{(secret == "headers" ? "" : "s")} to {_live.BaseUri.Authority} and is not sent to {address.Authority}.",
                "Give what that address asks for as well, or make a new connection under another name.");
        }
    }
}
