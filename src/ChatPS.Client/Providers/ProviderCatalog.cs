using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;
using ChatPS.Secrecy;

namespace ChatPS.Client.Providers;

/// <summary>The providers that are known by name: those that ChatPS brings, and the user's own, which win.</summary>
public static class ProviderCatalog
{
    private const string FileName = "providers.json";

    // The file lies beside the manifest, the engine at most so many folders below: bin/net8.0/engine/linux-x64.
    private const int MostSteps = 4;

    private static readonly Lazy<IReadOnlyList<Provider>> BuiltIn = new(ReadBuiltIn);

    /// <summary>Reads all providers. The user's file is read anew each time.</summary>
    /// <returns>The providers by name.</returns>
    /// <exception cref="ChatServiceException">The user's file cannot be used.</exception>
    public static IReadOnlyList<Provider> Read() => Merge(BuiltIn.Value, ReadOwn(ConfigurationFolder.Providers));

    /// <summary>Finds a provider.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The provider.</returns>
    /// <exception cref="ChatServiceException">There is none of that name, or the user's file cannot be used.</exception>
    public static Provider Find(string name) => TryFind(name) ?? throw Unknown(name, Read());

    /// <summary>Finds a provider, if there is one.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The provider, or null.</returns>
    /// <exception cref="ChatServiceException">The user's file cannot be used.</exception>
    public static Provider? TryFind(string name) => Read().FirstOrDefault(provider => string.Equals(provider.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Finds the dialect of a provider.</summary>
    /// <param name="provider">The provider.</param>
    /// <returns>The dialect.</returns>
    /// <exception cref="ChatServiceException">There is none of the name that the entry gives.</exception>
    public static Dialect DialectOf(Provider provider) => KnownDialects.Find(provider.Dialect, $"The provider '{provider.Name}'{(provider.Source is null ? "" : $" of '{provider.Source}'")}");

    /// <summary>Finds out whether a service tells when its models end. One on this machine does only where its provider was named and says so.</summary>
    /// <param name="provider">The provider that was named; null for none.</param>
    /// <param name="address">The address.</param>
    /// <returns>Whether it does.</returns>
    public static bool TellsRetirement(Provider? provider, Uri address) =>
        provider is not null ? provider.TellsRetirement && provider.Owns(address)
        : !BaseAddress.IsLoopback(address) && BuiltIn.Value.Any(known => known.TellsRetirement && known.Owns(address));

    internal static IReadOnlyList<Provider> Merge(IReadOnlyList<Provider> builtIn, IReadOnlyList<Provider> own) =>
    [
        .. own.Concat(builtIn.Where(provider => !own.Any(other => string.Equals(other.Name, provider.Name, StringComparison.OrdinalIgnoreCase))))
            .OrderBy(provider => provider.Name, StringComparer.OrdinalIgnoreCase),
    ];

    internal static IReadOnlyList<Provider> ReadOwn(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        string json;
        try
        {
            json = PrivateFile.ReadTrusted(path, mustOwn: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failures.Invalid($"The file of providers '{path}' cannot be read: {exception.Message}", "Correct its permissions, or remove it.", exception);
        }

        return ProviderFile.Read(json, path, path);
    }

    internal static ChatServiceException Unknown(string name, IReadOnlyList<Provider> providers)
    {
        IReadOnlyList<string> near = NearestNames.Find(name, providers.Select(provider => provider.Name));
        return KeyShapes.IsLikely(name)
            ? Failures.Invalid("-Provider: what was given names no provider. It is not repeated here, since it looks like a key.", "Give the key with -ApiKey, and the name of a provider with -Provider.")
            : Failures.Invalid(
            $"-Provider: there is no provider '{name}'.",
            near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}? Get-ChatProvider lists all." : "Get-ChatProvider lists all; for any other service use -Provider Custom with -BaseUri.");
    }

    private static IReadOnlyList<Provider> ReadBuiltIn()
    {
        string? folder = Path.GetDirectoryName(typeof(ProviderCatalog).Assembly.Location);
        for (int step = 0; step <= MostSteps && folder is not null; step++, folder = Path.GetDirectoryName(folder))
        {
            string path = Path.Combine(folder, FileName);
            if (File.Exists(path))
            {
                return ProviderFile.Read(File.ReadAllText(path), path, source: null);
            }
        }

        throw Failures.Invalid($"The module's file {FileName} is missing.", "Install the module again.");
    }
}
