using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Files;
using ChatPS.Client.Profiles;
using ChatPS.Client.Providers;
using ChatPS.Module;
using ChatPS.Prices;

namespace ChatPS.Connections;

/// <summary>The connections that commands use: those that are there, and saved ones, which are connected when they are first asked for.</summary>
internal static class KnownConnections
{
    /// <summary>Finds a connection. A saved default is taken up where nothing is connected; a saved one by its name at any time.</summary>
    /// <param name="cmdlet">The cmdlet that needs it.</param>
    /// <param name="name">Its name; null for the default.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="ChatServiceException">There is none, or a saved one cannot be connected; it says why.</exception>
    public static ServiceConnection Find(PSCmdlet cmdlet, string? name)
    {
        ConnectionRegistry registry = ModuleState.Connections;
        Guid runspace = ModuleState.RunspaceId;
        return registry.TryFind(name, runspace) ?? (ConfigurationFolder.IsThere ? FindSaved(cmdlet, name, registry, runspace) : null) ?? registry.Find(name, runspace);
    }

    /// <summary>Says what a saved connection is made from.</summary>
    /// <param name="cmdlet">The cmdlet that needs it.</param>
    /// <param name="profile">The profile.</param>
    /// <returns>The settings, with the key.</returns>
    /// <exception cref="ChatServiceException">Its dialect is not known, or its key or its prices cannot be had.</exception>
    private static ConnectionSettings Settings(PSCmdlet cmdlet, ConnectionProfile profile)
    {
        Provider? provider = profile.Provider is { } known ? ProviderCatalog.TryFind(known) : null;
        return new ConnectionSettings(profile)
        {
            Dialect = KnownDialects.Find(profile.Dialect, $"The profile '{profile.Name}'"),
            Profile = profile.Name,
            TellsRetirement = ProviderCatalog.TellsRetirement(provider, profile.BaseUri),
            Unsupported = provider?.Unsupported ?? [],
            Reasoning = provider?.Reasoning ?? default,
            Key = KeySources.OfProfile(profile, profile.BaseUri, cmdlet.SessionState.LanguageMode),
            Identity = profile.Key?.Identity,
            IdentityScript = profile.Key?.Identity?.Script is { } script ? KeyScripts.Runner(script, cmdlet.SessionState.LanguageMode, "-Identity") : null,
            KeyHeader = profile.KeyHeader ?? provider?.KeyHeader,
            Prices = profile.PriceTable is { } path ? PriceTableReader.Read(cmdlet, path) : null,
        };
    }

    private static ServiceConnection? FindSaved(PSCmdlet cmdlet, string? name, ConnectionRegistry registry, Guid runspace)
    {
        bool isDefault = name is not { Length: > 0 };
        if (isDefault && registry.HasAny(runspace))
        {
            return null;
        }

        ProfileStore profiles = ModuleState.Profiles;
        string? saved = isDefault ? profiles.Default : profiles.Has(name!) ? name : null;
        if (saved is null)
        {
            return null;
        }

        ServiceConnection connection = registry.Adopt(Settings(cmdlet, profiles.Load(saved)), runspace, isDefault);
        cmdlet.WriteVerbose($"Connected to the saved {(isDefault ? "default " : "")}connection: {ConnectionNotice.Describe(connection.Settings)}");
        return connection;
    }
}
