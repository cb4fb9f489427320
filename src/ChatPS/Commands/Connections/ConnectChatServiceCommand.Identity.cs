using System.Management.Automation;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Completion;
using ChatPS.Connections;

namespace ChatPS.Commands;

// Without a key: who the machine is, exchanged for a token.
public sealed partial class ConnectChatServiceCommand
{
    /// <summary>Who the machine is, in place of a key: a source, a script block, or a hashtable of them and of ids.</summary>
    [Parameter(ParameterSetName = ServiceSet, HelpMessage = "Who the machine is, in place of a key: ManagedIdentity, TokenFile, GitHub, a script block, or a hashtable.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(IdentityCompleter))]
    public object? Identity { get; set; }

    private IdentityOrigin? IdentityInUse(Uri address)
    {
        string? key = Array.Find([nameof(ApiKey), nameof(ApiKeyVariable), nameof(ApiKeyScript), nameof(SecretName)], IsBound);
        if (IsBound(nameof(Identity)))
        {
            return key is null ? IdentityReader.Read(this, Identity!) : throw Failures.Invalid($"-{key} and -Identity were given together.", "Give the key in one way.");
        }

        if (key is not null || _live is not null || _profile?.Key?.Identity is not { } saved)
        {
            return key is null ? _live?.Identity : null;
        }

        KeySources.RequireOwnAddress(_profile, address);
        return saved;
    }
}
